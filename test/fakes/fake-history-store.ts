import {
  AUDIT_PREFIX,
  BAD_PREFIX,
  DAYS_PREFIX,
  DEAD_PREFIX,
  DELIVERY_PREFIX,
  daysPrefix,
  ENDED_SILENCE_PREFIX,
  eventKeyOf,
  eventsPrefix,
  FEED_PREFIX,
  GONE_PREFIX,
  goneKey,
  SNAPSHOTS_PREFIX,
  snapshotsPrefix,
  stateKey,
} from "../../src/adapters/tables/row-keys.ts";
import type { Delivery } from "../../src/domain/delivery/notification.ts";
import type { ConnectionEvent } from "../../src/domain/history/connection-event.ts";
import type { DailyRollup } from "../../src/domain/history/daily.ts";
import type { Snapshot } from "../../src/domain/history/snapshot.ts";
import type { ConnectionState } from "../../src/domain/poll/connection-state.ts";
import type { HistoryPage, HistoryRange, HistoryStore, PruneRequest } from "../../src/ports/history-store.ts";
import { type MemoryRow, type MemoryStorage, parseRow } from "./memory-storage.ts";

/** Reads history in memory, as the fake monitor store on the same storage wrote it. */
export function createFakeHistoryStore(storage: MemoryStorage): HistoryStore {
  return {
    snapshots: async (range, connectionKey) => readSlots<Snapshot>(storage, range, snapshotsPrefix(connectionKey)),
    events: async (range, connectionKey) =>
      readSlots<ConnectionEvent>(
        storage,
        range,
        connectionKey === undefined ? FEED_PREFIX : eventsPrefix(connectionKey),
      ),
    deliveries: async (range, kind) =>
      readSlots<Delivery>(storage, range, kind === "dead" ? DEAD_PREFIX : DELIVERY_PREFIX),
    daily: async (range, connectionKey) => readSlots<DailyRollup>(storage, range, daysPrefix(connectionKey)),
    hasConnection: async (tenantId, connectionKey) =>
      [stateKey(connectionKey), goneKey(connectionKey)].some((key) => storage.rows(tenantId, key).length > 0),
    // The overview, a table of its own in truth, has its rows in one memory with all others.
    tenantIds: async () => storage.partitions().filter((partition) => partition !== "tenants"),
    prune: async (tenantId, request) => prune(storage, tenantId, request),
  };
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- stands for the knowledge of the caller
function readSlots<T>(
  storage: MemoryStorage,
  { tenantId, fromMs, toMs, limit, after = "" }: HistoryRange,
  prefix: string,
): HistoryPage<T> {
  const found = storage.rows(tenantId, prefix).flatMap((row) => {
    const value = parseRow<T>(row);
    return value === undefined
      ? []
      : [{ value, atMs: instantOf(row.rowKey), position: row.rowKey.slice(prefix.length) }];
  });
  const wanted = found.filter(({ atMs, position }) => atMs >= fromMs && atMs < toMs && position > after);
  const page = wanted.slice(0, limit);
  const last = page.at(-1);
  const rows = page.map(({ value }) => value);
  return page.length < limit || last === undefined ? { rows } : { rows, next: last.position };
}

const PREFIXES = {
  snapshots: SNAPSHOTS_PREFIX,
  events: FEED_PREFIX,
  daily: DAYS_PREFIX,
  deliveries: DELIVERY_PREFIX,
  "dead-letters": DEAD_PREFIX,
  silences: ENDED_SILENCE_PREFIX,
  audit: AUDIT_PREFIX,
  "set-aside": BAD_PREFIX,
  gone: GONE_PREFIX,
} as const;

function prune(storage: MemoryStorage, tenantId: string, { kind, olderThanMs, maxRows }: PruneRequest): number {
  const old = storage
    .rows(tenantId, PREFIXES[kind])
    .filter((row) => (kind === "gone" ? lastSlotOf(row) : instantOf(row.rowKey)) < olderThanMs)
    .slice(0, maxRows);
  for (const { rowKey } of old) {
    const eventKey = kind === "events" ? eventKeyOf(rowKey) : undefined;
    for (const key of [rowKey, eventKey ?? rowKey]) storage.transact(tenantId, [{ op: "drop", rowKey: key }]);
  }
  return old.length;
}

function lastSlotOf(row: MemoryRow): number {
  return parseRow<Partial<ConnectionState>>(row)?.lastSlotMs ?? 0;
}

function instantOf(rowKey: string): number {
  return 9_999_999_999_999 - Number(rowKey.split("|").find((section) => /^\d{13}$/.test(section)));
}
