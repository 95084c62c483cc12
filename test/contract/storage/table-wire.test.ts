import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditRow } from "../../../src/adapters/tables/audit-row.ts";
import { createTableStorage } from "../../../src/adapters/tables/create-table-storage.ts";
import { DependencyError } from "../../../src/domain/errors.ts";
import { AUDIT_ACTIONS } from "../../../src/domain/history/audit-entry.ts";
import type { ConnectionWrite } from "../../../src/domain/poll/poll-plan.ts";
import { type ProxiedAzurite, startProxiedAzurite } from "../../fakes/proxied-azurite.ts";
import {
  aDay,
  aDelivery,
  aHead,
  anAcknowledgement,
  anAudit,
  anEvent,
  anInsert,
  anOutboxRow,
  anOverview,
  aSilence,
  aSnapshot,
  aState,
  keyOf,
  SLOT_MS,
  TENANT,
} from "./storage-builders.ts";
import { openTableStorage, type TablesUnderTest } from "./storage-under-test.ts";

let azurite: ProxiedAzurite;
let storage: TablesUnderTest;

beforeAll(async () => {
  azurite = await startProxiedAzurite();
});

afterAll(() => azurite.stop());

beforeEach(async () => {
  azurite.reset();
  storage = openTableStorage(azurite.connectionString);
  await storage.tables.monitor.createTable();
  await storage.tables.overview.createTable();
  azurite.reset();
});

/** What went over the wire, as method and the path behind account and table, without the query. */
function wire(): readonly string[] {
  return azurite
    .requests()
    .map(({ method, path }) => `${method} ${path.replace(/^\/\w+\//, "").replace(/[?(].*$/, "")}`);
}

const isTransaction = ({ path }: { readonly path: string }) => path.endsWith("$batch");

function insertOf(n: number): ConnectionWrite {
  return anInsert({ connectionKey: keyOf(n) });
}

const range = { tenantId: TENANT, fromMs: 0, toMs: SLOT_MS + 1_000, limit: 2 };

/** Leaves five events, snapshots and days of one connection. */
async function fillHistory(): Promise<void> {
  for (let n = 0; n < 5; n += 1) {
    const slotMs = SLOT_MS + n;
    const write = {
      ...insertOf(n),
      snapshot: aSnapshot({ slotMs }),
      event: anEvent({ slotMs }),
      daily: [aDay({ dayMs: slotMs })],
    };
    await storage.monitorStore.commit(TENANT, { writes: [write] });
  }
  azurite.reset();
}

