import { slotOf } from "../domain/time.ts";
import { MINUTE_MS } from "../domain/units.ts";
import type { Clock } from "../ports/clock.ts";
import type { OverviewStore } from "../ports/monitor-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";

/** What scheduling needs from outside. */
export interface ScheduleDeps {
  readonly overview: OverviewStore;
  readonly queue: WorkQueue;
  readonly clock: Clock;
}

/** Whose polls are due, and how often. */
export interface ScheduleInput {
  readonly tenantIds: readonly string[];
  readonly periodMs: number;
}

/** What one run of the schedule did. */
export interface ScheduleReport {
  readonly slotMs: number;
  readonly requested: number;
  /** Tenants that were scheduled for the first time. */
  readonly registered: number;
}

/** The longest time over which the polls of one slot are spread. */
const MAX_SPREAD_MS = 5 * MINUTE_MS;

/** How many messages are on their way at once. */
const BATCH_SIZE = 32;

/**
 * Asks for one poll of every tenant.
 *
 * 1. Names the slot, by the clock alone: a late run asks for the present slot, never for a missed one.
 * 2. Registers tenants that have no line in the overview, so that a tenant whose polls never come is noticed as late.
 * 3. Sends one request a tenant, spread evenly over a third of the period or 5 minutes, in the order of configuration.
 * 4. Reports every failure together, after all that could be done is done.
 *
 * @throws {AggregateError} When the registration or a request failed; the host then shows the run as failed.
 */
export async function schedulePolls(deps: ScheduleDeps, input: ScheduleInput): Promise<ScheduleReport> {
  const nowMs = deps.clock.nowMs();
  const slotMs = slotOf(nowMs, input.periodMs);
  const failures: unknown[] = [];

  const registered = await register(deps, input.tenantIds, nowMs).catch((error: unknown) => {
    failures.push(error);
    return 0;
  });

  failures.push(...(await requestPolls(deps, input, slotMs)));

  if (failures.length > 0) {
    const count = `${failures.length} calls for ${input.tenantIds.length} tenants`;
    throw new AggregateError(failures, `Cannot schedule all polls: ${count} failed`);
  }
  return { slotMs, requested: input.tenantIds.length, registered };
}

async function register(deps: ScheduleDeps, tenantIds: readonly string[], nowMs: number): Promise<number> {
  const known = new Set((await deps.overview.loadLines()).map((line) => line.tenantId));
  const missing = tenantIds.filter((tenantId) => !known.has(tenantId));
  for (const tenantId of missing) {
    await deps.overview.register(tenantId, nowMs); // rare, and one after the other spares the table
  }
  return missing.length;
}

async function requestPolls(deps: ScheduleDeps, input: ScheduleInput, slotMs: number): Promise<readonly unknown[]> {
  const { tenantIds, periodMs } = input;
  const stepMs = Math.min(periodMs / 3, MAX_SPREAD_MS) / tenantIds.length;
  const requests = tenantIds.map((tenantId, index) => ({ tenantId, delayMs: Math.floor(index * stepMs) }));
  const failures: unknown[] = [];
  for (let start = 0; start < requests.length; start += BATCH_SIZE) {
    const batch = requests.slice(start, start + BATCH_SIZE);
    const sent = batch.map(({ tenantId, delayMs }) => deps.queue.requestPoll({ tenantId, slotMs }, delayMs));
    for (const outcome of await Promise.allSettled(sent)) {
      if (outcome.status === "rejected") failures.push(outcome.reason);
    }
  }
  return failures;
}
