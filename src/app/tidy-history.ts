import { DAY_MS, MINUTE_MS } from "../domain/units.ts";
import type { Clock } from "../ports/clock.ts";
import type { HistoryStore, PruneRequest } from "../ports/history-store.ts";
import type { SuppressionStore } from "../ports/suppression-store.ts";

/** How long each kind of row is kept. */
export interface Retention {
  readonly snapshotsMs: number;
  readonly eventsMs: number;
  readonly dailyMs: number;
  readonly deliveriesMs: number;
}

/** What tidying needs from outside. */
export interface TidyDeps {
  readonly history: Pick<HistoryStore, "tenantIds" | "prune">;
  readonly suppressions: Pick<SuppressionStore, "retireEnded">;
  readonly clock: Clock;
}

/** What one run of the tidying did. */
export interface TidyReport {
  readonly deleted: number;
  /** Silences set aside and acknowledgements deleted because they were over. */
  readonly retired: number;
  /** Tenants, the fleet among them, that the time did not suffice for; the next run begins with others. */
  readonly unfinished: number;
}

/** Well below the 5 minutes after which the Consumption plan kills the whole worker. */
const TIME_BUDGET_MS = 3 * MINUTE_MS;

/** How long what is over stays where polls read it: so long a repeated order meets the first one and does not bring it back. */
const RETIRE_AFTER_MS = DAY_MS;

/** Rows deleted between two looks at the clock. */
const BATCH_SIZE = 1_000;

/**
 * Takes what is over out of the way of polls, and deletes what is past its retention.
 *
 * 1. Takes all that have rows in turn, the fleet and tenants that have left the configuration among them, beginning with
 *    another one each day, so that a full day's work starves none.
 * 2. Retires silences and acknowledgements that have been over for a day.
 * 3. Prunes each kind of row in batches until nothing old is left or the time is used up.
 * 4. Reports every failure together: one tenant's trouble does not keep the others' history growing.
 *
 * Running it twice, or at once with itself, does no harm: what is gone is gone.
 * @throws {DependencyError} When it cannot be known who has rows.
 * @throws {AggregateError} When rows of a tenant could not be deleted.
 */
export async function tidyHistory(deps: TidyDeps, retention: Retention): Promise<TidyReport> {
  const startedAtMs = deps.clock.nowMs();
  const deadlineMs = startedAtMs + TIME_BUDGET_MS;
  const requests = pruneRequests(retention, startedAtMs);
  const tenantIds = await deps.history.tenantIds();
  const failures: unknown[] = [];
  let deleted = 0;
  let retired = 0;
  let unfinished = 0;

  for (const tenantId of rotate(tenantIds, Math.floor(startedAtMs / DAY_MS))) {
    try {
      if (deps.clock.nowMs() < deadlineMs) {
        retired += await deps.suppressions.retireEnded(tenantId, startedAtMs - RETIRE_AFTER_MS);
      }
      const pruned = await pruneTenant(deps, { tenantId, requests, deadlineMs });
      deleted += pruned.deleted;
      unfinished += pruned.isDone ? 0 : 1;
    } catch (error) {
      failures.push(error);
    }
  }

  if (failures.length > 0) {
    const count = `${failures.length} of ${tenantIds.length} partitions`;
    throw new AggregateError(failures, `Cannot tidy the history: ${count} failed`);
  }
  return { deleted, retired, unfinished };
}

interface TenantTask {
  readonly tenantId: string;
  readonly requests: readonly PruneRequest[];
  readonly deadlineMs: number;
}

async function pruneTenant(
  { history, clock }: Pick<TidyDeps, "history" | "clock">,
  { tenantId, requests, deadlineMs }: TenantTask,
): Promise<{ readonly deleted: number; readonly isDone: boolean }> {
  let deleted = 0;
  for (const request of requests) {
    for (let last = request.maxRows; last === request.maxRows; deleted += last) {
      if (clock.nowMs() >= deadlineMs) return { deleted, isDone: false };
      last = await history.prune(tenantId, request);
    }
  }
  return { deleted, isDone: true };
}

/**
 * Given-up notifications are kept as long as delivered ones: they are the same record with another ending. A connection that
 * left is remembered as long as anything of its history.
 */
function pruneRequests(retention: Retention, nowMs: number): readonly PruneRequest[] {
  const ages = [
    ["snapshots", retention.snapshotsMs],
    ["events", retention.eventsMs],
    ["daily", retention.dailyMs],
    ["deliveries", retention.deliveriesMs],
    ["dead-letters", retention.deliveriesMs],
    ["silences", retention.eventsMs],
    ["audit", retention.eventsMs],
    ["set-aside", retention.eventsMs],
    ["gone", Math.max(...Object.values(retention))],
  ] as const;
  return ages.map(([kind, ageMs]) => ({ kind, olderThanMs: nowMs - ageMs, maxRows: BATCH_SIZE }));
}

function rotate<T>(items: readonly T[], by: number): readonly T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