describe("requests on the wire", () => {
  it("are three for a quiet poll of 40 connections: load, commit, project", async () => {
    const inserts = Array.from({ length: 40 }, (_, n) => insertOf(n));
    await storage.monitorStore.commit(TENANT, { writes: inserts, head: { head: aHead() } });
    await storage.overviewStore.register(TENANT, SLOT_MS);
    azurite.reset();

    const { states, head } = await storage.monitorStore.loadLive(TENANT);
    const writes = states.map(
      ({ value, etag }): ConnectionWrite => ({ state: { op: "replace", state: value, etag }, outbox: [] }),
    );
    const outcome = await storage.monitorStore.commit(TENANT, {
      writes,
      head: { head: aHead(), etag: head?.etag ?? "none" },
    });
    await storage.overviewStore.project(anOverview());

    expect(outcome).toBe("committed");
    expect(wire()).toEqual([expect.stringMatching(/^GET t\w+monitor$/), "POST $batch", "POST $batch"]);
  });

  it.each(["snapshots", "events", "daily"] as const)("are one for a page of %s at any depth", async (view) => {
    await fillHistory();
    const read = (after?: string) =>
      storage.historyStore[view]({ ...range, ...(after === undefined ? {} : { after }) }, keyOf(1));

    const first = await read();
    const second = await read(first.next ?? "");
    const third = await read(second.next ?? "");

    expect([first, second, third].map(({ rows }) => rows.length)).toEqual([2, 2, 1]);
    expect(wire()).toHaveLength(3);
    expect(azurite.requests().every(({ path }) => path.includes("$top=2"))).toBe(true);
  });

  it("are one for a page of deliveries at any depth", async () => {
    const rows = [0, 1, 2].map((n) => anOutboxRow({ slotMs: SLOT_MS + n }));
    await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert(), outbox: rows }] });
    for (const row of (await storage.outbox.load(TENANT)).rows) {
      await storage.outbox.settle(TENANT, [{ row, delivery: aDelivery(row.value) }]);
    }
    azurite.reset();

    const all = { ...range, toMs: SLOT_MS * 2 };
    const first = await storage.historyStore.deliveries(all, "delivered");
    const second = await storage.historyStore.deliveries({ ...all, after: first.next ?? "" }, "delivered");

    expect([first, second].map((page) => page.rows.length)).toEqual([2, 1]);
    expect(wire()).toHaveLength(2);
  });

  it("are one for each other call of a drain", async () => {
    await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert(), outbox: [anOutboxRow()] }] });
    azurite.reset();

    const [row] = (await storage.outbox.load(TENANT)).rows;
    if (row === undefined) throw new Error("No notification was planned");
    const [claimed = row] = (await storage.outbox.update(TENANT, [{ row, next: { ...row.value, attempts: 1 } }])) ?? [];
    await storage.outbox.settle(TENANT, [{ row: claimed, delivery: aDelivery(row.value) }]);

    expect(wire()).toHaveLength(3);
  });

  it("are one for a person's order, and two for its end", async () => {
    await storage.suppressionStore.writeSilence(TENANT, aSilence(), anAudit());
    const written = wire();
    azurite.reset();
    await storage.suppressionStore.endSilence(TENANT, { id: "s-1", endedAtMs: SLOT_MS + 5 }, anAudit({ id: "a-2" }));

    expect(written).toEqual(["POST $batch"]);
    expect(wire()).toEqual([expect.stringMatching(/^GET t\w+monitor$/), "POST $batch"]);
  });

  it("leave the connections out when all tenants are read", async () => {
    await storage.overviewStore.project(anOverview());
    azurite.reset();

    await storage.overviewStore.loadLines();

    expect(azurite.requests()[0]?.path).toContain("$select=");
    expect(azurite.requests()[0]?.path).not.toContain("connections");
  });

  it("are one a connection and one a hundred old rows for a tidy run", async () => {
    for (const chunk of [0, 1, 2]) {
      const writes = Array.from({ length: 50 }, (_, n) => ({
        ...insertOf(chunk * 50 + n),
        snapshot: aSnapshot({ slotMs: SLOT_MS - chunk * 50 - n }),
      }));
      await storage.monitorStore.commit(TENANT, { writes });
    }
    azurite.reset();

    const count = await storage.historyStore.prune(TENANT, {
      kind: "snapshots",
      olderThanMs: SLOT_MS - 9,
      maxRows: 1_000,
    });

    expect(count).toBe(140);
    expect(wire().filter((request) => request.startsWith("GET"))).toHaveLength(3);
    expect(wire().filter((request) => request.startsWith("POST"))).toHaveLength(2);
  });

  it("make a missing table once and then never ask again", async () => {
    const fresh = openTableStorage(azurite.connectionString);

    await fresh.monitorStore.loadLive(TENANT);
    const first = wire();
    azurite.reset();
    await fresh.monitorStore.commit(TENANT, { writes: [anInsert()] });

    expect(first).toEqual([expect.stringMatching(/^GET/), "POST Tables", expect.stringMatching(/^GET/)]);
    expect(wire()).toEqual(["POST $batch"]);
  });

  it.each([
    { call: "commit", run: (fresh: TablesUnderTest) => fresh.monitorStore.commit(TENANT, { writes: [anInsert()] }) },
    { call: "register", run: (fresh: TablesUnderTest) => fresh.overviewStore.register(TENANT, SLOT_MS) },
    { call: "hasConnection", run: (fresh: TablesUnderTest) => fresh.historyStore.hasConnection(TENANT, keyOf(1)) },
    { call: "snapshots", run: (fresh: TablesUnderTest) => fresh.historyStore.snapshots(range, keyOf(1)) },
  ])("make a missing table for $call too, also when several miss it at once", async ({ run }) => {
    const fresh = openTableStorage(azurite.connectionString);

    const runs = Promise.all([run(fresh), fresh.monitorStore.loadLive(TENANT), fresh.overviewStore.loadLines()]);

    await expect(runs).resolves.toBeDefined();
  });
});

