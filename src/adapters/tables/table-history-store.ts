import type { HistoryPage, HistoryRange, HistoryStore } from "../../ports/history-store.ts";
import { DEAD, DELIVERED } from "./delivery-rows.ts";
import { dailyRow, eventRow, snapshotRow } from "./history-rows.ts";
import { pruneRows } from "./prune-rows.ts";
import { type RowKind, readRows } from "./read-rows.ts";
import {
  dayKey,
  daysPrefix,
  eventKey,
  eventsPrefix,
  FEED_PREFIX,
  feedKey,
  goneKey,
  slotRange,
  snapshotKey,
  snapshotsPrefix,
  stateKey,
} from "./row-keys.ts";
import type { TableCalls } from "./table-calls.ts";

/** Reads history from the table `monitor`; a row that cannot be understood is left out of its page. */
export function createTableHistoryStore(table: TableCalls): HistoryStore {
  async function readSlots<T>(kind: RowKind<T>, range: HistoryRange): Promise<HistoryPage<T>> {
    const { prefix } = kind;
    const query = { partitionKey: range.tenantId, ...slotRange(prefix, range) };
    const { rows, hasMore } = await table.readPage("load-history", query, range.limit);
    const values = readRows(rows, kind).stored.map(({ value }) => value);
    const last = rows.at(-1);
    return last === undefined || !hasMore ? { rows: values } : { rows: values, next: last.rowKey.slice(prefix.length) };
  }
  return {
    snapshots: (range, connectionKey) =>
      readSlots({ prefix: snapshotsPrefix(connectionKey), codec: snapshotRow, keyOf: snapshotKey }, range),
    events: (range, connectionKey) =>
      connectionKey === undefined
        ? readSlots({ prefix: FEED_PREFIX, codec: eventRow, keyOf: feedKey }, range)
        : readSlots({ prefix: eventsPrefix(connectionKey), codec: eventRow, keyOf: eventKey }, range),
    deliveries: (range, kind) => readSlots(kind === "dead" ? DEAD : DELIVERED, range),
    daily: (range, connectionKey) =>
      readSlots({ prefix: daysPrefix(connectionKey), codec: dailyRow, keyOf: dayKey }, range),
    hasConnection: async (tenantId, connectionKey) =>
      (await table.exists("find-connection", tenantId, stateKey(connectionKey))) ||
      table.exists("find-connection", tenantId, goneKey(connectionKey)),
    tenantIds: async () => {
      const tenantIds: string[] = [];
      for (;;) {
        const next = await table.nextPartition("find-tenant", tenantIds.at(-1) ?? "");
        if (next === undefined) return tenantIds;
        tenantIds.push(next);
      }
    },
    prune: (tenantId, request) => pruneRows(table, tenantId, request),
  };
}
