import { defined } from "../domain/defined.ts";
import { type AttemptOutcome, claimRow, concludeAttempt, keptRowsOf } from "../domain/delivery/conclude-attempt.ts";
import { notificationId, type OutboxRow } from "../domain/delivery/notification.ts";
import { orderNotifications, type SendOrder, type WaitReason } from "../domain/delivery/order-notifications.ts";
import { MINUTE_MS, SECOND_MS } from "../domain/units.ts";
import type { Clock } from "../ports/clock.ts";
import type { Stored } from "../ports/monitor-store.ts";
import type { NotifierOf } from "../ports/notifier.ts";
import type { Outbox, Settlement } from "../ports/outbox.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import type { DeliveryRequest, WorkQueue } from "../ports/work-queue.ts";

/** What a drain works with. */
export interface DeliverDeps {
  readonly outbox: Outbox;
  readonly notifierOf: NotifierOf;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** A name that no other drain has. */
  readonly newOwner: () => string;
}

/** Whose notifications are sent, and for how long. */
export interface DrainRequest extends DeliveryRequest {
  /**
   * No send begins after it.
   *
   * @default 3 minutes
   */
  readonly budgetMs?: number;
}

/** What a drain did. */
export interface DeliveryReport {
  readonly sent: number;
  /** Sends that failed and are tried again later. */
  readonly failed: number;
  /** Notifications given up. */
  readonly dead: number;
  /** Rows that another drain took or changed first. */
  readonly contended: number;
  /** Rows that stay to be sent later, by reason. */
  readonly waiting: Readonly<Partial<Record<WaitReason, number>>>;
  /** The budget was over before all rows were tried; the bell was rung again at once. */
  readonly outOfTime: boolean;
}

interface Drain {
  readonly deps: DeliverDeps;
  readonly tenantId: string;
  readonly owner: string;
  readonly stopAtMs: number;
}

type RowResult = "sent" | "failed" | "dead" | "contended";

interface ChannelResult {
  readonly rows: readonly RowResult[];
  readonly waiting: SendOrder["waiting"];
  readonly outOfTime: boolean;
}

const BUDGET_MS = 3 * MINUTE_MS;
/** Keeps a bell from ringing before its row is due on the clock of the worker that hears it. */
const BELL_SLACK_MS = SECOND_MS;

/**
 * Sends what is due of one tenant's notifications: at least once each, always under the same id.
 *
 * 1. Load the outbox.
 * 2. Drain the channels side by side, so that a slow or dead one delays no other. Inside a channel one row at a time:
 *    claim it, send it, then settle it, or write down when to try again and ring for then. When that freed newer rows,
 *    load again and go on.
 * 3. Ring again at once if the budget ended first.
 *
 * A stop at any point leaves a row that is due again when its lease ends; nothing is settled before it was sent.
 * @throws {DependencyError} When storage or the queue fails; what was settled until then stays settled.
 */
export async function deliverNotifications(deps: DeliverDeps, request: DrainRequest): Promise<DeliveryReport> {
  const { tenantId, budgetMs = BUDGET_MS } = request;
  const drain: Drain = { deps, tenantId, owner: deps.newOwner(), stopAtMs: deps.clock.nowMs() + budgetMs };
  const loaded = await deps.outbox.load(tenantId);

  const channels = [...new Set(loaded.map((row) => row.value.channel))];
  const results = await allOrFirstError(channels.map((channel) => drainChannel(drain, channel, loaded)));

  const report = summarise(results);
  if (report.outOfTime) await deps.queue.requestDelivery({ tenantId }, 0);
  return report;
}

async function drainChannel(
  drain: Drain,
  channel: string,
  loaded: readonly Stored<OutboxRow>[],
): Promise<ChannelResult> {
  const { clock, outbox } = drain.deps;
  const results: RowResult[] = [];
  let rows = loaded.filter((row) => row.value.channel === channel);
  for (;;) {
    const { ready, waiting } = orderNotifications(rows, clock.nowMs());
    const settledBefore = countSettled(results);
    for (const row of ready) {
      if (clock.nowMs() >= drain.stopAtMs) return { rows: results, waiting, outOfTime: true };
      results.push(await deliverRow(drain, row, keptRowsOf(row.value, rows)));
    }
    const mayHaveFreed =
      countSettled(results) > settledBefore && waiting.some(({ reason }) => reason === "behind-older");
    if (!mayHaveFreed) return { rows: results, waiting, outOfTime: false };
    rows = (await outbox.load(drain.tenantId)).filter((row) => row.value.channel === channel);
  }
}