describe("rows in the tables", () => {
  it("have the keys that the design names", async () => {
    const rows = { snapshot: aSnapshot(), event: anEvent(), daily: [aDay()], outbox: [anOutboxRow()] };
    const write = { ...anInsert(), ...rows };
    await storage.monitorStore.commit(TENANT, { writes: [write], head: { head: aHead() } });
    const [row] = (await storage.outbox.load(TENANT)).rows;
    if (row === undefined) throw new Error("No notification was planned");
    await storage.suppressionStore.writeSilence(TENANT, aSilence(), anAudit());
    await storage.suppressionStore.writeSilence(TENANT, aSilence({ id: "s-2", untilMs: SLOT_MS }), anAudit());
    await storage.suppressionStore.writeAcknowledgement(TENANT, anAcknowledgement(), anAudit());
    await storage.suppressionStore.retireEnded(TENANT, SLOT_MS);
    const kept = await storage.outbox.settle(TENANT, [{ row, keep: row.value, delivery: aDelivery(row.value) }]);

    const keys = [];
    for await (const entity of storage.tables.monitor.listEntities()) keys.push(entity.rowKey);

    const rev = 9_999_999_999_999 - SLOT_MS;
    expect(kept).toBe("settled");
    expect(keys).toEqual([
      `audit|${rev}|a-1`,
      `day|${keyOf(1)}|${rev}`,
      `delivery|${rev - 3_000}|${"a".repeat(32)}-${SLOT_MS}.${SLOT_MS}.fired.ops`,
      `event|${keyOf(1)}|${rev}`,
      `feed|${rev}|${keyOf(1)}`,
      `live|ack|${keyOf(1)}`,
      "live|head",
      `live|outbox|${"a".repeat(32)}|${SLOT_MS}|ops`,
      "live|silence|s-1",
      `live|state|${keyOf(1)}`,
      `silence|${rev}|s-2`,
      `snap|${keyOf(1)}|${rev}`,
    ]);
  });

  it("hold instants as Int64 and a version", async () => {
    await storage.monitorStore.commit(TENANT, { writes: [anInsert()] });

    const entity = await storage.tables.monitor.getEntity(TENANT, `live|state|${keyOf(1)}`, {
      disableTypeConversion: true,
    });

    expect(entity).toMatchObject({
      v: { type: "Int32", value: "1" },
      lastSlotMs: { type: "Int64", value: String(SLOT_MS) },
      observedAtMs: { type: "Int64", value: String(SLOT_MS + 2_000) },
    });
  });

  it.each(AUDIT_ACTIONS)("keep of a person's deed who did what and why: %s", async (action) => {
    const audit = anAudit({ action, byVerified: false });
    await storage.suppressionStore.writeSilence(TENANT, aSilence(), audit);

    const entity = await storage.tables.monitor.getEntity(TENANT, `audit|${9_999_999_999_999 - SLOT_MS}|a-1`);

    expect(auditRow.fromRow(entity)).toEqual(audit);
    expect(entity["atMs"]).toBe(BigInt(SLOT_MS));
  });

  it("lose columns of an older version when they are replaced", async () => {
    await storage.monitorStore.commit(TENANT, { writes: [anInsert()] });
    const rowKey = `live|state|${keyOf(1)}`;
    await storage.tables.monitor.updateEntity({ partitionKey: TENANT, rowKey, old: "x" }, "Merge");
    const [state] = (await storage.monitorStore.loadLive(TENANT)).states;

    const write: ConnectionWrite = {
      state: { op: "replace", state: aState(), etag: state?.etag ?? "none" },
      outbox: [],
    };
    await storage.monitorStore.commit(TENANT, { writes: [write] });

    const entity = await storage.tables.monitor.getEntity(TENANT, rowKey);
    expect(entity["old"]).toBeUndefined();
  });

  it.each([
    { fault: "of a newer version", columns: { v: 2 } },
    { fault: "whose instant lost its type", columns: { lastSlotMs: 12 } },
    { fault: "with half of a JSON text", columns: { reading: '{"kind":' } },
    { fault: "with a reading of an unknown kind", columns: { reading: '{"kind":"printer"}' } },
    { fault: "with alerts that are a list", columns: { alerts: "[]" } },
    { fault: "with null for the rest", columns: { rest: "null" } },
  ])("are unreadable $fault", async ({ columns }) => {
    await storage.monitorStore.commit(TENANT, { writes: [insertOf(1), insertOf(2)] });
    const rowKey = `live|state|${keyOf(1)}`;

    await storage.tables.monitor.updateEntity({ partitionKey: TENANT, rowKey, ...columns }, "Merge");

    const { states, unreadable } = await storage.monitorStore.loadLive(TENANT);
    expect(unreadable).toEqual([{ rowKey, connectionKey: keyOf(1) }]);
    expect(states).toHaveLength(1);
  });

  it("are pruned although one of the hundred went by another hand", async () => {
    await fillHistory();
    const rev = 9_999_999_999_999 - (SLOT_MS + 2);
    await storage.tables.monitor.deleteEntity(TENANT, `event|${keyOf(1)}|${rev}`);

    const count = await storage.historyStore.prune(TENANT, { kind: "events", olderThanMs: SLOT_MS + 9, maxRows: 100 });

    expect(count).toBe(5);
    expect((await storage.historyStore.events(range)).rows).toEqual([]);
    expect((await storage.historyStore.events(range, keyOf(1))).rows).toEqual([]);
  });
});

