import { beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../../src/domain/delivery/notification.ts";
import type { ConnectionWrite } from "../../../src/domain/poll/poll-plan.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import type { HistoryPage, HistoryRange, PruneRequest } from "../../../src/ports/history-store.ts";
import {
  aDay,
  aDelivery,
  anAudit,
  anEvent,
  anInsert,
  anOutboxRow,
  aSnapshot,
  aState,
  keyOf,
  SLOT_MS,
  TENANT,
} from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

const OTHER_TENANT = "00000000-0000-4000-8000-0000000000a2";
/** A tenant that was never polled. */
const NEWCOMER = "00000000-0000-4000-8000-000000000000";
const PERIOD_MS = 15 * MINUTE_MS;

/** The slots of a history, counted from the oldest one. */
function slot(n: number): number {
  return SLOT_MS + n * PERIOD_MS;
}

function slots(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, n) => slot(from + n));
}

function range(overrides: Partial<HistoryRange> = {}): HistoryRange {
  return { tenantId: TENANT, fromMs: 0, toMs: slot(1_000), limit: 1_000, ...overrides };
}

function slotsOf({ rows }: HistoryPage<{ readonly slotMs: number }>): number[] {
  return rows.map(({ slotMs }) => slotMs);
}

/** What every HistoryStore holds to. */
export function describeHistoryStore(open: OpenStorage): void {
  let storage: StorageUnderTest;

  beforeEach(() => {
    storage = open();
  });

  /** Polls one connection in each of the slots; every poll leaves a snapshot, an event and a day. */
  async function poll(slotsMs: readonly number[], connectionKey = keyOf(1), tenantId = TENANT): Promise<void> {
    const { states } = await storage.monitorStore.loadLive(tenantId);
    let known = states.some(({ value }) => value.connectionKey === connectionKey);
    for (const slotMs of slotsMs) {
      const state = aState({ connectionKey, lastSlotMs: slotMs });
      const write: ConnectionWrite = {
        state: known
          ? { op: "replace", state, etag: await etagOf(connectionKey, tenantId) }
          : { op: "insert", state, returned: false },
        snapshot: aSnapshot({ connectionKey, slotMs }),
        event: anEvent({ connectionKey, slotMs }),
        daily: [aDay({ connectionKey, dayMs: slotMs })],
        outbox: [],
      };
      expect(await storage.monitorStore.commit(tenantId, { writes: [write] })).toBe("committed");
      known = true;
    }
  }

  async function etagOf(connectionKey: string, tenantId = TENANT): Promise<string> {
    const { states } = await storage.monitorStore.loadLive(tenantId);
    return states.find(({ value }) => value.connectionKey === connectionKey)?.etag ?? "";
  }

  const views = [
    { view: "snapshots", read: (wanted: HistoryRange) => storage.historyStore.snapshots(wanted, keyOf(1)) },
    { view: "events of a connection", read: (wanted: HistoryRange) => storage.historyStore.events(wanted, keyOf(1)) },
    { view: "days", read: readDays },
    { view: "events of a tenant", read: (wanted: HistoryRange) => storage.historyStore.events(wanted) },
  ];

  function prune(kind: PruneRequest["kind"], olderThanMs: number, maxRows = 1_000): Promise<number> {
    return storage.historyStore.prune(TENANT, { kind, olderThanMs, maxRows });
  }

  async function readDays(wanted: HistoryRange): Promise<HistoryPage<{ readonly slotMs: number }>> {
    const { rows, ...rest } = await storage.historyStore.daily(wanted, keyOf(1));
    return { ...rest, rows: rows.map(({ dayMs }) => ({ slotMs: dayMs })) };
  }

  /** The slots of all that is left, oldest first: of the snapshots, of the events, of the days, of the feed. */
  async function left(): Promise<readonly (readonly number[])[]> {
    return Promise.all(views.map(async ({ read }) => slotsOf(await read(range())).toReversed()));
  }

  /** Settles one notification after the other, one an hour. */
  async function settle(outcomes: readonly Delivery["outcome"][]): Promise<readonly Delivery[]> {
    const rows = outcomes.map((_, n) => anOutboxRow({ slotMs: slot(n) }));
    await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert(), outbox: rows }] });
    const stored = (await storage.outbox.load(TENANT)).rows;
    const deliveries = rows.map((row, n) =>
      aDelivery(row, { outcome: outcomes[n] ?? "dead", settledAtMs: slot(n) + 1 }),
    );
    for (const delivery of deliveries) {
      const row = stored.find(({ value }) => value.facts.slotMs === delivery.facts.slotMs);
      if (row !== undefined) await storage.outbox.settle(TENANT, [{ row, delivery }]);
    }
    return deliveries;
  }

  describe("deliveries", () => {
    it.each([
      { kind: "delivered", want: [3, 2, 0] },
      { kind: "dead", want: [1] },
    ] as const)("that are $kind come newest first", async ({ kind, want }) => {
      const settled = await settle(["delivered", "dead", "superseded", "delivered"]);

      const page = await storage.historyStore.deliveries(range(), kind);

      expect(page).toEqual({ rows: want.map((n) => settled[n]) });
    });

    it("come exactly once in pages, behind a position that a page token can hold", async () => {
      const settled = await settle(["delivered", "delivered", "delivered"]);

      const first = await storage.historyStore.deliveries(range({ limit: 2 }), "delivered");
      const second = await storage.historyStore.deliveries(range({ limit: 2, after: first.next ?? "" }), "delivered");

      expect([...first.rows, ...second.rows]).toEqual(settled.toReversed());
      expect(first.next).toMatch(/^[\w.|-]{1,200}$/);
      expect(second.next).toBeUndefined();
    });
  });

  describe.each(views)("$view", ({ read }) => {
    it("are none where nothing happened", async () => {
      const page = await read(range());

      expect(page).toEqual({ rows: [] });
    });

    it("come newest first", async () => {
      await poll(slots(0, 3));

      const page = await read(range());

      expect(slotsOf(page)).toEqual([slot(2), slot(1), slot(0)]);
      expect(page.next).toBeUndefined();
    });

    it.each([
      { bounds: "from and to on a slot", fromMs: slot(1), toMs: slot(3), want: [2, 1] },
      { bounds: "from and to beside a slot", fromMs: slot(1) + 1, toMs: slot(3) + 1, want: [3, 2] },
      { bounds: "from just before a slot", fromMs: slot(1) - 1, toMs: slot(2), want: [1] },
      { bounds: "fractions", fromMs: slot(1) - 0.5, toMs: slot(2) + 0.5, want: [2, 1] },
      { bounds: "an empty range", fromMs: slot(1), toMs: slot(1), want: [] },
      { bounds: "a range of one millisecond", fromMs: slot(1), toMs: slot(1) + 1, want: [1] },
      { bounds: "a range turned round", fromMs: slot(3), toMs: slot(1), want: [] },
      { bounds: "bounds beyond all time", fromMs: -1e15, toMs: 1e15, want: [3, 2, 1, 0] },
    ])("include from and exclude to: $bounds", async ({ fromMs, toMs, want }) => {
      await poll(slots(0, 4));

      const page = await read(range({ fromMs, toMs }));

      expect(slotsOf(page)).toEqual(want.map(slot));
    });

    it.each([1, 2, 3, 7, 8])("come exactly once in pages of %i while newer ones arrive", async (limit) => {
      await poll(slots(0, 7));
      const found: number[] = [];
      let arriving = 7;
      let after: string | undefined;

      do {
        const page = await read(range({ toMs: slot(7), limit, ...(after === undefined ? {} : { after }) }));
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        found.push(...slotsOf(page));
        after = page.next;
        await poll(slots(arriving, arriving + 1));
        arriving += 1;
      } while (after !== undefined);

      expect(found).toEqual(slots(0, 7).toReversed());
    });

    it("go on behind a page by a position of digits and bars", async () => {
      await poll(slots(0, 3));

      const { next } = await read(range({ limit: 2 }));

      expect(next).toMatch(/^[0-9a-f|]{13,64}$/);
    });

    it.each(["0", "zzz", "9999999999999|", "}", "'", ""])(
      "stay within the range whatever the position: %j",
      async (after) => {
        await poll(slots(0, 4));

        const page = await read(range({ fromMs: slot(1), toMs: slot(3), after }));

        expect([slot(2), slot(1)]).toEqual(expect.arrayContaining(slotsOf(page)));
      },
    );

    it("leave rows out that cannot be read", async () => {
      await poll(slots(0, 3));
      const rev = String(9_999_999_999_999 - slot(1));
      const ofConnection = ["snap", "event", "day"].map((kind) => `${kind}|${keyOf(1)}|${rev}`);
      for (const rowKey of [...ofConnection, `feed|${rev}|${keyOf(1)}`]) {
        await storage.corrupt("monitor", TENANT, rowKey);
      }

      const page = await read(range());

      expect(slotsOf(page)).toEqual([slot(2), slot(0)]);
    });

    it("are those of one tenant", async () => {
      await poll(slots(0, 1));
      await poll(slots(1, 2), keyOf(1), OTHER_TENANT);

      const page = await read(range());

      expect(slotsOf(page)).toEqual([slot(0)]);
    });
  });

  describe("snapshots(), events() and daily() of a connection", () => {
    it.each(views.slice(0, 3))("give $view of that one only", async ({ read }) => {
      await poll(slots(0, 1), keyOf(1));
      await poll(slots(1, 2), keyOf(2));
      await poll(slots(2, 3), keyOf(0));

      const page = await read(range());

      expect(slotsOf(page)).toEqual([slot(0)]);
    });
  });

  describe("events() of a tenant", () => {
    it("pages through the events of several connections in one slot", async () => {
      for (const n of [1, 2, 3]) await poll(slots(0, 2), keyOf(n));

      const first = await storage.historyStore.events(range({ limit: 2 }));
      const second = await storage.historyStore.events(range({ limit: 10, after: first.next ?? "" }));

      expect([...first.rows, ...second.rows].map(({ slotMs, connectionKey }) => [slotMs, connectionKey])).toEqual([
        [slot(1), keyOf(1)],
        [slot(1), keyOf(2)],
        [slot(1), keyOf(3)],
        [slot(0), keyOf(1)],
        [slot(0), keyOf(2)],
        [slot(0), keyOf(3)],
      ]);
    });
  });

  describe("hasConnection()", () => {
    it("knows a connection that is watched", async () => {
      await poll(slots(0, 1));

      expect(await storage.historyStore.hasConnection(TENANT, keyOf(1))).toBe(true);
    });

    it("knows a connection whose state cannot be read", async () => {
      await storage.corrupt("monitor", TENANT, `live|state|${keyOf(1)}`);

      expect(await storage.historyStore.hasConnection(TENANT, keyOf(1))).toBe(true);
    });

    it("knows a connection that is gone", async () => {
      await poll(slots(0, 1));
      const write: ConnectionWrite = {
        state: { op: "retire", state: aState(), etag: await etagOf(keyOf(1)) },
        outbox: [],
      };
      await storage.monitorStore.commit(TENANT, { writes: [write] });

      expect(await storage.historyStore.hasConnection(TENANT, keyOf(1))).toBe(true);
    });

    it("knows neither the connections of another tenant nor ones that never were", async () => {
      await poll(slots(0, 1), keyOf(1), OTHER_TENANT);

      expect(await storage.historyStore.hasConnection(TENANT, keyOf(1))).toBe(false);
      expect(await storage.historyStore.hasConnection(OTHER_TENANT, keyOf(2))).toBe(false);
    });
  });

  describe("tenantIds()", () => {
    it("knows of nobody where nothing was written", async () => {
      expect(await storage.historyStore.tenantIds()).toEqual([]);
    });

    it("names each tenant that has rows once, in order, and the fleet, whatever rows these are", async () => {
      await poll(slots(0, 3), keyOf(1), OTHER_TENANT);
      await poll(slots(0, 2), keyOf(1), TENANT);
      await storage.operatorStore.record("fleet", anAudit());
      await storage.overviewStore.register(NEWCOMER, SLOT_MS);

      expect(await storage.historyStore.tenantIds()).toEqual([TENANT, OTHER_TENANT, "fleet"]);
    });
  });

  describe("prune()", () => {
    it("deletes snapshots older than the slot and nothing else", async () => {
      await poll(slots(0, 4));

      const count = await prune("snapshots", slot(2));

      expect(count).toBe(2);
      expect(await left()).toEqual([slots(2, 4), slots(0, 4), slots(0, 4), slots(0, 4)]);
    });

    it("deletes days older than the slot and nothing else", async () => {
      await poll(slots(0, 4));

      const count = await prune("daily", slot(2));

      expect(count).toBe(2);
      expect(await left()).toEqual([slots(0, 4), slots(0, 4), slots(2, 4), slots(0, 4)]);
    });

    it("deletes an event from both places and counts it once", async () => {
      await poll(slots(0, 4));

      const count = await prune("events", slot(2));

      expect(count).toBe(2);
      expect(await left()).toEqual([slots(0, 4), slots(2, 4), slots(0, 4), slots(2, 4)]);
    });

    it.each(["snapshots", "events", "daily"] as const)("deletes the old %s of every connection", async (kind) => {
      await poll(slots(0, 3), keyOf(1));
      await poll(slots(2, 4), keyOf(2));
      await poll(slots(0, 1), keyOf(3));
      await poll(slots(1, 6), keyOf(4));

      const count = await prune(kind, slot(2));

      expect(count).toBe(2 + 0 + 1 + 1);
      expect(await prune(kind, slot(2))).toBe(0);
      expect(await prune(kind, slot(6))).toBe(1 + 2 + 0 + 4);
    });

    it.each(["snapshots", "events", "daily"] as const)(
      "stops at the number of %s allowed, and goes on the next time",
      async (kind) => {
        await poll(slots(0, 5));

        const counts = [await prune(kind, slot(4), 3), await prune(kind, slot(4), 3), await prune(kind, slot(4), 3)];

        expect(counts).toEqual([3, 1, 0]);
      },
    );

    it.each(["deliveries", "dead-letters"] as const)("deletes old %s", async (kind) => {
      const outbox = [0, 1, 2].map((n) => anOutboxRow({ slotMs: slot(n) }));
      await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert(), outbox }] });
      for (const row of (await storage.outbox.load(TENANT)).rows) {
        const settledAtMs = row.value.facts.slotMs;
        const outcome = kind === "deliveries" ? "delivered" : "dead";
        await storage.outbox.settle(TENANT, [{ row, delivery: aDelivery(row.value, { settledAtMs, outcome }) }]);
      }

      const count = await prune(kind, slot(2));

      expect(count).toBe(2);
      expect(await prune(kind, slot(2) + 1)).toBe(1);
    });

    it("deletes what people ordered long ago, and who did", async () => {
      const audit = { by: "Ann", byVerified: false, action: "silence", target: "s-1", reason: "known" } as const;
      for (const n of [1, 2, 3]) {
        const silence = { id: `s-${n}`, match: {}, fromMs: slot(0), untilMs: slot(n), by: "Ann", reason: "known" };
        const entry = { ...audit, id: `silence-${n}`, atMs: slot(n) };
        await storage.suppressionStore.writeSilence(TENANT, { ...silence, writtenAtMs: slot(n) }, entry);
      }
      await storage.suppressionStore.retireEnded(TENANT, slot(9));

      expect([await prune("silences", slot(3)), await prune("audit", slot(3))]).toEqual([2, 2]);
      expect([await prune("silences", slot(4)), await prune("audit", slot(4))]).toEqual([1, 1]);
    });

    it("deletes states that were set aside long ago", async () => {
      for (const n of [1, 2, 3]) {
        await storage.corrupt("monitor", TENANT, `live|state|${keyOf(n)}`);
        const reset = { connectionKey: keyOf(n), outbox: [] };
        await storage.operatorStore.setAside(TENANT, reset, anAudit({ atMs: slot(n) }));
      }

      expect([await prune("set-aside", slot(3)), await prune("set-aside", slot(3))]).toEqual([2, 0]);
      expect((await storage.keys(TENANT)).filter((key) => key.startsWith("bad|"))).toHaveLength(1);
    });

    it("deletes what is left of connections that left long ago, and of those that came back", async () => {
      for (const n of [1, 2, 3, 4]) {
        await poll([slot(n)], keyOf(n));
        const state = aState({ connectionKey: keyOf(n), lastSlotMs: slot(n) });
        const write = { op: "retire", state, etag: await etagOf(keyOf(n)) } as const;
        await storage.monitorStore.commit(TENANT, { writes: [{ state: write, outbox: [] }] });
      }
      const back = aState({ connectionKey: keyOf(4) });
      const write = { op: "insert", state: back, returned: true } as const;
      await storage.monitorStore.commit(TENANT, { writes: [{ state: write, outbox: [] }] });

      expect(await prune("gone", slot(3), 1)).toBe(1);
      await prune("gone", slot(3));
      expect(await prune("gone", slot(3))).toBe(0);
      expect((await storage.keys(TENANT)).filter((key) => key.startsWith("gone|"))).toEqual([`gone|${keyOf(3)}`]);
      expect((await storage.monitorStore.loadLive(TENANT)).states).toHaveLength(1);
    });

    it("leaves other tenants alone", async () => {
      await poll(slots(0, 2), keyOf(1), OTHER_TENANT);

      const count = await prune("events", slot(9));

      expect(count).toBe(0);
      expect((await storage.historyStore.events(range({ tenantId: OTHER_TENANT }))).rows).toHaveLength(2);
    });

    it("deletes rows that cannot be read as well", async () => {
      await poll(slots(0, 1));
      await storage.corrupt("monitor", TENANT, `snap|${keyOf(1)}|${9_999_999_999_999 - slot(0)}`);

      expect(await prune("snapshots", slot(1))).toBe(1);
      expect(await prune("snapshots", slot(1))).toBe(0);
    });
  });
}
