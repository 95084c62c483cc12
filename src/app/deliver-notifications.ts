import type { WaitReason } from "../domain/delivery/order-notifications.ts";
import { MINUTE_MS } from "../domain/units.ts";
import type { DeliveryRequest } from "../ports/work-queue.ts";
import { healthyChannel } from "./change-health.ts";
import type { DeliverDeps, Drain, RowResult } from "./drain.ts";
import { type ChannelResult, drainChannel } from "./drain-channel.ts";
import { ringFor } from "./send-rows.ts";

/** Whose notifications are sent, and for how long. */
export interface DrainRequest extends DeliveryRequest {
  /**
   * No send begins after it.
   *
   * @default 3 minutes
   */
  readonly budgetMs?: number;
}

/** What a drain did: how many rows came to each result, and more. */
export interface DeliveryReport extends Readonly<Record<RowResult, number>> {
  /** Rows that stay to be sent later, by reason; without those that were tried. */
  readonly waiting: Readonly<Partial<Record<WaitReason, number>>>;
  /** The budget was over before all rows were tried; the bell was rung again at once. */
  readonly outOfTime: boolean;
}

const BUDGET_MS = 3 * MINUTE_MS;

/**
 * Sends what is due of one tenant's notifications: at least once each, always under the same id.
 *
 * 1. Load the outbox with the silences, and how the channels are doing.
 * 2. Drain the channels side by side, so that a slow or dead one delays no other. Inside a channel one message at a time:
 *    claim its rows, send it, then settle them, or write down when to try again and ring for then.
 * 3. Ring again at once if the budget ended first, or a delivery made due what had failed before it.
 *
 * A stop at any point leaves a row that is due again when its lease ends; nothing is settled as delivered before it was sent.
 * @throws {DependencyError} When storage or the queue fails; what was settled until then stays settled.
 */
export async function deliverNotifications(deps: DeliverDeps, request: DrainRequest): Promise<DeliveryReport> {
  const { tenantId, budgetMs = BUDGET_MS } = request;
  const drain: Drain = { deps, tenantId, owner: deps.newOwner(), stopAtMs: deps.clock.nowMs() + budgetMs };
  const [view, healths] = await Promise.all([deps.outbox.load(tenantId), deps.channelHealth.load()]);

  const lines = Map.groupBy(view.rows, (row) => row.value.channel);
  const work = [...lines].map(([channel, rows]) => {
    const health = healths.find(({ value }) => value.channel === channel)?.value ?? healthyChannel(channel);
    return drainChannel(drain, { channel, rows, silences: view.silences, health });
  });
  const channels = await allOrFirstError(work);
  const report = summarise(channels);

  if (channels.some(({ leavesWoken }) => leavesWoken)) await ringFor(drain, deps.clock.nowMs());
  else if (report.outOfTime) await deps.queue.requestDelivery({ tenantId }, 0);
  return report;
}

/** Waits until all channels have ended, so that none goes on unseen, and only then throws the first error. */
async function allOrFirstError<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function summarise(channels: readonly ChannelResult[]): DeliveryReport {
  const results = { sent: 0, failed: 0, skipped: 0, dead: 0, superseded: 0, contended: 0 };
  for (const result of channels.flatMap(({ rows }) => rows)) results[result] += 1;
  const waiting: Partial<Record<WaitReason, number>> = {};
  for (const { reason } of channels.flatMap((channel) => channel.waiting)) {
    if (reason !== "dead") waiting[reason] = (waiting[reason] ?? 0) + 1;
  }
  return { ...results, waiting, outOfTime: channels.some((channel) => channel.outOfTime) };
}
