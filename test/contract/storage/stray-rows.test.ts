import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Azurite, startAzurite } from "../../../local/storage/start-azurite.ts";
import {
  aDay,
  anAcknowledgement,
  anAudit,
  anEvent,
  anInsert,
  anOutboxRow,
  aSilence,
  aSnapshot,
  keyOf,
  SLOT_MS,
  TENANT,
} from "./storage-builders.ts";
import { openTableStorage, type TablesUnderTest } from "./storage-under-test.ts";

let azurite: Azurite;
let storage: TablesUnderTest;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(async () => {
  await azurite.stop();
});

beforeEach(async () => {
  storage = openTableStorage(azurite.connectionString);
  const write = { ...anInsert(), event: anEvent(), snapshot: aSnapshot(), daily: [aDay()], outbox: [anOutboxRow()] };
  await storage.monitorStore.commit(TENANT, { writes: [write] });
});

/** Copies a row to another key, as a person with a storage browser would who wants to keep what was there. */
async function copyRow(from: string, to: string): Promise<void> {
  const {
    etag: _,
    timestamp: __,
    ...row
  } = await storage.tables.monitor.getEntity(TENANT, from, {
    disableTypeConversion: true,
  });
  await storage.tables.monitor.createEntity({ ...row, partitionKey: TENANT, rowKey: to });
}

async function rowKeysUnder(prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { rowKey = "" } of storage.tables.monitor.listEntities())
    if (rowKey.startsWith(prefix)) keys.push(rowKey);
  return keys;
}

describe("a row that stands where its content does not belong", () => {
  it.each([keyOf(2), "backup of a state", "backup|1"])("is unreadable when it is a state at %j", async (stray) => {
    await copyRow(`live|state|${keyOf(1)}`, `live|state|${stray}`);

    const { states, unreadable } = await storage.monitorStore.loadLive(TENANT);

    expect(states.map(({ value }) => value.connectionKey)).toEqual([keyOf(1)]);
    expect(unreadable).toEqual([{ rowKey: `live|state|${stray}`, connectionKey: stray }]);
  });

  it("is unreadable when it is a notification, and not sent", async () => {
    const [own = ""] = await rowKeysUnder("live|outbox|");
    await copyRow(own, `${own}-copy`);

    const { unreadable } = await storage.monitorStore.loadLive(TENANT);
    const { rows: loaded } = await storage.outbox.load(TENANT);

    expect(unreadable).toEqual([{ rowKey: `${own}-copy` }]);
    expect(loaded).toHaveLength(1);
  });

  it.each([
    { row: "a silence", own: "live|silence|s-1", stray: "live|silence|backup of s-1" },
    { row: "an acknowledgement", own: `live|ack|${keyOf(1)}`, stray: `live|ack|${keyOf(2)}` },
  ])("is unreadable when it is $row, and has no effect", async ({ own, stray }) => {
    await storage.suppressionStore.writeSilence(TENANT, aSilence(), anAudit());
    await storage.suppressionStore.writeAcknowledgement(TENANT, anAcknowledgement(), anAudit());
    await copyRow(own, stray);

    const { silences, acknowledgements, unreadable } = await storage.monitorStore.loadLive(TENANT);

    expect([silences, acknowledgements]).toEqual([[aSilence()], [anAcknowledgement()]]);
    expect(unreadable).toEqual([{ rowKey: stray }]);
  });

  it("is left out of a page of history", async () => {
    const [ownEvent = ""] = await rowKeysUnder("feed|");
    const [ownSnapshot = ""] = await rowKeysUnder("snap|");
    await copyRow(ownEvent, `${ownEvent}-copy`);
    await copyRow(ownSnapshot, `${ownSnapshot}-copy`);

    const range = { tenantId: TENANT, fromMs: 0, toMs: SLOT_MS + 1, limit: 10 };
    const events = await storage.historyStore.events(range);
    const snapshots = await storage.historyStore.snapshots(range, keyOf(1));

    expect(events.rows).toEqual([anEvent()]);
    expect(snapshots.rows).toEqual([aSnapshot()]);
  });
});

describe("a row with a key of no known form", () => {
  it("does not keep the rows around it from being pruned", async () => {
    for (const rowKey of ["feed|9", "feed|a note's|copy", "snap|a note", "day|a note", "delivery|"]) {
      await storage.tables.monitor.createEntity({ partitionKey: TENANT, rowKey });
    }

    for (const kind of ["snapshots", "events", "daily", "deliveries"] as const) {
      await storage.historyStore.prune(TENANT, { kind, olderThanMs: SLOT_MS + 1, maxRows: 100 });
    }

    expect(await rowKeysUnder("event|")).toEqual([]);
    expect(await rowKeysUnder("snap|0")).toEqual([]);
    expect(await rowKeysUnder("day|0")).toEqual([]);
  });
});
