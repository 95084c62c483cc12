import { orderNotifications } from "../domain/delivery/order-notifications.ts";
import type { Clock } from "../ports/clock.ts";
import type { WorkQueue } from "../ports/work-queue.ts";
import type { CommittedPoll } from "./commit-poll.ts";

/**
 * Rings for the delivery when a poll has planned notifications, or an older one left some that are due: losing a bell costs
 * time only.
 *
 * @returns whether it rang.
 * @throws {DependencyError} When the queue fails.
 */
export async function ringIfDue(
  deps: { readonly queue: Pick<WorkQueue, "requestDelivery">; readonly clock: Clock },
  tenantId: string,
  { live, notifications }: Pick<CommittedPoll, "live" | "notifications">,
): Promise<boolean> {
  const { ready, superseded } = orderNotifications(live.outbox, deps.clock.nowMs(), { silences: live.silences });
  const isDue = notifications > 0 || ready.length > 0 || superseded.length > 0;
  if (isDue) await deps.queue.requestDelivery({ tenantId }, 0);
  return isDue;
}
