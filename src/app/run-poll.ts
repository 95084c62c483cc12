import type { SourceRead } from "../domain/connections/source.ts";
import { orderNotifications } from "../domain/delivery/order-notifications.ts";
import { ContentionError } from "../domain/errors.ts";
import type { LivePartition } from "../domain/poll/live-partition.ts";
import { hasNewcomers, lastPolledSlotMs, planPoll } from "../domain/poll/plan-poll.ts";
import type { PollPlan } from "../domain/poll/poll-plan.ts";
import { projectOverview } from "../domain/poll/project-overview.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import { MAX_AHEAD_MS, toIso } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { MonitorStore, OverviewStore } from "../ports/monitor-store.ts";
import type { PartnerSource } from "../ports/partner-source.ts";
import type { PollRequest, WorkQueue } from "../ports/work-queue.ts";

/** How often a poll is planned anew after a conflict before the message goes back to its queue. */
const MAX_PLANS = 5;

/** What a poll needs from outside. */
export interface RunPollDeps {
  readonly source: PartnerSource;
  readonly store: MonitorStore;
  readonly overview: OverviewStore;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Which slot of which tenant is polled. */
export interface RunPollInput {
  readonly request: PollRequest;
  readonly policy: TenantPolicy;
}

/** What became of one poll request. */
export interface PollReport {
  /** `already-polled` when the slot, or a newer one, had been polled to its end before. */
  readonly kind: "polled" | "already-polled";
  readonly transactions: number;
  readonly notifications: number;
  readonly rang: boolean;
}

/**
 * Polls one tenant for one slot.
 *
 * 1. Load what is remembered of the tenant; a slot that was polled before only projects and rings.
 * 2. Read every source, all at once.
 * 3. Decide what it all means: plan everything there is to write.
 * 4. Commit it, connection by connection; after a conflict begin again at 1 with the same readings.
 * 5. Project the tenant's line in the overview.
 * 6. Ring for the delivery, if anything is due.
 *
 * A stop anywhere is repaired by the repeated message: what has seen the slot ignores it, the rest takes it.
 * @throws {RangeError} When the slot lies more than a minute ahead of the clock.
 * @throws {ContentionError} When others kept writing through five plans.
 * @throws {DependencyError} When storage or the queue fails.
 */
export async function runPoll(deps: RunPollDeps, { request, policy }: RunPollInput): Promise<PollReport> {
  const { tenantId } = policy;
  refuseFutureSlot(request, deps.clock.nowMs());
  let reading: TakenReading | undefined;

  for (let plans = 0; plans < MAX_PLANS; plans += 1) {
    const live = await deps.store.loadLive(tenantId);
    if (isPolled(live, request, deps.clock.nowMs())) return leave(deps, live, policy);

    reading ??= await takeReading(deps, live, policy);

    const plan = await decide(deps, { live, reading }, { request, policy });

    if ((await commit(deps, tenantId, plan)) === "conflict") continue;

    await deps.overview.project(plan.overview);

    const notifications = countNotifications(plan);
    const rang = await ringIfDue(deps, live, { tenantId, planned: notifications });

    return { kind: "polled", transactions: plan.transactions.length, notifications, rang };
  }
  const slot = toIso(request.slotMs);
  throw new ContentionError(`Cannot commit the poll of ${slot}: others kept writing through ${MAX_PLANS} plans`);
}

/** What one round of reads brought, and when. */
interface TakenReading {
  readonly reads: readonly SourceRead[];
  readonly observedAtMs: number;
}

function refuseFutureSlot({ slotMs }: PollRequest, nowMs: number): void {
  if (slotMs > nowMs + MAX_AHEAD_MS) {
    throw new RangeError(
      `Cannot poll a slot of the future: ${toIso(slotMs)} is wanted, the clock says ${toIso(nowMs)}`,
    );
  }
}

function isPolled(live: LivePartition, { slotMs }: PollRequest, nowMs: number): boolean {
  const polledSlotMs = lastPolledSlotMs(live, nowMs);
  return polledSlotMs !== undefined && polledSlotMs >= slotMs;
}

async function leave(deps: RunPollDeps, live: LivePartition, policy: TenantPolicy): Promise<PollReport> {
  if (live.head !== undefined) {
    const states = live.states.map(({ value }) => value);
    const unreadableRows = live.unreadable.length;
    await deps.overview.project(projectOverview({ policy, head: live.head.value, states, unreadableRows }));
  }
  const rang = await ringIfDue(deps, live, { tenantId: policy.tenantId, planned: 0 });
  return { kind: "already-polled", transactions: 0, notifications: 0, rang };
}

async function takeReading(deps: RunPollDeps, live: LivePartition, policy: TenantPolicy): Promise<TakenReading> {
  const { tenantId, sources } = policy;
  const form = live.head?.value.connectorStatusForm;
  const request = { tenantId, sources, ...(form === undefined ? {} : { connectorStatusForm: form }) };
  const reads = await deps.source.read(request);
  return { reads, observedAtMs: deps.clock.nowMs() };
}

/** Plans the poll; only when an unknown connection appears are those that left looked through for it. */
async function decide(
  deps: RunPollDeps,
  { live, reading }: { readonly live: LivePartition; readonly reading: TakenReading },
  { request, policy }: RunPollInput,
): Promise<PollPlan> {
  const { reads, observedAtMs } = reading;
  const poll = { policy, slotMs: request.slotMs, observedAtMs, nowMs: deps.clock.nowMs(), digest: deps.digest };
  const plan = planPoll({ live, reads, gone: [] }, poll);
  if (!hasNewcomers(plan)) return plan;
  const gone = await deps.store.loadGone(policy.tenantId);
  return gone.length === 0 ? plan : planPoll({ live, reads, gone }, poll);
}

/** One transaction after the other: the head, in the last one, must not say "polled" before all the rest is written. */
async function commit(deps: RunPollDeps, tenantId: string, plan: PollPlan): Promise<"committed" | "conflict"> {
  for (const transaction of plan.transactions) {
    if ((await deps.store.commit(tenantId, transaction)) === "conflict") return "conflict";
  }
  return "committed";
}

function countNotifications({ transactions }: PollPlan): number {
  return transactions.flatMap(({ writes }) => writes.flatMap(({ outbox }) => outbox)).length;
}

/** The bell rings for what this poll has planned and for what an older one left due: losing a bell costs time only. */
async function ringIfDue(
  deps: RunPollDeps,
  live: LivePartition,
  { tenantId, planned }: { readonly tenantId: string; readonly planned: number },
): Promise<boolean> {
  const isDue = planned > 0 || orderNotifications(live.outbox, deps.clock.nowMs()).ready.length > 0;
  if (isDue) await deps.queue.requestDelivery({ tenantId }, 0);
  return isDue;
}