describe("empty pages with a continuation token", () => {
  it("do not end the reading of a partition", async () => {
    await storage.monitorStore.commit(TENANT, { writes: [insertOf(1), insertOf(2)] });
    azurite.inject({ kind: "empty-page", times: 2 });

    const { states } = await storage.monitorStore.loadLive(TENANT);

    expect(states).toHaveLength(2);
    expect(azurite.pending()).toBe(0);
  });

  it("do not end a page of history", async () => {
    await fillHistory();
    azurite.inject({ kind: "empty-page", times: 2 });

    const page = await storage.historyStore.events(range);

    expect(page.rows.map(({ slotMs }) => slotMs)).toEqual([SLOT_MS + 4, SLOT_MS + 3]);
    expect(azurite.pending()).toBe(0);
  });

  it("do not end the search for tenants, which asks once for each and once more", async () => {
    for (const tenantId of [TENANT, "fleet"]) await storage.monitorStore.commit(tenantId, { writes: [anInsert()] });
    azurite.reset();
    azurite.inject({ kind: "empty-page", times: 2 });

    expect(await storage.historyStore.tenantIds()).toEqual([TENANT, "fleet"]);
    expect(wire()).toHaveLength(3 + 2);
  });

  it("do not end a tidy run", async () => {
    await fillHistory();
    azurite.inject({ kind: "empty-page", times: 3 });

    const count = await storage.historyStore.prune(TENANT, {
      kind: "snapshots",
      olderThanMs: SLOT_MS + 9,
      maxRows: 100,
    });

    expect(count).toBe(5);
    expect(azurite.pending()).toBe(0);
  });
});

