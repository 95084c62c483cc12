import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { Snapshot } from "../../../src/domain/history/snapshot.ts";
import type { HistoryStore } from "../../../src/ports/history-store.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { aState } from "./builders.ts";

/** The history of one tenant, as polls would have written it, with a log of what it was asked. */
export interface StoredHistory extends Pick<HistoryStore, "snapshots" | "events" | "hasConnection"> {
  readonly addEvents: (...events: readonly ConnectionEvent[]) => Promise<void>;
  readonly addSnapshots: (...snapshots: readonly Snapshot[]) => Promise<void>;
  readonly calls: readonly string[];
}

export function aStoredHistory(tenantId: string): StoredHistory {
  const storage = createMemoryStorage();
  const monitor = createFakeMonitorStore(storage);
  const history = createFakeHistoryStore(storage);
  const calls: string[] = [];

  async function write(row: { readonly event: ConnectionEvent } | { readonly snapshot: Snapshot }): Promise<void> {
    const { connectionKey } = "event" in row ? row.event : row.snapshot;
    const { states } = await monitor.loadLive(tenantId);
    const stored = states.find(({ value }) => value.connectionKey === connectionKey);
    const state =
      stored === undefined
        ? ({ op: "insert", state: aState({ connectionKey }), returned: false } as const)
        : ({ op: "replace", state: stored.value, etag: stored.etag } as const);
    await monitor.commit(tenantId, { writes: [{ state, outbox: [], ...row }] });
  }

  return {
    calls,
    addEvents: async (...events) => {
      for (const event of events) await write({ event });
    },
    addSnapshots: async (...snapshots) => {
      for (const snapshot of snapshots) await write({ snapshot });
    },
    events: (range, key) => {
      calls.push("events");
      return history.events(range, key);
    },
    snapshots: (range, key) => {
      calls.push("snapshots");
      return history.snapshots(range, key);
    },
    hasConnection: (tenant, key) => {
      calls.push("hasConnection");
      return history.hasConnection(tenant, key);
    },
  };
}
