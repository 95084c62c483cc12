import { defined } from "../domain/defined.ts";
import {
  type AttemptOutcome,
  claimRow,
  concludeAttempt,
  keptRowsOf,
  outcomeForEach,
  type SettleConclusion,
  toSuperseded,
} from "../domain/delivery/conclude-attempt.ts";
import type { OutboxRow } from "../domain/delivery/notification.ts";
import type { ReadyRow } from "../domain/delivery/order-notifications.ts";
import { MAX_TRANSACTION_ROWS } from "../domain/poll/chunk-writes.ts";
import { SECOND_MS } from "../domain/units.ts";
import type { Stored } from "../ports/monitor-store.ts";
import type { Notifier, OutgoingNotification } from "../ports/notifier.ts";
import type { Rewrite, Settlement } from "../ports/outbox.ts";
import type { Drain, RowResult } from "./drain.ts";
import { idOf, rewriteRows, settleRows } from "./write-outbox.ts";

/** A message that is to be sent: one notification, or several where the channel groups them. */
export interface Message {
  readonly notifier: Notifier;
  /** Gravest first. */
  readonly ready: readonly ReadyRow[];
  /** All rows of the channel as last read or written, the ready ones among them. */
  readonly rows: readonly Stored<OutboxRow>[];
}

/** What became of a message. */
export interface Sent {
  /** Absent when another drain took one of the rows first: then nothing was sent. */
  readonly outcome?: AttemptOutcome;
  readonly results: readonly RowResult[];
}

/** A notifier has 15 s for a send; one that does not come back must not use up the lease. */
const SEND_BOUND_MS = 20 * SECOND_MS;
/** Keeps a bell from ringing before its row is due on the clock of the worker that hears it. */
const BELL_SLACK_MS = SECOND_MS;

/** Sends one message: claims its rows together, sends, settles what is over and writes down when to try the rest again. */
export async function sendMessage(drain: Drain, message: Message): Promise<Sent> {
  const { clock, random } = drain.deps;
  const rewrites = message.ready.map(({ row }) => ({ row, next: claimRow(row.value, drain.owner, clock.nowMs()) }));
  const claimed = await rewriteRows(tenantOf(drain), rewrites);
  if (claimed === undefined) return { results: claimedByOthers(message) };

  const outcome = await attempt(drain, message);

  const when = { nowMs: clock.nowMs(), random: random() };
  const settlements: Settlement[] = [];
  const postponed: Rewrite[] = [];
  for (const [index, row] of claimed.entries()) {
    const conclusion = concludeAttempt(row.value, outcomeForEach(outcome, claimed.length), when);
    if (conclusion.kind === "postpone") postponed.push({ row, next: conclusion.next });
    else
      settlements.push(
        ...settlementsOf({ row, outdated: message.ready[index]?.outdated ?? [] }, conclusion, message.rows),
      );
  }
  const results = [...(await settleAll(drain, settlements)), ...(await postponeAll(drain, postponed, "failed"))];
  return { outcome, results };
}

/** Settles rows and says of each what it has become; what was given up is recorded. */
export async function settleAll(drain: Drain, settlements: readonly Settlement[]): Promise<readonly RowResult[]> {
  const contended = await settleRows(tenantOf(drain), settlements);
  return settlements.map((settlement): RowResult => {
    if (contended.has(settlement)) return "contended";
    const { id, outcome, channel, attempts, reason } = settlement.delivery;
    if (outcome !== "dead") return outcome === "delivered" ? "sent" : "superseded";
    const { tenantId } = drain;
    drain.deps.telemetry.event("NotificationDead", { tenantId, id, channel, attempts, reason });
    return "dead";
  });
}

/** Rewrites rows that are to be tried later, and rings once for each instant at which some are due. */
export async function postponeAll<T extends RowResult>(
  drain: Drain,
  rewrites: readonly Rewrite[],
  result: T,
): Promise<readonly (T | "contended")[]> {
  const results: (T | "contended")[] = [];
  const dueTimes = new Set<number>();
  for (let start = 0; start < rewrites.length; start += MAX_TRANSACTION_ROWS) {
    const chunk = rewrites.slice(start, start + MAX_TRANSACTION_ROWS);
    const isWritten = (await rewriteRows(tenantOf(drain), chunk)) !== undefined;
    results.push(...chunk.map(() => (isWritten ? result : "contended")));
    if (isWritten) for (const { next } of chunk) dueTimes.add(next.nextAttemptAtMs);
  }
  for (const dueAtMs of dueTimes) await ringFor(drain, dueAtMs);
  return results;
}

/** Rings for the instant at which a row is due. */
export async function ringFor({ deps: { clock, queue }, tenantId }: Drain, dueAtMs: number): Promise<void> {
  await queue.requestDelivery({ tenantId }, Math.max(0, dueAtMs - clock.nowMs()) + BELL_SLACK_MS);
}

/**
 * Makes the settlement of a row that is over. When its channel has heard of the episode, or that is over too, the held rows
 * before it are stale, and rows kept for the episode may go.
 */
export function settlementsOf(
  { row, outdated }: Pick<ReadyRow, "row" | "outdated">,
  { delivery, keep, clearsKept }: SettleConclusion,
  rows: readonly Stored<OutboxRow>[],
): readonly Settlement[] {
  const own = { row, delivery, ...defined({ keep }) };
  if (!clearsKept) return [own];
  const { settledAtMs } = delivery;
  const stale = outdated.map((old) => ({
    row: old,
    delivery: toSuperseded(old.value, "newer-notification", settledAtMs),
  }));
  return [...stale, { ...own, remove: keptRowsOf(row.value, rows) }];
}

function tenantOf({ deps: { outbox }, tenantId }: Drain) {
  return { outbox, tenantId };
}

function claimedByOthers({ ready }: Message): readonly RowResult[] {
  return ready.map(() => "contended");
}

async function attempt({ deps, tenantId }: Drain, message: Message): Promise<AttemptOutcome> {
  const done = new AbortController();
  const timeUp = async (): Promise<AttemptOutcome> => {
    await deps.sleep(SEND_BOUND_MS, done.signal);
    return { kind: "retry", reason: "send-timeout" };
  };
  try {
    const sentAtMs = deps.clock.nowMs();
    const outgoing = message.ready.map((ready) => toOutgoing(ready, message.rows, sentAtMs));
    return await Promise.race([message.notifier.send(outgoing), timeUp()]);
  } catch (error) {
    // A notifier that throws is a bug, and a bug must not cost a notification.
    const known =
      error instanceof Error ? error : new TypeError("Cannot send: the notifier threw something that is no Error");
    deps.telemetry.exception(known, { tenantId, channel: message.ready[0]?.row.value.channel });
    return { kind: "retry", reason: "notifier-threw" };
  } finally {
    done.abort();
  }
}

function toOutgoing(
  { row, outdated }: ReadyRow,
  rows: readonly Stored<OutboxRow>[],
  sentAtMs: number,
): OutgoingNotification {
  const { facts } = row.value;
  const isUntold = outdated.some(({ value }) => value.facts.kind === "fired" && value.facts.episode === facts.episode);
  const isFirstNotice = isUntold || keptRowsOf(row.value, rows).length > 0;
  return { id: idOf(row.value), facts, isFirstNotice, sentAtMs };
}
