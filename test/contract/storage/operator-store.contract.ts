import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { OperatorStore } from "../../../src/ports/operator-store.ts";
import { anAudit, anEvent, anInsert, anOutboxRow, aState, keyOf, SLOT_MS, TENANT } from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

const KEY = keyOf(1);
const OTHER_TENANT = "00000000-0000-4000-8000-0000000000a2";

/** What every OperatorStore holds to. */
export function describeOperatorStore(open: OpenStorage): void {
  let storage: StorageUnderTest;
  let operators: OperatorStore;

  beforeEach(() => {
    storage = open();
    operators = storage.operatorStore;
  });

  async function keysUnder(prefix: string): Promise<readonly string[]> {
    return (await storage.keys(TENANT)).filter((rowKey) => rowKey.startsWith(prefix));
  }

  async function states(): Promise<readonly ConnectionState[]> {
    return (await storage.monitorStore.loadLive(TENANT)).states.map(({ value }) => value);
  }

  async function stored() {
    await storage.monitorStore.commit(TENANT, { writes: [anInsert(), anInsert({ connectionKey: keyOf(2) })] });
    const [first] = (await storage.monitorStore.loadLive(TENANT)).states;
    if (first === undefined) throw new Error("There is no state");
    return first;
  }

  async function spoil(): Promise<void> {
    await storage.monitorStore.commit(TENANT, { writes: [anInsert()] });
    const [key] = await keysUnder("live|state|");
    await storage.corrupt("monitor", TENANT, key ?? "");
  }

  describe("rewriteState()", () => {
    it("rewrites one state, with its audit entry", async () => {
      const { value, etag } = await stored();

      const outcome = await operators.rewriteState(
        TENANT,
        { value: { ...value, removalAcceptedAtMs: SLOT_MS }, etag },
        anAudit(),
      );

      expect(outcome).toBe("written");
      expect(await states()).toEqual([{ ...value, removalAcceptedAtMs: SLOT_MS }, aState({ connectionKey: keyOf(2) })]);
      expect(await operators.listAudit(TENANT, 0)).toEqual([anAudit()]);
    });

    it("writes nothing when a poll has written the state since", async () => {
      const { value, etag } = await stored();
      const polled = { ...value, absentPolls: 7 };
      await storage.monitorStore.commit(TENANT, {
        writes: [{ state: { op: "replace", state: polled, etag }, outbox: [] }],
      });

      const outcome = await operators.rewriteState(TENANT, { value, etag }, anAudit());

      expect(outcome).toBe("conflict");
      expect((await states())[0]).toEqual(polled);
      expect(await keysUnder("audit|")).toEqual([]);
    });
  });

  describe("setAside()", () => {
    const event = anEvent({ slotMs: SLOT_MS + 1 });
    const row = anOutboxRow({ kind: "resolved", slotMs: SLOT_MS + 1 });
    const reset = { connectionKey: KEY, event, outbox: [row] };

    it("moves the state away and writes what ends with it, with the audit entry", async () => {
      await spoil();
      const [key = ""] = await keysUnder("live|state|");

      const outcome = await operators.setAside(TENANT, reset, anAudit());

      const live = await storage.monitorStore.loadLive(TENANT);
      const range = { tenantId: TENANT, fromMs: 0, toMs: SLOT_MS * 2, limit: 10 };
      expect(outcome).toBe("set-aside");
      expect([live.states, live.unreadable]).toEqual([[], []]);
      expect(live.outbox.map(({ value }) => value)).toEqual([row]);
      expect((await storage.historyStore.events(range, KEY)).rows).toEqual([event]);
      expect((await storage.historyStore.events(range)).rows).toEqual([event]);
      expect(await keysUnder("bad|")).toEqual([`bad|${9_999_999_999_999 - SLOT_MS}|${key}`]);
      expect(await operators.listAudit(TENANT, 0)).toEqual([anAudit()]);
    });

    it("moves a state away with which nothing ends", async () => {
      await spoil();

      expect(await operators.setAside(TENANT, { connectionKey: KEY, outbox: [] }, anAudit())).toBe("set-aside");
      expect((await storage.keys(TENANT)).map((key) => key.split("|")[0])).toEqual(["audit", "bad"]);
    });

    it("is said of the connection and of no other", async () => {
      await spoil();
      await operators.setAside(TENANT, reset, anAudit());

      expect(await operators.wasSetAside(TENANT, KEY)).toBe(true);
      expect(await operators.wasSetAside(TENANT, keyOf(2))).toBe(false);
      expect(await operators.wasSetAside(OTHER_TENANT, KEY)).toBe(false);
    });

    it.each([
      { label: "can be read", connectionKey: KEY },
      { label: "is not there", connectionKey: keyOf(2) },
    ])("leaves all as it is when the state $label", async ({ connectionKey }) => {
      await storage.monitorStore.commit(TENANT, { writes: [anInsert({ connectionKey })] });
      const before = await storage.keys(TENANT);

      expect(await operators.setAside(TENANT, reset, anAudit())).toBe("conflict");
      expect(await storage.keys(TENANT)).toEqual(before);
    });

    it("lets one of two win", async () => {
      await spoil();

      const outcomes = await Promise.all(
        ["a-1", "a-2"].map((id) => operators.setAside(TENANT, reset, anAudit({ id }))),
      );

      expect(outcomes.toSorted()).toEqual(["conflict", "set-aside"]);
      expect(await keysUnder("audit|")).toHaveLength(1);
    });
  });

  describe("listAudit()", () => {
    it("reads what was done from an instant on, newest first", async () => {
      for (const atMs of [SLOT_MS, SLOT_MS + 1, SLOT_MS + 2]) {
        await operators.record(TENANT, anAudit({ id: `a-${atMs}`, atMs, action: "request-poll" }));
      }
      await operators.record(OTHER_TENANT, anAudit({ atMs: SLOT_MS + 3 }));

      const found = await operators.listAudit(TENANT, SLOT_MS + 1);

      expect(found.map(({ atMs }) => atMs)).toEqual([SLOT_MS + 2, SLOT_MS + 1]);
    });
  });
}
