import type { HistoryPage, HistoryRange, HistoryStore } from "../../ports/history-store.ts";
import { eventRow, snapshotRow } from "./history-rows.ts";
import { pruneRows } from "./prune-rows.ts";
import { readRows } from "./read-rows.ts";
import type { RowCodec } from "./row-codec.ts";
import { eventsPrefix, FEED_PREFIX, goneKey, slotRange, snapshotsPrefix, stateKey } from "./row-keys.ts";
import type { TableCalls } from "./table-calls.ts";

/** Reads history from the table `monitor`; a row that cannot be understood is left out of its page. */
export function createTableHistoryStore(table: TableCalls): HistoryStore {
  async function readSlots<T>(prefix: string, range: HistoryRange, codec: RowCodec<T>): Promise<HistoryPage<T>> {
    const query = { partitionKey: range.tenantId, ...slotRange(prefix, range) };
    const { rows, hasMore } = await table.readPage("load-history", query, range.limit);
    const values = readRows(rows, prefix, codec).stored.map(({ value }) => value);
    const last = rows.at(-1);
    return last === undefined || !hasMore ? { rows: values } : { rows: values, next: last.rowKey.slice(prefix.length) };
  }
  return {
    snapshots: (range, connectionKey) => readSlots(snapshotsPrefix(connectionKey), range, snapshotRow),
    events: (range, connectionKey) =>
      readSlots(connectionKey === undefined ? FEED_PREFIX : eventsPrefix(connectionKey), range, eventRow),
    hasConnection: async (tenantId, connectionKey) =>
      (await table.exists("find-connection", tenantId, stateKey(connectionKey))) ||
      table.exists("find-connection", tenantId, goneKey(connectionKey)),
    prune: (tenantId, request) => pruneRows(table, tenantId, request),
  };
}
