import { planPoll } from "../domain/poll/plan-poll.ts";
import { removedTenant } from "../domain/poll/removed-tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { MonitorStore, OverviewStore } from "../ports/monitor-store.ts";
import type { PollRequest, WorkQueue } from "../ports/work-queue.ts";
import { commitPoll } from "./commit-poll.ts";
import { ringIfDue } from "./ring-if-due.ts";

/** What closing needs from outside. */
export interface CloseTenantDeps {
  readonly store: Pick<MonitorStore, "loadLive" | "commit">;
  readonly overview: Pick<OverviewStore, "loadLines" | "project" | "remove">;
  readonly queue: Pick<WorkQueue, "requestDelivery">;
  readonly clock: Clock;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** What became of one closing message. */
export interface CloseReport {
  /** `closed` once nothing is left: no further message comes. */
  readonly kind: "closing" | "closed";
  readonly transactions: number;
  readonly notifications: number;
  readonly rang: boolean;
}

/**
 * Closes a tenant that has left the configuration, one step a slot, until nothing of it is left.
 *
 * 1. Find its line in the overview, which remembers its name; without one it was closed before.
 * 2. End every alert and put away every state, by the same plan and commit as a poll, without asking Graph.
 * 3. Ring for the delivery, if anything is due: channels that were told are told of the end.
 * 4. Remove the line when neither a state nor a notification that waits was left to begin with, else project it.
 *
 * Rows that cannot be parsed stay where they are, with what was given up of them, and nobody asks after them any more.
 * @throws {RangeError} When the slot lies more than a minute ahead of the clock.
 * @throws {ContentionError} When others kept writing through five plans.
 * @throws {DependencyError} When storage or the queue fails.
 */
export async function closeTenant(deps: CloseTenantDeps, { tenantId, slotMs }: PollRequest): Promise<CloseReport> {
  const line = (await deps.overview.loadLines()).find((known) => known.tenantId === tenantId);
  if (line === undefined) return { kind: "closed", transactions: 0, notifications: 0, rang: false };
  const policy = removedTenant(line);

  const poll = await commitPoll(deps, { policy, slotMs }, async (live) => {
    const nowMs = deps.clock.nowMs();
    return planPoll(
      { live, observed: { kind: "closing" }, gone: [] },
      { policy, slotMs, observedAtMs: nowMs, nowMs, digest: deps.digest },
    );
  });

  const rang = await ringIfDue(deps, tenantId, poll);

  const isEmpty = poll.live.states.length === 0 && poll.live.outbox.every(({ value }) => value.dead === true);
  await (isEmpty ? deps.overview.remove(tenantId) : deps.overview.project(poll.overview));

  const { transactions, notifications } = poll;
  return { kind: isEmpty ? "closed" : "closing", transactions, notifications, rang };
}
