import { beforeEach, expect, it } from "vitest";
import type { Delivery, NotificationFacts, OutboxRow } from "../../../src/domain/delivery/notification.ts";
import type { DeadLetters } from "../../../src/ports/dead-letters.ts";
import type { Stored } from "../../../src/ports/monitor-store.ts";
import { aDelivery, anAudit, anInsert, anOutboxRow, SLOT_MS, TENANT } from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

function replayed({ facts, channel }: OutboxRow): OutboxRow {
  return { facts, channel, attempts: 0, nextAttemptAtMs: SLOT_MS + 9 };
}

/** What every DeadLetters holds to. */
export function describeDeadLetters(open: OpenStorage): void {
  let storage: StorageUnderTest;
  let letters: DeadLetters;

  beforeEach(() => {
    storage = open();
    letters = storage.deadLetters;
  });

  /** Plans a notification and settles it, as the drain does. */
  async function settle(
    facts: Partial<NotificationFacts>,
    delivery: Partial<Delivery>,
    keeps = false,
  ): Promise<OutboxRow> {
    const planned = anOutboxRow(facts);
    const outcome = await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert(), outbox: [planned] }] });
    if (outcome === "conflict") await replaceState(planned);
    const { rows } = await storage.outbox.load(TENANT);
    const row = rows.find(({ value }) => value.facts.slotMs === planned.facts.slotMs);
    if (row === undefined) throw new Error("The notification was not planned");
    const keep = keeps ? { keep: { ...row.value, dead: true } } : {};
    await storage.outbox.settle(TENANT, [{ row, delivery: aDelivery(row.value, delivery), ...keep }]);
    return row.value;
  }

  async function replaceState(outboxRow: OutboxRow): Promise<void> {
    const [stored] = (await storage.monitorStore.loadLive(TENANT)).states;
    if (stored === undefined) throw new Error("There is no state");
    const state = { op: "replace", state: stored.value, etag: stored.etag } as const;
    await storage.monitorStore.commit(TENANT, { writes: [{ state, outbox: [outboxRow] }] });
  }

  async function find(row: OutboxRow): Promise<Stored<Delivery>> {
    const found = await letters.find(TENANT, aDelivery(row).id);
    if (found === undefined) throw new Error("There is no such dead letter");
    return found;
  }

  it("finds a dead letter by its id, among others and after any time", async () => {
    const row = await settle({}, { outcome: "dead", reason: "http-404", settledAtMs: SLOT_MS * 2 });
    await settle({ kind: "escalated", slotMs: SLOT_MS + 1 }, { outcome: "dead" });

    const { value } = await find(row);

    expect(value).toEqual(aDelivery(row, { outcome: "dead", reason: "http-404", settledAtMs: SLOT_MS * 2 }));
  });

  it("finds no delivered one, none of another tenant and none that cannot be read", async () => {
    const delivered = await settle({}, {});
    const dead = await settle({ slotMs: SLOT_MS + 1 }, { outcome: "dead" });
    const [key] = (await storage.keys(TENANT)).filter((rowKey) => rowKey.startsWith("dead|"));
    const other = await letters.find("00000000-0000-4000-8000-0000000000a2", aDelivery(dead).id);
    await storage.corrupt("monitor", TENANT, key ?? "");

    expect(await letters.find(TENANT, aDelivery(delivered).id)).toBeUndefined();
    expect(await letters.find(TENANT, aDelivery(dead).id)).toBeUndefined();
    expect(other).toBeUndefined();
  });

  it("reads what was delivered of the episode to the channel, and not what was superseded or is of another episode", async () => {
    const dead = await settle({}, { outcome: "dead" });
    const delivered = await settle({ kind: "escalated", slotMs: SLOT_MS + 1 }, {});
    await settle({ kind: "reminder", slotMs: SLOT_MS + 2 }, { outcome: "superseded" });
    await settle({ slotMs: SLOT_MS + 3, episode: "another" }, {});

    const found = await letters.deliveredSince(TENANT, aDelivery(dead, { outcome: "dead" }));

    expect(found).toEqual([aDelivery(delivered)]);
    expect(await letters.deliveredSince(TENANT, aDelivery({ ...dead, channel: "pager" }))).toEqual([]);
  });

  it("puts one back in the place of the row that stayed beside its episode, with its audit entry", async () => {
    const row = await settle({}, { outcome: "dead" }, true);
    const [kept] = (await storage.outbox.load(TENANT)).rows;

    const outcome = await letters.replay(TENANT, {
      dead: await find(row),
      row: replayed(row),
      kept,
      state: undefined,
      audit: anAudit(),
    });

    expect(outcome).toBe("replayed");
    expect((await storage.outbox.load(TENANT)).rows.map(({ value }) => value)).toEqual([replayed(row)]);
    const keys = await storage.keys(TENANT);
    expect(keys.filter((rowKey) => rowKey.startsWith("dead|"))).toEqual([]);
    expect(keys.filter((rowKey) => rowKey.startsWith("audit|"))).toHaveLength(1);
  });

  it("puts one back that left no row", async () => {
    const row = await settle({ kind: "escalated" }, { outcome: "dead" });

    await letters.replay(TENANT, {
      dead: await find(row),
      row: replayed(row),
      kept: undefined,
      state: undefined,
      audit: anAudit(),
    });

    expect((await storage.outbox.load(TENANT)).rows.map(({ value }) => value)).toEqual([replayed(row)]);
  });

  it("lets one of two replays win", async () => {
    const row = await settle({ kind: "escalated" }, { outcome: "dead" });
    const replay = { dead: await find(row), row: replayed(row), kept: undefined, state: undefined };

    const outcomes = await Promise.all(
      ["a-1", "a-2"].map((id) => letters.replay(TENANT, { ...replay, audit: anAudit({ id }) })),
    );

    expect(outcomes.toSorted()).toEqual(["conflict", "replayed"]);
    expect((await storage.keys(TENANT)).filter((rowKey) => rowKey.startsWith("audit|"))).toHaveLength(1);
  });

  it("does nothing when the row beside the episode has gone meanwhile", async () => {
    const row = await settle({}, { outcome: "dead" }, true);
    const [kept] = (await storage.outbox.load(TENANT)).rows;
    if (kept === undefined) throw new Error("No row was kept");
    await storage.outbox.update(TENANT, [{ row: kept, next: { ...kept.value, lastFailure: "changed" } }]);

    const outcome = await letters.replay(TENANT, {
      dead: await find(row),
      row: replayed(row),
      kept,
      state: undefined,
      audit: anAudit(),
    });

    expect(outcome).toBe("conflict");
    expect((await storage.keys(TENANT)).filter((rowKey) => rowKey.startsWith("dead|"))).toHaveLength(1);
  });

  it("has a poll that read the connection before plan anew", async () => {
    const row = await settle({ kind: "escalated" }, { outcome: "dead" });
    const [state] = (await storage.monitorStore.loadLive(TENANT)).states;
    if (state === undefined) throw new Error("There is no state");
    const replay = { dead: await find(row), row: replayed(row), kept: undefined, state, audit: anAudit() };
    const poll = { writes: [{ state: { op: "replace", state: state.value, etag: state.etag } as const, outbox: [] }] };

    const outcomes = [await letters.replay(TENANT, replay), await storage.monitorStore.commit(TENANT, poll)];

    expect(outcomes).toEqual(["replayed", "conflict"]);
    expect((await storage.monitorStore.loadLive(TENANT)).states.map(({ value }) => value)).toEqual([state.value]);
  });

  it("does nothing when a poll has changed the connection meanwhile", async () => {
    const row = await settle({ kind: "escalated" }, { outcome: "dead" });
    const [state] = (await storage.monitorStore.loadLive(TENANT)).states;
    await replaceState(anOutboxRow({ kind: "resolved", slotMs: SLOT_MS + 5 }));

    const replay = { dead: await find(row), row: replayed(row), kept: undefined, state, audit: anAudit() };

    expect(await letters.replay(TENANT, replay)).toBe("conflict");
    expect((await storage.keys(TENANT)).filter((rowKey) => rowKey.startsWith("dead|"))).toHaveLength(1);
  });
}