describe("faults of the service", () => {
  it.each(["throttle", "refuse"] as const)("of kind %s are tried again", async (kind) => {
    azurite.inject({ kind, times: 3 });

    const outcome = await storage.monitorStore.commit(TENANT, { writes: [anInsert()] });

    expect(outcome).toBe("committed");
    expect(wire()).toHaveLength(4);
  });

  it.each([
    { kind: "throttle", want: { status: 503 } },
    { kind: "refuse", want: {} },
  ] as const)("of kind $kind become a retryable failure when they last", async ({ kind, want }) => {
    azurite.inject({ kind, times: 4 });

    const failed = storage.monitorStore.loadLive(TENANT);

    const error: unknown = await failed.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DependencyError);
    expect(error).toHaveProperty("message", "Cannot use table storage");
    const { cause: _, ...failure } = (error as DependencyError).failure;
    expect(failure).toEqual({ dependency: "tables", operation: "load-live", retryable: true, ...want });
    expect(wire()).toHaveLength(4);
  });

  it("become a retryable failure when no answer comes", async () => {
    const impatient = createTableStorage({ connection: azurite, tablePrefix: "hang", retryDelayMs: 1, timeoutMs: 50 });
    azurite.inject({ kind: "hang" });

    const failed = impatient.overviewStore.loadLines();

    await expect(failed).rejects.toMatchObject({ failure: { operation: "load-overview", retryable: true } });
  });

  it("make a write of unknown fate a conflict, and the next reading shows that it landed", async () => {
    azurite.inject({ kind: "lose-answer", matches: isTransaction });

    const outcome = await storage.monitorStore.commit(TENANT, { writes: [anInsert()], head: { head: aHead() } });

    const { states, head } = await storage.monitorStore.loadLive(TENANT);
    expect({ outcome, pending: azurite.pending() }).toEqual({ outcome: "conflict", pending: 0 });
    expect(states.map(({ value }) => value)).toEqual([aState()]);
    expect(head?.value).toEqual(aHead());
  });

  it("leave a settled notification settled when the answer is lost", async () => {
    await storage.monitorStore.commit(TENANT, { writes: [{ ...anInsert(), outbox: [anOutboxRow()] }] });
    const [row] = (await storage.outbox.load(TENANT)).rows;
    if (row === undefined) throw new Error("No notification was planned");
    azurite.inject({ kind: "lose-answer", matches: isTransaction });

    const outcome = await storage.outbox.settle(TENANT, [{ row, delivery: aDelivery(row.value) }]);

    expect(outcome).toBe("conflict");
    expect((await storage.outbox.load(TENANT)).rows).toEqual([]);
    expect(await storage.historyStore.prune(TENANT, { kind: "deliveries", olderThanMs: SLOT_MS * 2, maxRows: 9 })).toBe(
      1,
    );
  });

  it("let no answer that is lost make a person's deed look undone", async () => {
    const { suppressionStore: people } = storage;
    const outcomes = [];
    for (const deed of [
      () => people.writeSilence(TENANT, aSilence(), anAudit()),
      () => people.endSilence(TENANT, { id: "s-1", endedAtMs: SLOT_MS + 5 }, anAudit({ id: "a-2" })),
      () => people.writeAcknowledgement(TENANT, anAcknowledgement(), anAudit({ id: "a-3" })),
      () => people.removeAcknowledgement(TENANT, keyOf(1), anAudit({ id: "a-4" })),
    ]) {
      azurite.inject({ kind: "lose-answer", matches: isTransaction });
      outcomes.push(await deed());
    }

    const audits = (await storage.keys(TENANT)).filter((key) => key.startsWith("audit|"));
    expect(outcomes).toEqual(["written", "ended", undefined, "removed"]);
    expect(audits).toHaveLength(4);
    expect(azurite.pending()).toBe(0);
  });

  it("finish a tidy run whose answers are lost", async () => {
    await fillHistory();
    azurite.inject({ kind: "lose-answer", times: 2, matches: isTransaction });

    const count = await storage.historyStore.prune(TENANT, { kind: "events", olderThanMs: SLOT_MS + 9, maxRows: 100 });

    expect(count).toBe(5);
    expect((await storage.historyStore.events(range)).rows).toEqual([]);
  });

  it("are not tried again when the key is wrong, and tell nothing of it", async () => {
    const wrongKey = azurite.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${btoa("wrong")}`);
    const stranger = createTableStorage({ connection: { connectionString: wrongKey }, retryDelayMs: 1 });

    const failed = stranger.monitorStore.loadLive(TENANT);

    await expect(failed).rejects.toMatchObject({
      message: "Cannot use table storage",
      failure: { operation: "load-live", retryable: false, status: 403 },
    });
    expect(wire()).toHaveLength(1);
  });
});

describe("createTableStorage()", () => {
  it("signs in with an identity by a token for storage", async () => {
    const scopes: unknown[] = [];
    const credential = {
      getToken: async (asked: string | string[]) => {
        scopes.push(asked);
        throw new Error("no token today");
      },
    };
    const signedIn = createTableStorage({
      connection: { serviceUrl: "https://storage.invalid", credential },
      retryDelayMs: 1,
    });

    const failed = signedIn.monitorStore.loadLive(TENANT);

    await expect(failed).rejects.toMatchObject({ failure: { dependency: "tables", retryable: true } });
    expect(scopes.flat()).toEqual(["https://storage.azure.com/.default"]);
  });

  it("keeps installations with different prefixes apart", async () => {
    await storage.monitorStore.commit(TENANT, { writes: [anInsert()] });
    const other = createTableStorage({ connection: azurite.direct, tablePrefix: "other" });

    const { states } = await other.monitorStore.loadLive(TENANT);

    expect(states).toEqual([]);
    await TableClient.fromConnectionString(azurite.direct.connectionString, "othermonitor", {
      allowInsecureConnection: true,
    }).deleteTable();
  });
});
