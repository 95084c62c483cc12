import { notificationId, type OutboxRow } from "../domain/delivery/notification.ts";
import { MAX_TRANSACTION_ROWS } from "../domain/poll/chunk-writes.ts";
import type { Stored } from "../ports/monitor-store.ts";
import type { Outbox, Rewrite, Settlement } from "../ports/outbox.ts";

/** A tenant's outbox. */
export interface TenantOutbox {
  readonly outbox: Outbox;
  readonly tenantId: string;
}

/**
 * Rewrites rows in one transaction; undefined when another drain changed or settled one first, and then none is rewritten.
 *
 * A conflict alone does not say so: the storage client retries by itself, and our own write may have come first.
 */
export async function rewriteRows(
  { outbox, tenantId }: TenantOutbox,
  rewrites: readonly Rewrite[],
): Promise<readonly Stored<OutboxRow>[] | undefined> {
  const written = await outbox.update(tenantId, rewrites);
  if (written !== undefined) return written;
  const stored = byId((await outbox.load(tenantId)).rows);
  const ours = rewrites.flatMap(({ next }) => {
    const row = stored.get(idOf(next));
    return row !== undefined && isSameWrite(row.value, next) ? [row] : [];
  });
  return ours.length === rewrites.length ? ours : undefined;
}

/**
 * Settles rows, as many in one transaction as fit, and returns those that another drain changed first.
 *
 * When one of a transaction was changed, each of the others is settled by itself: what was sent and not settled is sent again.
 */
export async function settleRows(
  tenant: TenantOutbox,
  settlements: readonly Settlement[],
): Promise<ReadonlySet<Settlement>> {
  const contended = new Set<Settlement>();
  for (const chunk of inTransactions(settlements)) {
    if (await settleTogether(tenant, chunk)) continue;
    for (const settlement of chunk) {
      if (chunk.length === 1 || !(await settleTogether(tenant, [settlement]))) contended.add(settlement);
    }
  }
  return contended;
}

/** Settles rows in one transaction; false when another drain changed one of them first, and then none is settled. */
export async function settleTogether(
  { outbox, tenantId }: TenantOutbox,
  settlements: readonly Settlement[],
): Promise<boolean> {
  if ((await outbox.settle(tenantId, settlements)) === "settled") return true;
  const stored = byId((await outbox.load(tenantId)).rows);
  return settlements.every(({ row }) => {
    const left = stored.get(idOf(row.value));
    return left === undefined || left.value.dead === true;
  });
}

/** Names a row in a partition for good. */
export function idOf(row: OutboxRow): string {
  return notificationId(row.facts, row.channel);
}

function byId(rows: readonly Stored<OutboxRow>[]): ReadonlyMap<string, Stored<OutboxRow>> {
  return new Map(rows.map((row) => [idOf(row.value), row]));
}

function isSameWrite(stored: OutboxRow, next: OutboxRow): boolean {
  return (
    stored.owner === next.owner && stored.attempts === next.attempts && stored.nextAttemptAtMs === next.nextAttemptAtMs
  );
}

function inTransactions(settlements: readonly Settlement[]): readonly (readonly Settlement[])[] {
  const chunks: Settlement[][] = [];
  let room = 0;
  for (const settlement of settlements) {
    const operations = 2 + (settlement.remove?.length ?? 0);
    if (operations > room) {
      chunks.push([]);
      room = MAX_TRANSACTION_ROWS;
    }
    chunks.at(-1)?.push(settlement);
    room -= operations;
  }
  return chunks;
}
