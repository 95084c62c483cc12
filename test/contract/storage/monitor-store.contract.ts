import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../../src/domain/history/connection-event.ts";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { ConnectionWrite } from "../../../src/domain/poll/poll-plan.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import type { LivePartition } from "../../../src/ports/monitor-store.ts";
import {
  aConnector,
  aDay,
  aHead,
  anAcknowledgement,
  anAlert,
  anAudit,
  anEvent,
  anInsert,
  anOutboxRow,
  aPartner,
  aSilence,
  aSnapshot,
  aSource,
  aState,
  aTenant,
  HOSTILE_TEXTS,
  keyOf,
  SLOT_MS,
  TENANT,
} from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

const ALL_TIME = { tenantId: TENANT, fromMs: 0, toMs: SLOT_MS + 1, limit: 1_000 };

/** What every MonitorStore holds to. */
export function describeMonitorStore(open: OpenStorage): void {
  let storage: StorageUnderTest;

  beforeEach(() => {
    storage = open();
  });

  async function commit(...writes: readonly ConnectionWrite[]): Promise<string> {
    return storage.monitorStore.commit(TENANT, { writes });
  }

  async function live(): Promise<LivePartition> {
    return storage.monitorStore.loadLive(TENANT);
  }

  async function storedState(connectionKey = keyOf(1)): Promise<{ value: ConnectionState; etag: string }> {
    const { states } = await live();
    const found = states.find(({ value }) => value.connectionKey === connectionKey);
    if (found === undefined) throw new Error(`No state of ${connectionKey} is stored`);
    return found;
  }

  /** Retires the first connection; the state that goes is marked by its number of absences. */
  async function retire(): Promise<string> {
    const { value, etag } = await storedState();
    return commit({ state: { op: "retire", state: { ...value, absentPolls: 9 }, etag }, outbox: [] });
  }

  /** Everything that can be seen of a tenant, to show that nothing was written. */
  async function everything(): Promise<unknown> {
    const { states, outbox, head, unreadable } = await live();
    return {
      states,
      outbox,
      head,
      unreadable,
      gone: await storage.monitorStore.loadGone(TENANT),
      feed: await storage.historyStore.events(ALL_TIME),
      snapshots: await storage.historyStore.snapshots(ALL_TIME, keyOf(1)),
    };
  }

  describe("loadLive()", () => {
    it("finds nothing of a tenant that was never polled", async () => {
      const partition = await live();

      expect(partition).toEqual({ states: [], outbox: [], silences: [], acknowledgements: [], unreadable: [] });
    });

    it.each([
      { kind: "partner", reading: aPartner() },
      { kind: "partner of the other type", reading: aPartner({ kind: "compliance-management-partner" }) },
      { kind: "connector", reading: aConnector() },
      { kind: "source", reading: aSource() },
      { kind: "tenant", reading: aTenant() },
    ])("gives back the state of a $kind as it was committed", async ({ reading }) => {
      const state = aState({ reading });

      await commit({ state: { op: "insert", state, returned: false }, outbox: [] });

      expect((await storedState()).value).toEqual(state);
    });

    it("gives back every optional member of a state", async () => {
      const state = aState({
        standing: { standing: "retired", reason: "removal-date-passed" },
        alerts: {
          "data-problem": anAlert({ ruleId: "data-problem", evaluation: { verdict: "unknown", reason: "blind" } }),
          "reported-health": anAlert({
            evaluation: { verdict: "ok", reason: "fine", measured: { unit: "count", count: 1 } },
          }),
        },
        unknownRules: ["sync-age"],
        activeSinceMs: SLOT_MS,
        stateSinceMs: SLOT_MS,
        absentSinceMs: SLOT_MS,
        configurationChange: { slotMs: SLOT_MS, severity: "warning", changes: ["isConfigured true → false"] },
        lastKnownState: "enabled",
        snapshot: { slotMs: SLOT_MS, digest: "d" },
        today: {
          verdictsMs: { ok: 1, unknown: 2 },
          partsMs: { up: 1, unknown: 2 },
          fired: 1,
          now: { verdict: "not-judged", part: "maintenance" },
        },
        bar90: "o".repeat(90),
      });

      await commit({ state: { op: "insert", state, returned: false }, outbox: [] });

      expect((await storedState()).value).toEqual(state);
    });

    it.each(HOSTILE_TEXTS)("gives back $label as they were read", async ({ text }) => {
      const reading = aPartner({
        displayName: text,
        stateAsSent: text,
        connectionId: `device-management-partner:${text}`,
      });
      const row = anOutboxRow({ connectionName: text, consequence: text }, { lastFailure: text });
      const event = anEvent({ displayName: text, changes: [{ type: "state", from: text, to: text }] });
      const snapshot = aSnapshot({ reading });

      const outcome = await commit({ ...anInsert({ reading }), outbox: [row], event, snapshot });

      expect(outcome).toBe("committed");
      expect((await live()).states.map(({ value }) => value.reading)).toEqual([reading]);
      expect((await live()).outbox.map(({ value }) => value)).toEqual([row]);
      expect((await storage.historyStore.events(ALL_TIME)).rows).toEqual([event]);
      expect((await storage.historyStore.snapshots(ALL_TIME, keyOf(1))).rows).toEqual([snapshot]);
    });

    it("keeps tenants apart", async () => {
      await commit(anInsert());

      const other = await storage.monitorStore.loadLive("00000000-0000-4000-8000-0000000000a2");

      expect(other.states).toEqual([]);
    });

    it("reads more rows than fit on one page of the service", async () => {
      for (let chunk = 0; chunk < 11; chunk += 1) {
        await commit(
          ...Array.from({ length: 99 }, (_, index) => anInsert({ connectionKey: keyOf(chunk * 99 + index) })),
        );
      }

      const { states } = await live();

      expect(states.map(({ value }) => value.connectionKey)).toEqual(Array.from({ length: 1_089 }, (_, n) => keyOf(n)));
    });

    it("reports a state that cannot be read by its connection, and reads its neighbours", async () => {
      await commit(anInsert({ connectionKey: keyOf(1) }), anInsert({ connectionKey: keyOf(2) }));

      await storage.corrupt("monitor", TENANT, `live|state|${keyOf(1)}`);

      const { states, unreadable } = await live();
      expect(states.map(({ value }) => value.connectionKey)).toEqual([keyOf(2)]);
      expect(unreadable).toEqual([{ rowKey: `live|state|${keyOf(1)}`, connectionKey: keyOf(1) }]);
    });

    it("reports an outbox row that cannot be read without naming a connection", async () => {
      const rowKey = `live|outbox|${"a".repeat(32)}|${SLOT_MS}|ops`;
      await commit({ ...anInsert(), outbox: [anOutboxRow()] });

      await storage.corrupt("monitor", TENANT, rowKey);

      const { outbox, unreadable } = await live();
      expect(outbox).toEqual([]);
      expect(unreadable).toEqual([{ rowKey }]);
    });

    it("gives silences and acknowledgements, and names those that cannot be read", async () => {
      const audit = anAudit();
      await storage.suppressionStore.writeSilence(TENANT, aSilence(), audit);
      await storage.suppressionStore.writeAcknowledgement(TENANT, anAcknowledgement(), audit);
      await storage.corrupt("monitor", TENANT, "live|silence|s-2");
      await storage.corrupt("monitor", TENANT, `live|ack|${keyOf(2)}`);

      const { silences, acknowledgements, unreadable } = await live();

      expect({ silences, acknowledgements }).toEqual({
        silences: [aSilence()],
        acknowledgements: [anAcknowledgement()],
      });
      expect(unreadable.toSorted((a, b) => (a.rowKey < b.rowKey ? -1 : 1))).toEqual([
        { rowKey: `live|ack|${keyOf(2)}` },
        { rowKey: "live|silence|s-2" },
      ]);
    });

    it("gives the ETag of a head that cannot be read, so that it can be overwritten", async () => {
      await storage.monitorStore.commit(TENANT, { writes: [], head: { head: aHead() } });
      await storage.corrupt("monitor", TENANT, "live|head");

      const { head, unreadableHeadEtag = "none", unreadable } = await live();
      const outcome = await storage.monitorStore.commit(TENANT, {
        writes: [],
        head: { head: aHead(), etag: unreadableHeadEtag },
      });

      expect({ head, unreadable, outcome }).toEqual({ head: undefined, unreadable: [], outcome: "committed" });
      expect((await live()).head?.value).toEqual(aHead());
    });

    it("knows nothing of rows that other parts of the program keep beside", async () => {
      await storage.corrupt("monitor", TENANT, "live|channel|ops");
      await storage.corrupt("monitor", TENANT, "live|silent|1");

      const { unreadable } = await live();

      expect(unreadable).toEqual([]);
    });
  });

  describe("commit()", () => {
    it("writes state, snapshot, event, days, outbox rows and head together", async () => {
      const outbox = [anOutboxRow(), anOutboxRow({}, { channel: "pager" })];
      const daily = [aDay(), aDay({ dayMs: 0 })];

      const outcome = await storage.monitorStore.commit(TENANT, {
        writes: [{ ...anInsert(), snapshot: aSnapshot(), event: anEvent(), daily, outbox }],
        head: { head: aHead() },
      });

      expect(outcome).toBe("committed");
      const partition = await live();
      expect(partition.states.map(({ value }) => value)).toEqual([aState()]);
      expect(partition.outbox.map(({ value }) => value)).toEqual(outbox);
      expect(partition.head?.value).toEqual(aHead());
      expect((await storage.historyStore.snapshots(ALL_TIME, keyOf(1))).rows).toEqual([aSnapshot()]);
      expect((await storage.historyStore.events(ALL_TIME, keyOf(1))).rows).toEqual([anEvent()]);
      expect((await storage.historyStore.events(ALL_TIME)).rows).toEqual([anEvent()]);
      expect((await storage.historyStore.daily(ALL_TIME, keyOf(1))).rows).toEqual(daily);
    });

    it.each<{ readonly change: Change }>([
      {
        change: {
          type: "alert",
          ruleId: "expiry",
          from: "pending",
          to: "firing",
          severity: "critical",
          reason: "confirmed",
          episode: "e",
          evaluation: { verdict: "not-applicable", reason: "retired" },
          told: { ops: "fired" },
        },
      },
      { change: { type: "appeared", returned: true } },
      { change: { type: "disappeared", reason: "absent" } },
      { change: { type: "configuration", severity: "info", changes: ["appId a → b"] } },
      { change: { type: "standing", from: "active", to: "ignored", reason: "old Jamf" } },
      { change: { type: "state", from: "enabled", to: "unresponsive" } },
      { change: { type: "gap", fromMs: SLOT_MS - MINUTE_MS, toMs: SLOT_MS, reason: "forbidden" } },
    ])("keeps a change of type $change.type", async ({ change }) => {
      const event = anEvent({ changes: [change] });

      await commit({ ...anInsert(), event });

      expect((await storage.historyStore.events(ALL_TIME)).rows).toEqual([event]);
    });

    it("leaves nothing of the state that it replaces", async () => {
      await commit(anInsert({ absentSinceMs: SLOT_MS, lastKnownState: "enabled" }));
      const { etag } = await storedState();

      const outcome = await commit({
        state: { op: "replace", state: aState({ lastSlotMs: SLOT_MS + 1 }), etag },
        outbox: [],
      });

      expect(outcome).toBe("committed");
      expect((await storedState()).value).toEqual(aState({ lastSlotMs: SLOT_MS + 1 }));
    });

    it("changes the ETag with every write, even of the same content", async () => {
      await commit(anInsert());
      const first = await storedState();

      await commit({ state: { op: "replace", ...first, state: first.value }, outbox: [] });

      expect((await storedState()).etag).not.toBe(first.etag);
    });

    it("writes nothing at all when one connection of many was changed meanwhile", async () => {
      await commit(anInsert({ connectionKey: keyOf(1) }), anInsert({ connectionKey: keyOf(2) }));
      const stale = await storedState(keyOf(2));
      await commit({ state: { op: "replace", ...stale, state: stale.value }, outbox: [] });
      const before = await everything();

      const outcome = await storage.monitorStore.commit(TENANT, {
        writes: [
          {
            ...anInsert({ connectionKey: keyOf(3) }),
            snapshot: aSnapshot(),
            event: anEvent(),
            outbox: [anOutboxRow()],
          },
          { state: { op: "replace", ...stale, state: stale.value }, outbox: [] },
        ],
        head: { head: aHead() },
      });

      expect(outcome).toBe("conflict");
      expect(await everything()).toEqual(before);
    });

    it("conflicts when a connection to be inserted is there", async () => {
      await commit(anInsert());
      const before = await everything();

      const outcome = await commit({ ...anInsert({ lastSlotMs: SLOT_MS + 1 }), event: anEvent() });

      expect(outcome).toBe("conflict");
      expect(await everything()).toEqual(before);
    });

    it("conflicts when a state to be replaced is gone", async () => {
      await commit(anInsert());
      const { value, etag } = await storedState();
      await commit({ state: { op: "retire", state: value, etag }, outbox: [] });

      const outcome = await commit({ state: { op: "replace", state: value, etag }, outbox: [] });

      expect(outcome).toBe("conflict");
    });

    it.each([
      { title: "a new head where one is", etag: () => undefined },
      { title: "a head that was changed meanwhile", etag: (first: string) => first },
    ])("conflicts on $title", async ({ etag }) => {
      await storage.monitorStore.commit(TENANT, { writes: [], head: { head: aHead() } });
      const first = (await live()).head?.etag ?? "";
      await storage.monitorStore.commit(TENANT, { writes: [], head: { head: aHead(), etag: first } });

      const stale = etag(first);
      const head = { head: aHead({ lastSlotMs: SLOT_MS - 1 }), ...(stale === undefined ? {} : { etag: stale }) };
      const outcome = await storage.monitorStore.commit(TENANT, { writes: [anInsert()], head });

      expect(outcome).toBe("conflict");
      expect((await live()).states).toEqual([]);
      expect((await live()).head?.value).toEqual(aHead());
    });

    it.each([2, 5])("lets one of %i twins win, and the winner alone", async (twins) => {
      await commit(anInsert());
      const { etag } = await storedState();
      const transactions = Array.from({ length: twins }, (_, n): ConnectionWrite => {
        const state = aState({ lastSlotMs: SLOT_MS + n });
        return { state: { op: "replace", state, etag }, outbox: [anOutboxRow({ slotMs: SLOT_MS + n })] };
      });

      const outcomes = await Promise.all(transactions.map((write) => commit(write)));

      const winner = outcomes.indexOf("committed");
      expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
      expect((await storedState()).value.lastSlotMs).toBe(SLOT_MS + winner);
      expect((await live()).outbox.map(({ value }) => value.facts.slotMs)).toEqual([SLOT_MS + winner]);
    });

    it("takes 100 rows, and refuses one more without writing any", async () => {
      const writes = Array.from({ length: 100 }, (_, n) => anInsert({ connectionKey: keyOf(n) }));

      const refused = storage.monitorStore.commit(TENANT, { writes, head: { head: aHead() } });

      await expect(refused).rejects.toThrow(/100/);
      expect((await live()).states).toEqual([]);
      await expect(commit(...writes)).resolves.toBe("committed");
    });
  });

  describe("commit() of a connection that goes and returns", () => {
    it("moves a retired state to the gone ones", async () => {
      await commit(anInsert());

      const outcome = await retire();

      expect(outcome).toBe("committed");
      expect((await live()).states).toEqual([]);
      expect(await storage.monitorStore.loadGone(TENANT)).toEqual([aState({ absentPolls: 9 })]);
    });

    it("leaves nothing of a state that is removed", async () => {
      await commit(anInsert());
      const { value, etag } = await storedState();

      const outcome = await commit({ state: { op: "remove", state: value, etag }, outbox: [] });

      expect(outcome).toBe("committed");
      expect((await live()).states).toEqual([]);
      expect(await storage.monitorStore.loadGone(TENANT)).toEqual([]);
    });

    it("removes nothing that was changed meanwhile", async () => {
      await commit(anInsert());
      const stale = await storedState();
      await commit({ state: { op: "replace", ...stale, state: stale.value }, outbox: [] });

      const outcome = await commit({ state: { op: "remove", ...stale, state: stale.value }, outbox: [] });

      expect(outcome).toBe("conflict");
      expect((await live()).states).toHaveLength(1);
    });

    it("retires nothing that was changed meanwhile", async () => {
      await commit(anInsert());
      const stale = await storedState();
      await commit({ state: { op: "replace", ...stale, state: stale.value }, outbox: [] });
      const before = await everything();

      const outcome = await commit({
        state: { op: "retire", ...stale, state: stale.value },
        event: anEvent(),
        outbox: [],
      });

      expect(outcome).toBe("conflict");
      expect(await everything()).toEqual(before);
    });

    it("takes a returned one from the gone ones", async () => {
      await commit(anInsert());
      await retire();

      const outcome = await commit({ state: { op: "insert", state: aState(), returned: true }, outbox: [] });

      expect(outcome).toBe("committed");
      expect((await storedState()).value).toEqual(aState());
      expect(await storage.monitorStore.loadGone(TENANT)).toEqual([]);
    });

    it("lets one return whose gone state was deleted meanwhile", async () => {
      const outcome = await commit({ state: { op: "insert", state: aState(), returned: true }, outbox: [] });

      expect(outcome).toBe("committed");
      expect((await live()).states).toHaveLength(1);
    });

    it("retires one that returned before", async () => {
      await commit(anInsert());
      await retire();
      await commit({ state: { op: "insert", state: aState(), returned: true }, outbox: [] });

      await retire();

      expect(await storage.monitorStore.loadGone(TENANT)).toEqual([aState({ absentPolls: 9 })]);
    });

    it("leaves a gone state that cannot be read out", async () => {
      await commit(anInsert());
      await retire();

      await storage.corrupt("monitor", TENANT, `gone|${keyOf(1)}`);

      expect(await storage.monitorStore.loadGone(TENANT)).toEqual([]);
    });
  });
}
