import type { Person } from "../domain/history/audit-entry.ts";
import { MINUTE_MS } from "../domain/units.ts";
import type { Clock } from "../ports/clock.ts";
import type { OverviewStore } from "../ports/monitor-store.ts";
import type { OperatorStore } from "../ports/operator-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";

/** What asking for a poll needs. */
export interface RequestPollDeps {
  readonly overview: Pick<OverviewStore, "loadLines">;
  readonly operators: Pick<OperatorStore, "listAudit" | "record">;
  readonly queue: Pick<WorkQueue, "requestPoll">;
  readonly clock: Clock;
}

/** Whose poll is wanted now, and by whom. */
export interface PollOrder {
  readonly tenantId: string;
  readonly reason: string;
  readonly person: Person;
}

/** What came of it. */
export type RequestedPoll =
  | { readonly kind: "requested"; readonly slotMs: number }
  /** There was a poll just now, or one was asked for: more than 0, at most a minute. */
  | { readonly kind: "too-soon"; readonly retryAfterMs: number };

/** Between two polls by hand, or a poll and one by hand, lies at least this (ours). */
const MIN_GAP_MS = MINUTE_MS;

/**
 * Asks for a poll of one tenant now; its slot is the time of asking.
 *
 * 1. Refuse when a poll was committed, or one asked for, within the last minute.
 * 2. Write down who asked, then ask.
 *
 * Two that ask at the very same time may both be heard: the later slot then moves no counter.
 * @throws {DependencyError} When storage or the queue fails.
 */
export async function requestPoll(deps: RequestPollDeps, order: PollOrder): Promise<RequestedPoll> {
  const { tenantId, reason, person } = order;
  const nowMs = deps.clock.nowMs();
  const lastMs = await findLast(deps, tenantId, nowMs);
  if (lastMs !== undefined) return { kind: "too-soon", retryAfterMs: lastMs + MIN_GAP_MS - nowMs };

  const audit = {
    id: "request-poll",
    atMs: nowMs,
    ...person,
    action: "request-poll",
    target: tenantId,
    reason,
  } as const;
  await deps.operators.record(tenantId, audit);
  await deps.queue.requestPoll({ tenantId, slotMs: nowMs }, 0);
  return { kind: "requested", slotMs: nowMs };
}

/** An instant ahead of our clock was written by another one, and holds nobody up. */
async function findLast(
  { overview, operators }: RequestPollDeps,
  tenantId: string,
  nowMs: number,
): Promise<number | undefined> {
  const sinceMs = nowMs - MIN_GAP_MS;
  const [lines, audits] = await Promise.all([overview.loadLines(), operators.listAudit(tenantId, sinceMs)]);
  const polledAtMs = lines.find((line) => line.tenantId === tenantId)?.overview?.observedAtMs;
  const askedAtMs = audits.filter(({ action }) => action === "request-poll").map(({ atMs }) => atMs);
  const recent = [polledAtMs ?? 0, ...askedAtMs].filter((atMs) => atMs > sinceMs && atMs <= nowMs);
  return recent.length === 0 ? undefined : Math.max(...recent);
}
