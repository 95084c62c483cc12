import { ContentionError } from "../domain/errors.ts";
import type { LivePartition } from "../domain/poll/live-partition.ts";
import { lastPolledSlotMs } from "../domain/poll/plan-poll.ts";
import type { Head, PollPlan } from "../domain/poll/poll-plan.ts";
import { projectOverview } from "../domain/poll/project-overview.ts";
import type { TenantOverview } from "../domain/poll/tenant-overview.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import { MAX_AHEAD_MS, toIso } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { MonitorStore } from "../ports/monitor-store.ts";

/** How often a poll is planned anew after a conflict before its message goes back to the queue. */
const MAX_PLANS = 5;

/** A slot of a tenant or of the fleet after its poll, by whomever. */
export interface CommittedPoll {
  /** `already-polled` when the slot, or a newer one, had been polled to its end before. */
  readonly kind: "polled" | "already-polled";
  /** What was remembered before. */
  readonly live: LivePartition;
  readonly head: Head;
  readonly overview: TenantOverview;
  readonly transactions: number;
  readonly notifications: number;
}

/**
 * Plans one slot and commits the plan, connection by connection; after a conflict it loads and plans anew.
 *
 * A slot that was polled before is left as it is. A stop anywhere is repaired by the repeated call: what has seen the slot
 * ignores it, the rest takes it.
 * @throws {RangeError} When the slot lies more than a minute ahead of the clock.
 * @throws {ContentionError} When others kept writing through five plans.
 * @throws {DependencyError} When storage fails.
 */
export async function commitPoll(
  deps: { readonly store: Pick<MonitorStore, "loadLive" | "commit">; readonly clock: Clock },
  slot: { readonly slotMs: number; readonly policy: TenantPolicy },
  decide: (live: LivePartition) => Promise<PollPlan>,
): Promise<CommittedPoll> {
  const { slotMs, policy } = slot;
  refuseFutureSlot(slotMs, deps.clock.nowMs());
  for (let plans = 0; plans < MAX_PLANS; plans += 1) {
    const live = await deps.store.loadLive(policy.tenantId);
    const polled = findPolled(live, slot, deps.clock.nowMs());
    if (polled !== undefined) return polled;

    const plan = await decide(live);
    if ((await commit(deps.store, policy.tenantId, plan)) === "conflict") continue;

    const { head, overview, transactions } = plan;
    const notifications = transactions.flatMap(({ writes }) => writes.flatMap(({ outbox }) => outbox)).length;
    return { kind: "polled", live, head, overview, transactions: transactions.length, notifications };
  }
  throw new ContentionError(
    `Cannot commit the poll of ${toIso(slotMs)}: others kept writing through ${MAX_PLANS} plans`,
  );
}

function refuseFutureSlot(slotMs: number, nowMs: number): void {
  if (slotMs > nowMs + MAX_AHEAD_MS) {
    throw new RangeError(
      `Cannot poll a slot of the future: ${toIso(slotMs)} is wanted, the clock says ${toIso(nowMs)}`,
    );
  }
}

function findPolled(
  live: LivePartition,
  { slotMs, policy }: { readonly slotMs: number; readonly policy: TenantPolicy },
  nowMs: number,
): CommittedPoll | undefined {
  const head = live.head?.value;
  if (head === undefined || (lastPolledSlotMs(live, nowMs) ?? -1) < slotMs) return undefined;
  const states = live.states.map(({ value }) => value);
  const overview = projectOverview({ policy, head, states, live });
  return { kind: "already-polled", live, head, overview, transactions: 0, notifications: 0 };
}

/** One transaction after the other: the head, in the last one, must not say "polled" before all the rest is written. */
async function commit(
  store: Pick<MonitorStore, "commit">,
  tenantId: string,
  { transactions }: PollPlan,
): Promise<"committed" | "conflict"> {
  for (const transaction of transactions) {
    if ((await store.commit(tenantId, transaction)) === "conflict") return "conflict";
  }
  return "committed";
}
