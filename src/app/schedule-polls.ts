import { defined } from "../domain/defined.ts";
import { findLateTenants } from "../domain/poll/find-late-tenants.ts";
import type { WatchedTenant } from "../domain/poll/observed.ts";
import type { Head } from "../domain/poll/poll-plan.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import { slotOf } from "../domain/time.ts";
import { MINUTE_MS } from "../domain/units.ts";
import type { DeadManSwitch } from "../ports/dead-man-switch.ts";
import type { OverviewStore } from "../ports/monitor-store.ts";
import type { PollRequest, WorkQueue } from "../ports/work-queue.ts";
import { type PlanFleetDeps, planFleet } from "./plan-fleet.ts";

/** What scheduling needs from outside. */
export interface ScheduleDeps extends PlanFleetDeps {
  readonly overview: Pick<OverviewStore, "loadLines" | "register" | "project">;
  readonly queue: WorkQueue;
  /** Undefined when none is configured. */
  readonly deadManSwitch: DeadManSwitch | undefined;
}

/** Whose polls are due, how often, and how the monitor watches itself. */
export interface ScheduleInput {
  readonly tenants: readonly WatchedTenant[];
  readonly periodMs: number;
  /** The policy of the pseudo-tenant `fleet`. */
  readonly fleet: TenantPolicy;
  /** Names of the configured channels. */
  readonly channels: readonly string[];
}

/** What one run of the schedule did. */
export interface ScheduleReport {
  readonly slotMs: number;
  readonly requested: number;
  /** Tenants that were scheduled for the first time. */
  readonly registered: number;
  /** Tenants that have left the configuration and are not closed yet. */
  readonly closing: number;
  readonly late: number;
  readonly graphUnavailable: boolean;
}

/** The longest time over which the polls of one slot are spread. */
const MAX_SPREAD_MS = 5 * MINUTE_MS;

/** How many messages are on their way at once. */
const BATCH_SIZE = 32;

/**
 * Asks for one poll of every tenant, and has the monitor watch itself.
 *
 * 1. Names the slot, by the clock alone: a late run asks for the present slot, never for a missed one.
 * 2. Loads the overview and registers tenants that have no line in it, so that one whose polls never come is noticed.
 * 3. Plans the fleet, before the polls go out, so that they know whether most tenants cannot be read.
 * 4. Sends one request a tenant, spread evenly over a third of the period or 5 minutes, in the order of configuration, and
 *    one to close each tenant that has left it.
 * 5. Pings the dead-man's switch: that all is well when no tenant is late, else how many are. When that cannot be known
 *    nothing is said, which raises the alarm in the end.
 * 6. Reports every failure together, after all that could be done is done.
 *
 * @throws {AggregateError} When a step failed; the host then shows the run as failed.
 */
export async function schedulePolls(deps: ScheduleDeps, input: ScheduleInput): Promise<ScheduleReport> {
  const nowMs = deps.clock.nowMs();
  const slotMs = slotOf(nowMs, input.periodMs);
  const failures: unknown[] = [];
  const attempt = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      failures.push(error);
      return undefined;
    });

  const { registered, left, fleet, late } = await watchItself(deps, input, { slotMs, nowMs, attempt });

  const requests = toRequests(input.tenants, left, {
    slotMs,
    ...defined({ graphUnavailable: fleet?.graphUnavailable }),
  });
  failures.push(...(await requestPolls(deps, requests, input.periodMs)));

  if (late !== undefined) await deps.deadManSwitch?.ping({ configured: input.tenants.length, late });

  if (failures.length > 0) {
    const count = `${failures.length} calls for ${input.tenants.length} tenants`;
    throw new AggregateError(failures, `Cannot schedule all polls: ${count} failed`);
  }
  const graphUnavailable = fleet?.graphUnavailable === true;
  return {
    slotMs,
    requested: input.tenants.length,
    registered,
    closing: left.length,
    late: late ?? 0,
    graphUnavailable,
  };
}

interface ItselfSeen {
  readonly registered: number;
  /** Tenants that have left the configuration. */
  readonly left: readonly Identified[];
  /** Undefined when the fleet could not be planned. */
  readonly fleet?: Head;
  /** Undefined when that cannot be known. */
  readonly late?: number;
}

interface Attempts {
  readonly slotMs: number;
  readonly nowMs: number;
  /** Takes note of a failure, so that what comes after is done all the same. */
  readonly attempt: <T>(work: Promise<T>) => Promise<T | undefined>;
}

async function watchItself(
  deps: ScheduleDeps,
  { tenants, fleet: policy, channels }: ScheduleInput,
  { slotMs, nowMs, attempt }: Attempts,
): Promise<ItselfSeen> {
  const lines = await attempt(deps.overview.loadLines());
  if (lines === undefined) return { registered: 0, left: [] };
  const registered = await attempt(register(deps, without(tenants, lines), nowMs));
  const fleet = await attempt(planFleet(deps, { slotMs, policy, tenants, lines, channels }));
  const lateness = { tenants, lines, unregisteredSinceMs: nowMs, rules: policy.rules };
  const late = findLateTenants({ ...lateness, resumedSlotMs: fleet?.resumedSlotMs }, nowMs);
  const left = without(lines, [...tenants, policy]);
  return { registered: registered ?? 0, left, late: late.size, ...defined({ fleet }) };
}

type Identified = Pick<WatchedTenant, "tenantId">;

function without<T extends Identified>(all: readonly T[], others: readonly Identified[]): readonly T[] {
  const ids = new Set(others.map(({ tenantId }) => tenantId));
  return all.filter(({ tenantId }) => !ids.has(tenantId));
}

async function register({ overview }: ScheduleDeps, missing: readonly Identified[], nowMs: number): Promise<number> {
  for (const { tenantId } of missing) {
    await overview.register(tenantId, nowMs); // rare, and one after the other spares the table
  }
  return missing.length;
}

function toRequests(
  watched: readonly Identified[],
  left: readonly Identified[],
  slot: Pick<PollRequest, "slotMs" | "graphUnavailable">,
): readonly PollRequest[] {
  const { slotMs } = slot;
  return [
    ...watched.map(({ tenantId }) => ({ tenantId, ...slot })),
    ...left.map(({ tenantId }) => ({ tenantId, slotMs, closing: true as const })),
  ];
}

async function requestPolls(
  { queue }: ScheduleDeps,
  requests: readonly PollRequest[],
  periodMs: number,
): Promise<readonly unknown[]> {
  const stepMs = Math.min(periodMs / 3, MAX_SPREAD_MS) / requests.length;
  const failures: unknown[] = [];
  for (let start = 0; start < requests.length; start += BATCH_SIZE) {
    const batch = requests.slice(start, start + BATCH_SIZE);
    const sent = batch.map((request, index) => queue.requestPoll(request, Math.floor((start + index) * stepMs)));
    for (const outcome of await Promise.allSettled(sent)) {
      if (outcome.status === "rejected") failures.push(outcome.reason);
    }
  }
  return failures;
}
