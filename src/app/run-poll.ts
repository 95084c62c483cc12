import type { SourceRead } from "../domain/connections/source.ts";
import type { LivePartition } from "../domain/poll/live-partition.ts";
import { hasNewcomers, planPoll } from "../domain/poll/plan-poll.ts";
import type { PollPlan } from "../domain/poll/poll-plan.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import type { Clock } from "../ports/clock.ts";
import type { MonitorStore, OverviewStore } from "../ports/monitor-store.ts";
import type { PartnerSource } from "../ports/partner-source.ts";
import type { PollRequest, WorkQueue } from "../ports/work-queue.ts";
import { type CommittedPoll, commitPoll } from "./commit-poll.ts";
import { ringIfDue } from "./ring-if-due.ts";

/** What a poll needs from outside. */
export interface RunPollDeps {
  readonly source: PartnerSource;
  readonly store: MonitorStore;
  readonly overview: Pick<OverviewStore, "project">;
  readonly queue: Pick<WorkQueue, "requestDelivery">;
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
export interface PollReport extends Pick<CommittedPoll, "kind" | "transactions" | "notifications"> {
  readonly rang: boolean;
}

/**
 * Polls one tenant for one slot.
 *
 * 1. Load what is remembered of the tenant; a slot that was polled before goes on at 5.
 * 2. Read every source, all at once.
 * 3. Decide what it all means: plan everything there is to write.
 * 4. Commit it, connection by connection; after a conflict begin again at 1 with the same readings.
 * 5. Ring for the delivery, if anything is due: nothing that comes after may hold it up.
 * 6. Project the tenant's line in the overview.
 *
 * A stop anywhere is repaired by the repeated message: what has seen the slot ignores it, the rest takes it.
 * @throws {RangeError} When the slot lies more than a minute ahead of the clock.
 * @throws {ContentionError} When others kept writing through five plans.
 * @throws {DependencyError} When storage or the queue fails.
 */
export async function runPoll(deps: RunPollDeps, { request, policy }: RunPollInput): Promise<PollReport> {
  let reading: TakenReading | undefined;

  const poll = await commitPoll(deps, { policy, slotMs: request.slotMs }, async (live) => {
    reading ??= await takeReading(deps, live, policy);

    return decide(deps, { live, reading }, { request, policy });
  });

  const rang = await ringIfDue(deps, policy.tenantId, poll);

  await deps.overview.project(poll.overview);

  const { kind, transactions, notifications } = poll;
  return { kind, transactions, notifications, rang };
}

/** What one round of reads brought, and when. */
interface TakenReading {
  readonly reads: readonly SourceRead[];
  readonly observedAtMs: number;
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
  const { slotMs, graphUnavailable } = request;
  const observed = { kind: "tenant", reads, graphUnavailable } as const;
  const poll = { policy, slotMs, observedAtMs, nowMs: deps.clock.nowMs(), digest: deps.digest };
  const plan = planPoll({ live, observed, gone: [] }, poll);
  if (!hasNewcomers(plan)) return plan;
  const gone = await deps.store.loadGone(policy.tenantId);
  return gone.length === 0 ? plan : planPoll({ live, observed, gone }, poll);
}
