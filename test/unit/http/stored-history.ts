import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { DailyRollup } from "../../../src/domain/history/daily.ts";
import type { Snapshot } from "../../../src/domain/history/snapshot.ts";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { ConnectionWrite } from "../../../src/domain/poll/poll-plan.ts";
import type { HistoryStore } from "../../../src/ports/history-store.ts";
import type { MonitorStore } from "../../../src/ports/monitor-store.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { aState } from "./builders.ts";

/** The history of one tenant, as polls would have written it, with a log of what it was asked. */
export interface StoredHistory extends Pick<HistoryStore, "snapshots" | "events" | "daily" | "hasConnection"> {
  readonly addEvents: (...events: readonly ConnectionEvent[]) => Promise<void>;
  readonly addSnapshots: (...snapshots: readonly Snapshot[]) => Promise<void>;
  readonly addDays: (...days: readonly DailyRollup[]) => Promise<void>;
  readonly addStates: (...states: readonly ConnectionState[]) => Promise<void>;
  /** Moves a state to those of the gone. */
  readonly retire: (connectionKey: string) => Promise<void>;
  /** Makes a state unreadable. */
  readonly spoil: (connectionKey: string) => void;
  readonly store: Pick<MonitorStore, "loadLive" | "loadGone">;
  readonly calls: readonly string[];
  readonly clearCalls: () => void;
}

export function aStoredHistory(tenantId: string): StoredHistory {
  const storage = createMemoryStorage();
  const monitor = createFakeMonitorStore(storage);
  const history = createFakeHistoryStore(storage);
  const calls: string[] = [];

  async function write(connectionKey: string, rows: Omit<ConnectionWrite, "state" | "outbox">): Promise<void> {
    const { states } = await monitor.loadLive(tenantId);
    const stored = states.find(({ value }) => value.connectionKey === connectionKey);
    const state =
      stored === undefined
        ? ({ op: "insert", state: aState({ connectionKey }), returned: false } as const)
        : ({ op: "replace", state: stored.value, etag: stored.etag } as const);
    await monitor.commit(tenantId, { writes: [{ state, outbox: [], ...rows }] });
  }

  async function commit(...writes: readonly ConnectionWrite[]): Promise<void> {
    await monitor.commit(tenantId, { writes });
  }

  return {
    calls,
    clearCalls: () => {
      calls.length = 0;
    },
    addStates: async (...states) => {
      for (const state of states) await commit({ state: { op: "insert", state, returned: false }, outbox: [] });
    },
    retire: async (connectionKey) => {
      const { states } = await monitor.loadLive(tenantId);
      const stored = states.find(({ value }) => value.connectionKey === connectionKey);
      if (stored === undefined) throw new Error("Cannot retire a connection that is not there");
      await commit({ state: { op: "retire", state: stored.value, etag: stored.etag }, outbox: [] });
    },
    spoil: (connectionKey) => storage.corrupt(tenantId, stateKey(connectionKey)),
    store: {
      loadLive: (tenant) => {
        calls.push("loadLive");
        return monitor.loadLive(tenant);
      },
      loadGone: (tenant) => {
        calls.push("loadGone");
        return monitor.loadGone(tenant);
      },
    },
    addEvents: async (...events) => {
      for (const event of events) await write(event.connectionKey, { event });
    },
    addSnapshots: async (...snapshots) => {
      for (const snapshot of snapshots) await write(snapshot.connectionKey, { snapshot });
    },
    addDays: async (...days) => {
      for (const day of days) await write(day.connectionKey, { daily: [day] });
    },
    events: (range, key) => {
      calls.push("events");
      return history.events(range, key);
    },
    snapshots: (range, key) => {
      calls.push("snapshots");
      return history.snapshots(range, key);
    },
    daily: (range, key) => {
      calls.push("daily");
      return history.daily(range, key);
    },
    hasConnection: (tenant, key) => {
      calls.push("hasConnection");
      return history.hasConnection(tenant, key);
    },
  };
}
