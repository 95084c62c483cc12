import { beforeEach, describe, expect, it } from "vitest";
import type { NotificationFacts, OutboxRow } from "../../../src/domain/delivery/notification.ts";
import type { Stored } from "../../../src/ports/monitor-store.ts";
import type { Settlement } from "../../../src/ports/outbox.ts";
import { aDelivery, anAudit, anInsert, anOutboxRow, aSilence, keyOf, SLOT_MS, TENANT } from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

function claim({ value }: Stored<OutboxRow>): OutboxRow {
  return { ...value, attempts: value.attempts + 1, leaseUntilMs: SLOT_MS + 60_000, owner: "worker-1" };
}

/** What every Outbox holds to. */
export function describeOutbox(open: OpenStorage): void {
  let storage: StorageUnderTest;

  beforeEach(() => {
    storage = open();
  });

  /** Plans notifications as a poll does, and gives them back as the drain loads them. */
  async function plan(...facts: readonly Partial<NotificationFacts>[]): Promise<readonly Stored<OutboxRow>[]> {
    const writes = [{ ...anInsert(), outbox: facts.map((each) => anOutboxRow(each)) }];
    await storage.monitorStore.commit(TENANT, { writes });
    return (await storage.outbox.load(TENANT)).rows;
  }

  /** Plans one notification of each of some alerts, in as many polls as it takes. */
  async function planMany(count: number): Promise<readonly Stored<OutboxRow>[]> {
    for (let first = 0; first < count; first += 80) {
      const outbox = Array.from({ length: Math.min(80, count - first) }, (_, index) => {
        const alertKey = keyOf(first + index);
        return anOutboxRow({ alertKey, episode: `${alertKey}-${SLOT_MS}` });
      });
      await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert({ connectionKey: keyOf(first) }), outbox }] });
    }
    return (await storage.outbox.load(TENANT)).rows;
  }

  async function planOne(): Promise<Stored<OutboxRow>> {
    const [row] = await plan({});
    if (row === undefined) throw new Error("No notification was planned");
    return row;
  }

  async function update(row: Stored<OutboxRow>, next: OutboxRow): Promise<Stored<OutboxRow> | undefined> {
    const [written] = (await storage.outbox.update(TENANT, [{ row, next }])) ?? [];
    return written;
  }

  function settle(row: Stored<OutboxRow>, settlement: Partial<Settlement> = {}): Promise<string> {
    return storage.outbox.settle(TENANT, [{ row, delivery: aDelivery(row.value), ...settlement }]);
  }

  /** Settled notifications are read by none of the ports, but pruning counts them. */
  async function countSettled(kind: "deliveries" | "dead-letters"): Promise<number> {
    return storage.historyStore.prune(TENANT, { kind, olderThanMs: SLOT_MS * 2, maxRows: 1_000 });
  }

  describe("load()", () => {
    it("finds nothing where nothing was planned", async () => {
      const { rows } = await storage.outbox.load(TENANT);

      expect(rows).toEqual([]);
    });

    it("gives the notifications of each alert in the order of their slots", async () => {
      const rows = await plan(
        { alertKey: keyOf(2), slotMs: SLOT_MS },
        { alertKey: keyOf(1), slotMs: SLOT_MS + 900_000 },
        { alertKey: keyOf(1), slotMs: 0 },
      );

      expect(rows.map(({ value }) => [value.facts.alertKey, value.facts.slotMs])).toEqual([
        [keyOf(1), 0],
        [keyOf(1), SLOT_MS + 900_000],
        [keyOf(2), SLOT_MS],
      ]);
    });

    it("leaves rows out that cannot be read, and other tenants' rows", async () => {
      await plan({ alertKey: keyOf(1) }, { alertKey: keyOf(2) });
      await storage.corrupt("monitor", TENANT, `live|outbox|${keyOf(1)}|${SLOT_MS}|ops`);

      const { rows } = await storage.outbox.load(TENANT);
      const { rows: others } = await storage.outbox.load("00000000-0000-4000-8000-0000000000a2");

      expect(rows.map(({ value }) => value.facts.alertKey)).toEqual([keyOf(2)]);
      expect(others).toEqual([]);
    });
  });

  describe("load() and loadSilences()", () => {
    it("give the silences beside the rows, without those that cannot be read and those of others", async () => {
      await plan({});
      await storage.suppressionStore.writeSilence(TENANT, aSilence(), anAudit());
      await storage.corrupt("monitor", TENANT, "live|silence|bad");

      const view = await storage.outbox.load(TENANT);
      const silences = await storage.outbox.loadSilences(TENANT);
      const others = await storage.outbox.loadSilences("00000000-0000-4000-8000-0000000000a2");

      expect(view.rows).toHaveLength(1);
      expect(view.silences).toEqual([aSilence()]);
      expect(silences).toEqual([aSilence()]);
      expect(others).toEqual([]);
    });
  });

  describe("update()", () => {
    it("rewrites the row and gives the ETag for the next write", async () => {
      const row = await planOne();

      const claimed = await update(row, claim(row));

      expect(claimed?.value).toEqual(claim(row));
      expect((await storage.outbox.load(TENANT)).rows).toEqual([claimed]);
    });

    it("leaves nothing of the row before", async () => {
      const row = await planOne();
      const claimed = await update(row, claim(row));

      await update(claimed ?? row, row.value);

      expect((await storage.outbox.load(TENANT)).rows.map(({ value }) => value)).toEqual([row.value]);
    });

    it("lets one of two claims win", async () => {
      const row = await planOne();

      const claims = await Promise.all([1, 2].map(() => update(row, claim(row))));

      expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
      expect((await storage.outbox.load(TENANT)).rows.map(({ value }) => value.attempts)).toEqual([1]);
    });

    it("rewrites 100 rows at once, and gives their ETags in order", async () => {
      const rows = await planMany(100);

      const claimed = await storage.outbox.update(
        TENANT,
        rows.map((row) => ({ row, next: claim(row) })),
      );

      expect((await storage.outbox.load(TENANT)).rows).toEqual(claimed);
    });

    it("rewrites none when one was changed meanwhile", async () => {
      const rows = await planMany(3);
      const [first] = rows;
      if (first !== undefined) await update(first, claim(first));

      const claimed = await storage.outbox.update(
        TENANT,
        rows.map((row) => ({ row, next: claim(row) })),
      );

      expect(claimed).toBeUndefined();
      expect((await storage.outbox.load(TENANT)).rows.map(({ value }) => value.attempts)).toEqual([1, 0, 0]);
    });

    it("refuses more than 100 rows", async () => {
      const rows = await planMany(101);

      const claims = storage.outbox.update(
        TENANT,
        rows.map((row) => ({ row, next: claim(row) })),
      );

      await expect(claims).rejects.toThrow("1 to 100");
    });

    it("gives nothing for a row that was settled meanwhile, and does not bring it back", async () => {
      const row = await planOne();
      await settle(row);

      const claimed = await update(row, claim(row));

      expect(claimed).toBeUndefined();
      expect((await storage.outbox.load(TENANT)).rows).toEqual([]);
    });
  });

  describe("settle()", () => {
    it("takes the row away and records its delivery", async () => {
      const row = await planOne();

      const outcome = await settle(row);

      expect(outcome).toBe("settled");
      expect((await storage.outbox.load(TENANT)).rows).toEqual([]);
      expect(await countSettled("deliveries")).toBe(1);
      expect(await countSettled("dead-letters")).toBe(0);
    });

    it("records a notification that was given up among the dead letters", async () => {
      const row = await planOne();

      await settle(row, { delivery: aDelivery(row.value, { outcome: "dead", reason: "http-404" }) });

      expect(await countSettled("deliveries")).toBe(0);
      expect(await countSettled("dead-letters")).toBe(1);
    });

    it("records a superseded one among the deliveries", async () => {
      const row = await planOne();

      await settle(row, { delivery: aDelivery(row.value, { outcome: "superseded" }) });

      expect(await countSettled("deliveries")).toBe(1);
    });

    it("conflicts on a row that somebody else claimed meanwhile, and records nothing", async () => {
      const row = await planOne();
      await update(row, claim(row));

      const outcome = await settle(row);

      expect(outcome).toBe("conflict");
      expect((await storage.outbox.load(TENANT)).rows).toHaveLength(1);
      expect(await countSettled("deliveries")).toBe(0);
    });

    it("lets one of two settle", async () => {
      const row = await planOne();

      const outcomes = await Promise.all([settle(row), settle(row)]);

      expect(outcomes.toSorted()).toEqual(["conflict", "settled"]);
      expect(await countSettled("deliveries")).toBe(1);
    });

    it("keeps a dead row beside its open episode", async () => {
      const row = await planOne();
      const keep = { ...row.value, dead: true, lastFailure: "http-404" };

      const outcome = await settle(row, { keep, delivery: aDelivery(row.value, { outcome: "dead" }) });

      expect(outcome).toBe("settled");
      expect((await storage.outbox.load(TENANT)).rows.map(({ value }) => value)).toEqual([keep]);
      expect(await countSettled("dead-letters")).toBe(1);
    });

    it("takes the dead rows of an episode away with its resolved", async () => {
      const [fired, escalated, resolved] = await plan(
        { kind: "fired", slotMs: SLOT_MS },
        { kind: "escalated", slotMs: SLOT_MS + 1 },
        { kind: "resolved", slotMs: SLOT_MS + 2 },
      );
      if (fired === undefined || escalated === undefined || resolved === undefined) throw new Error("Not all planned");

      const outcome = await settle(resolved, { remove: [fired, escalated] });

      expect(outcome).toBe("settled");
      expect((await storage.outbox.load(TENANT)).rows).toEqual([]);
    });

    it("settles 50 rows in one transaction, and no more", async () => {
      const settlements = (await planMany(51)).map((row) => ({ row, delivery: aDelivery(row.value) }));

      const outcome = await storage.outbox.settle(TENANT, settlements.slice(1));
      const tooMany = storage.outbox.settle(TENANT, settlements);

      expect(outcome).toBe("settled");
      await expect(tooMany).rejects.toThrow("1 to 100");
      expect((await storage.outbox.load(TENANT)).rows).toHaveLength(1);
      expect(await countSettled("deliveries")).toBe(50);
    });

    it("settles none of several when one was changed meanwhile", async () => {
      const rows = await planMany(3);
      const [first] = rows;
      if (first !== undefined) await update(first, claim(first));

      const outcome = await storage.outbox.settle(
        TENANT,
        rows.map((row) => ({ row, delivery: aDelivery(row.value) })),
      );

      expect(outcome).toBe("conflict");
      expect((await storage.outbox.load(TENANT)).rows).toHaveLength(3);
      expect(await countSettled("deliveries")).toBe(0);
    });

    it("does nothing at all when one of the dead rows was changed meanwhile", async () => {
      const [fired, resolved] = await plan({ kind: "fired" }, { kind: "resolved", slotMs: SLOT_MS + 1 });
      if (fired === undefined || resolved === undefined) throw new Error("Not all planned");
      await update(fired, { ...fired.value, dead: true });

      const outcome = await settle(resolved, { remove: [fired] });

      expect(outcome).toBe("conflict");
      expect((await storage.outbox.load(TENANT)).rows).toHaveLength(2);
      expect(await countSettled("deliveries")).toBe(0);
    });
  });
}
