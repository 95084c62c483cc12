import { MAX_TRANSACTION_ROWS } from "../../domain/poll/chunk-writes.ts";
import type { PruneRequest } from "../../ports/history-store.ts";
import { actionsIn } from "./row-actions.ts";
import {
  AUDIT_PREFIX,
  DAYS_PREFIX,
  DEAD_PREFIX,
  DELIVERY_PREFIX,
  ENDED_SILENCE_PREFIX,
  eventKeyOf,
  FEED_PREFIX,
  olderRange,
  SNAPSHOTS_PREFIX,
  slotPrefixOf,
  under,
} from "./row-keys.ts";
import type { TableCalls } from "./table-calls.ts";

/** The rows of each kind; events are found in the feed, which names their connection. */
const PREFIXES = {
  snapshots: SNAPSHOTS_PREFIX,
  events: FEED_PREFIX,
  daily: DAYS_PREFIX,
  deliveries: DELIVERY_PREFIX,
  "dead-letters": DEAD_PREFIX,
  silences: ENDED_SILENCE_PREFIX,
  audit: AUDIT_PREFIX,
} as const satisfies Record<PruneRequest["kind"], string>;

/**
 * Deletes old rows of one kind, a transaction at a time, and returns how many; an event counts once though stored twice.
 *
 * Only RowKeys are read: besides the old rows themselves one page a connection for snapshots and days, one page for other kinds.
 */
export async function pruneRows(table: TableCalls, tenantId: string, request: PruneRequest): Promise<number> {
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
  { kind, olderThanMs }: PruneRequest,
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
