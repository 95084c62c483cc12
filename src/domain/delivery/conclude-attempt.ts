import { defined } from "../defined.ts";
import { MINUTE_MS } from "../units.ts";
import { TARGET_GONE } from "./channel-health.ts";
import { type Delivery, notificationId, type OutboxRow } from "./notification.ts";
import type { SupersedeReason } from "./order-notifications.ts";
import { scheduleRetry } from "./schedule-retry.ts";

/** What came of one send; `reason` is a static code such as `http-503`, `timeout` or `target-refused`. */
export type AttemptOutcome =
  | { readonly kind: "delivered" }
  | { readonly kind: "retry"; readonly reason: string; readonly retryAfterMs?: number }
  /** Trying again cannot help. */
  | { readonly kind: "final"; readonly reason: string };

/** A row that is over. */
export interface SettleConclusion {
  readonly kind: "settle";
  readonly delivery: Delivery;
  /** The row that stays behind when a `fired` was given up, until the channel hears of the episode or it ends. */
  readonly keep?: OutboxRow;
  /** The channel has heard of the episode, or the episode is over: the row kept for it may go. */
  readonly clearsKept: boolean;
}

/** What is to be written after a send. */
export type Conclusion = SettleConclusion | { readonly kind: "postpone"; readonly next: OutboxRow };

/** Why a row is given up without a send. */
export type UnsentReason = "target-gone" | "channel-not-configured";

/** The longest send takes 20 s; the host repeats the message of a stopped drain after 75 s. */
const LEASE_MS = MINUTE_MS;

/** The code for a sender that ended before it could write down what came of its send: the channel may have heard. */
const SENDER_STOPPED = "sender-stopped";

/** Begins the code of a failure that was final for a message of several notifications: each is tried again alone. */
const GROUP_REFUSED = "group-";

/**
 * Returns the row as it is written just before a send: one attempt more, leased to its sender for 60 s. A lease that nobody
 * gave back becomes the cause of the repetition.
 *
 * What has passed since it could have been tried again does not count against its 72 h.
 */
export function claimRow(row: OutboxRow, owner: string, nowMs: number): OutboxRow {
  const dueAtMs = Math.max(row.nextAttemptAtMs, row.leaseUntilMs ?? 0);
  const heldMs = (row.heldMs ?? 0) + Math.max(0, nowMs - dueAtMs);
  return {
    ...row,
    attempts: row.attempts + 1,
    firstAttemptAtMs: Math.min(row.firstAttemptAtMs ?? nowMs, nowMs),
    lastAttemptAtMs: nowMs,
    ...(row.attempts === 0 ? {} : { heldMs }),
    ...(row.leaseUntilMs === undefined ? {} : { lastFailure: SENDER_STOPPED }),
    leaseUntilMs: nowMs + LEASE_MS,
    owner,
  };
}

/** Returns what a send of several notifications in one message means for each: refused as a whole, it may be for a single one. */
export function outcomeForEach(outcome: AttemptOutcome, count: number): AttemptOutcome {
  const isForEach = outcome.kind !== "final" || count === 1 || outcome.reason === TARGET_GONE;
  return isForEach ? outcome : { kind: "retry", reason: GROUP_REFUSED + outcome.reason };
}

/** Says whether a row must be sent alone, because a message of several was refused with it. */
export function mustGoAlone({ lastFailure }: OutboxRow): boolean {
  return lastFailure?.startsWith(GROUP_REFUSED) === true;
}

/**
 * Decides what becomes of a claimed row after its send: delivered, tried again later, or dead after a final failure or
 * when its 72 h are over.
 *
 * @param when `random` is from 0 up to, not including, 1.
 */
export function concludeAttempt(
  row: OutboxRow,
  outcome: AttemptOutcome,
  when: { readonly nowMs: number; readonly random: number },
): Conclusion {
  const free = withoutLease(row);
  switch (outcome.kind) {
    case "delivered":
      return {
        kind: "settle",
        delivery: toDelivery(row, "delivered", { nowMs: when.nowMs, reason: row.lastFailure }),
        clearsKept: true,
      };
    case "final":
      return bury(free, outcome.reason, when.nowMs);
    case "retry": {
      const decision = scheduleRetry({
        ...outcome,
        attempts: row.attempts,
        firstAttemptAtMs: (row.firstAttemptAtMs ?? when.nowMs) + (row.heldMs ?? 0),
        failedAtMs: when.nowMs,
        random: when.random,
      });
      return decision.kind === "give-up"
        ? bury(free, outcome.reason, when.nowMs)
        : {
            kind: "postpone",
            next: { ...free, nextAttemptAtMs: decision.nextAttemptAtMs, lastFailure: outcome.reason },
          };
    }
  }
}

/** Decides what becomes of a row that cannot be sent at all: dead, without an attempt. */
export function concludeUnsent(row: OutboxRow, reason: UnsentReason, nowMs: number): SettleConclusion {
  return bury(withoutLease(row), reason, nowMs);
}

/** Returns the record of a row that is never sent because something else made it pointless. */
export function toSuperseded(row: OutboxRow, reason: SupersedeReason, nowMs: number): Delivery {
  return toDelivery(row, "superseded", { nowMs, reason });
}

/** Returns the rows given up of the row's own episode and channel: as long as there is one, the channel was told nothing. */
export function keptRowsOf<T extends { readonly value: OutboxRow }>(row: OutboxRow, rows: readonly T[]): readonly T[] {
  return rows.filter(
    ({ value }) => value.dead === true && value.channel === row.channel && value.facts.episode === row.facts.episode,
  );
}

function bury(row: OutboxRow, reason: string, nowMs: number): SettleConclusion {
  const delivery = toDelivery(row, "dead", { nowMs, reason });
  return row.facts.kind === "fired"
    ? { kind: "settle", delivery, keep: { ...row, dead: true, lastFailure: reason }, clearsKept: false }
    : { kind: "settle", delivery, clearsKept: row.facts.kind === "resolved" };
}

function toDelivery(
  row: OutboxRow,
  outcome: Delivery["outcome"],
  end: { readonly nowMs: number; readonly reason: string | undefined },
): Delivery {
  return {
    id: notificationId(row.facts, row.channel),
    facts: row.facts,
    channel: row.channel,
    outcome,
    attempts: row.attempts,
    settledAtMs: end.nowMs,
    ...defined({ reason: end.reason }),
  };
}

function withoutLease({ leaseUntilMs: _leaseUntilMs, owner: _owner, ...row }: OutboxRow): OutboxRow {
  return row;
}
