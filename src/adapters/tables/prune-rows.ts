import { MAX_TRANSACTION_ROWS } from "../../domain/poll/chunk-writes.ts";
import type { PruneRequest } from "../../ports/history-store.ts";
import { actionsIn } from "./row-actions.ts";
import { fromInt64 } from "./row-codec.ts";
import {
  AUDIT_PREFIX,
  BAD_PREFIX,
  DAYS_PREFIX,
  DEAD_PREFIX,
  DELIVERY_PREFIX,
  ENDED_SILENCE_PREFIX,
  eventKeyOf,
  FEED_PREFIX,
  GONE_PREFIX,
  olderRange,
  SNAPSHOTS_PREFIX,
  slotPrefixOf,
  under,
} from "./row-keys.ts";
import type { TableCalls } from "./table-calls.ts";

/** The rows of each kind that are kept in order of time; events are found in the feed, which names their connection. */
const PREFIXES = {
  snapshots: SNAPSHOTS_PREFIX,
  events: FEED_PREFIX,
  daily: DAYS_PREFIX,
  deliveries: DELIVERY_PREFIX,
  "dead-letters": DEAD_PREFIX,
  silences: ENDED_SILENCE_PREFIX,
  audit: AUDIT_PREFIX,
  "set-aside": BAD_PREFIX,
} as const satisfies Record<Exclude<PruneRequest["kind"], "gone">, string>;

type TimedRequest = PruneRequest & { readonly kind: keyof typeof PREFIXES };

/** Deletes old rows of one kind, and returns how many; an event counts once though stored twice. */
export function pruneRows(table: TableCalls, tenantId: string, request: PruneRequest): Promise<number> {
  const { kind, ...limits } = request;
  return kind === "gone" ? pruneGone(table, tenantId, limits) : pruneTimed(table, tenantId, { kind, ...limits });
}

/**
 * Deletes a transaction at a time.
 *
 * Only RowKeys are read: besides the old rows themselves one page a connection for snapshots and days, one page for other kinds.
 */
async function pruneTimed(table: TableCalls, tenantId: string, request: TimedRequest): Promise<number> {
  let count = 0;
  for await (const found of findOldKeys(table, tenantId, request)) {
    const keys = found.slice(0, request.maxRows - count);
    await deleteRows(table, tenantId, request.kind === "events" ? keys.flatMap(keysOfEvent) : keys);
    count += keys.length;
    if (count >= request.maxRows) break;
  }
  return count;
}

/** Under one prefix the newest come first, so that one step leads over all that are kept to the old ones behind them. */
async function* findOldKeys(
  table: TableCalls,
  partitionKey: string,
  { kind, olderThanMs }: TimedRequest,
): AsyncGenerator<readonly string[]> {
  const limit = kind === "events" ? MAX_TRANSACTION_ROWS / 2 : MAX_TRANSACTION_ROWS;
  const oldBehind = (key: string) => olderRange(slotPrefixOf(key), olderThanMs).after;
  let query = { partitionKey, ...under(PREFIXES[kind]), columns: ["RowKey"] };
  for (;;) {
    const { rows, hasMore } = await table.readPage("find-old-rows", query, limit);
    const keys = rows.map(({ rowKey }) => rowKey);
    const kept = keys.find((key) => key < oldBehind(key));
    yield kept === undefined ? keys : keys.slice(0, keys.indexOf(kept));
    if (kept === undefined && !hasMore) return;
    query = { ...query, after: kept === undefined ? (keys.at(-1) ?? query.before) : oldBehind(kept) };
  }
}

function keysOfEvent(feedKey: string): readonly string[] {
  return [feedKey, eventKeyOf(feedKey)].filter((key) => key !== undefined);
}

async function deleteRows(table: TableCalls, tenantId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = actionsIn(tenantId);
  const deleted = await table.transact("prune-rows", keys.map(rows.removeAny));
  if (deleted !== undefined) return;
  // A single row that is gone already makes all deletions fail.
  for (const key of keys) await table.transact("prune-rows", [rows.removeAny(key)]);
}

/**
 * Deletes one by one what is left of connections that are no longer watched; the few rows there are have no order of time.
 *
 * A row that a return has emptied has no slot and is of no use. One that changes meanwhile is no longer old, and stays.
 */
async function pruneGone(
  table: TableCalls,
  partitionKey: string,
  { olderThanMs, maxRows }: Omit<PruneRequest, "kind">,
): Promise<number> {
  const query = { partitionKey, ...under(GONE_PREFIX), columns: ["RowKey", "lastSlotMs"] };
  const rows = await table.readAll("find-old-rows", query);
  const old = rows.filter((row) => (fromInt64(row["lastSlotMs"]) ?? 0) < olderThanMs).slice(0, maxRows);
  let count = 0;
  for (const { rowKey, etag } of old) {
    const deleted = await table.transact("prune-rows", [actionsIn(partitionKey).remove(rowKey, etag)]);
    count += deleted === undefined ? 0 : 1;
  }
  return count;
}
