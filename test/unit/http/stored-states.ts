import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { Head } from "../../../src/domain/poll/poll-plan.ts";
import type { MonitorStore } from "../../../src/ports/monitor-store.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { TENANT } from "./builders.ts";

/** What the last poll of the tenant left behind. */
export interface StoredStates {
  readonly states?: readonly ConnectionState[];
  readonly head?: Head;
  /** Connections whose row cannot be parsed. */
  readonly unreadable?: readonly string[];
}

export async function aStoreOf({ states = [], head, unreadable = [] }: StoredStates): Promise<MonitorStore> {
  const storage = createMemoryStorage();
  const store = createFakeMonitorStore(storage);
  const writes = states.map((state) => ({ state: { op: "insert", state, returned: false } as const, outbox: [] }));
  if (writes.length > 0) await store.commit(TENANT.tenantId, { writes });
  if (head !== undefined) await store.commit(TENANT.tenantId, { writes: [], head: { head } });
  for (const connectionKey of unreadable) storage.corrupt(TENANT.tenantId, stateKey(connectionKey));
  return store;
}