async function deliverRow(
  drain: Drain,
  row: Stored<OutboxRow>,
  kept: readonly Stored<OutboxRow>[],
): Promise<RowResult> {
  const { clock, random } = drain.deps;
  const claimed = await writeRow(drain, row, claimRow(row.value, drain.owner, clock.nowMs()));
  if (claimed === undefined) return "contended";
  const outcome = await attempt(drain, claimed.value, kept.length > 0);
  const conclusion = concludeAttempt(claimed.value, outcome, { nowMs: clock.nowMs(), random: random() });
  if (conclusion.kind === "postpone") return postpone(drain, claimed, conclusion.next);
  const { delivery, keep, clearsKept } = conclusion;
  return settle(drain, { row: claimed, delivery, remove: clearsKept ? kept : [], ...defined({ keep }) });
}

async function attempt({ deps, tenantId }: Drain, row: OutboxRow, isFirstNotice: boolean): Promise<AttemptOutcome> {
  try {
    const notifier = await deps.notifierOf(row.channel);
    if (notifier === undefined) return { kind: "final", reason: "channel-not-configured" };
    const id = notificationId(row.facts, row.channel);
    return await notifier.send({ id, facts: row.facts, isFirstNotice, sentAtMs: deps.clock.nowMs() });
  } catch (error) {
    // A notifier that throws is a bug, and a bug must not cost a notification.
    const known =
      error instanceof Error ? error : new TypeError("Cannot send: the notifier threw something that is no Error");
    deps.telemetry.exception(known, { tenantId, channel: row.channel });
    return { kind: "retry", reason: "notifier-threw" };
  }
}

async function postpone(drain: Drain, claimed: Stored<OutboxRow>, next: OutboxRow): Promise<RowResult> {
  const { clock, queue } = drain.deps;
  if ((await writeRow(drain, claimed, next)) === undefined) return "contended";
  const delayMs = Math.max(0, next.nextAttemptAtMs - clock.nowMs()) + BELL_SLACK_MS;
  await queue.requestDelivery({ tenantId: drain.tenantId }, delayMs);
  return "failed";
}

async function settle(drain: Drain, settlement: Settlement): Promise<RowResult> {
  const { outbox, telemetry } = drain.deps;
  const { delivery } = settlement;
  if ((await outbox.settle(drain.tenantId, settlement)) === "conflict") {
    const stored = await reload(drain, settlement.row.value);
    if (stored !== undefined && stored.value.dead !== true) return "contended";
  }
  if (delivery.outcome === "delivered") return "sent";
  const { id, channel, attempts, reason } = delivery;
  telemetry.event("NotificationDead", { tenantId: drain.tenantId, id, channel, attempts, reason });
  return "dead";
}

/**
 * Rewrites a row; undefined when another drain changed or settled it first.
 *
 * A conflict alone does not say so: the storage client retries by itself, and our own write may have come first.
 */
async function writeRow(drain: Drain, row: Stored<OutboxRow>, next: OutboxRow): Promise<Stored<OutboxRow> | undefined> {
  const written = await drain.deps.outbox.update(drain.tenantId, row, next);
  if (written !== undefined) return written;
  const stored = await reload(drain, next);
  const isOurs =
    stored?.value.owner === next.owner &&
    stored?.value.attempts === next.attempts &&
    stored.value.nextAttemptAtMs === next.nextAttemptAtMs;
  return isOurs ? stored : undefined;
}

async function reload({ deps, tenantId }: Drain, row: OutboxRow): Promise<Stored<OutboxRow> | undefined> {
  const id = notificationId(row.facts, row.channel);
  return (await deps.outbox.load(tenantId)).find(({ value }) => notificationId(value.facts, value.channel) === id);
}

/** Waits until all channels have ended, so that none goes on unseen, and only then throws the first error. */
async function allOrFirstError<T>(work: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function countSettled(results: readonly RowResult[]): number {
  return results.filter((result) => result === "sent" || result === "dead").length;
}

function summarise(channels: readonly ChannelResult[]): DeliveryReport {
  const rows = channels.flatMap((channel) => channel.rows);
  const waiting: Partial<Record<WaitReason, number>> = {};
  for (const { reason } of channels.flatMap((channel) => channel.waiting)) {
    if (reason !== "dead") waiting[reason] = (waiting[reason] ?? 0) + 1;
  }
  return {
    sent: rows.filter((row) => row === "sent").length,
    failed: rows.filter((row) => row === "failed").length,
    dead: rows.filter((row) => row === "dead").length,
    contended: rows.filter((row) => row === "contended").length,
    waiting,
    outOfTime: channels.some((channel) => channel.outOfTime),
  };
}
