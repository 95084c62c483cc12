import { type ChannelHealth, ofTarget } from "../domain/delivery/channel-health.ts";
import type { FleetView } from "../domain/poll/observed.ts";
import { planPoll } from "../domain/poll/plan-poll.ts";
import type { Head } from "../domain/poll/poll-plan.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import type { ChannelHealthStore } from "../ports/channel-health-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { MonitorStore, OverviewStore } from "../ports/monitor-store.ts";
import type { NotifierOf } from "../ports/notifier.ts";
import type { WorkQueue } from "../ports/work-queue.ts";
import { commitPoll } from "./commit-poll.ts";
import { ringIfDue } from "./ring-if-due.ts";

/** What planning the fleet needs from outside. */
export interface PlanFleetDeps {
  readonly store: Pick<MonitorStore, "loadLive" | "commit">;
  readonly channelHealth: Pick<ChannelHealthStore, "load">;
  readonly notifierOf: NotifierOf;
  readonly overview: Pick<OverviewStore, "project">;
  readonly queue: Pick<WorkQueue, "requestDelivery">;
  readonly clock: Clock;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Which slot is planned, by what. */
export interface PlanFleetInput extends Omit<FleetView, "channelHealth"> {
  readonly slotMs: number;
  /** The policy of the pseudo-tenant `fleet`. */
  readonly policy: TenantPolicy;
}

/**
 * Lets the monitor watch itself for one slot: the engine that judges a tenant judges tenants from outside and channels.
 *
 * 1. Load how the channels are doing; one that is off is so no longer when its target has changed.
 * 2. Plan and commit, as a poll does: what is remembered of the fleet, and what the tenants' last polls left behind.
 * 3. Ring for the delivery, if anything is due.
 * 4. Project the fleet's line in the overview.
 *
 * @returns what it leaves behind, such as whether most tenants cannot be read; also when the slot was planned before.
 * @throws {ContentionError} When others kept writing through five plans.
 * @throws {DependencyError} When storage or the queue fails.
 */
export async function planFleet(deps: PlanFleetDeps, input: PlanFleetInput): Promise<Head> {
  const { slotMs, policy, ...view } = input;
  const stored = await deps.channelHealth.load();
  const channelHealth = await Promise.all(stored.map(({ value }) => ofPresentTarget(deps, value)));

  const poll = await commitPoll(deps, { policy, slotMs }, async (live) => {
    const nowMs = deps.clock.nowMs();
    return planPoll(
      { live, observed: { kind: "fleet", ...view, channelHealth }, gone: [] },
      { policy, slotMs, observedAtMs: nowMs, nowMs, digest: deps.digest },
    );
  });

  await ringIfDue(deps, policy.tenantId, poll);

  await deps.overview.project(poll.overview);

  return poll.head;
}

/** The code of a channel is loaded only where its target matters. */
async function ofPresentTarget(
  { notifierOf }: Pick<PlanFleetDeps, "notifierOf">,
  health: ChannelHealth,
): Promise<ChannelHealth> {
  if (health.off === undefined) return health;
  const notifier = await notifierOf(health.channel);
  return notifier === undefined ? health : ofTarget(health, notifier.targetDigest);
}
