import { defined } from "../defined.ts";
import { compareSeverity } from "../rules/rule.ts";
import type { Stored } from "../stored.ts";
import type { OutboxRow } from "./notification.ts";

/** Why a row is not sent now. */
export type WaitReason =
  /** Given up; kept only until its episode ends. */
  | "dead"
  /** Somebody is sending it. */
  | "leased"
  /** Its last attempt failed and its pause is not over. */
  | "not-due"
  /** An older notification of the same alert to the same channel is not settled yet. */
  | "behind-older";

/** A row that is not sent now, and why. */
export interface WaitingRow {
  readonly row: Stored<OutboxRow>;
  readonly reason: WaitReason;
}

/** Which rows may be sent now and which may not. */
export interface SendOrder {
  /** Gravest first, then oldest; at most one of each alert and channel. */
  readonly ready: readonly Stored<OutboxRow>[];
  readonly waiting: readonly WaitingRow[];
  /** When the first of the leased and paused rows may be sent. */
  readonly nextDueAtMs?: number;
}

/**
 * Decides which notifications may be sent now, and names for each other one why not.
 *
 * A channel hears of one alert in the order of its slots: only the oldest row that is not dead may go, so a dead `fired`
 * does not hold back its `resolved`. An instant equal to `nowMs` is due, a lease that ends at `nowMs` is over.
 */
export function orderNotifications(rows: readonly Stored<OutboxRow>[], nowMs: number): SendOrder {
  const ready: Stored<OutboxRow>[] = [];
  const waiting: WaitingRow[] = [];
  const opened = new Set<string>();
  for (const row of rows.toSorted(bySlot)) {
    const reason = waitReason(row.value, opened, nowMs);
    if (reason === undefined) ready.push(row);
    else waiting.push({ row, reason });
    if (row.value.dead !== true) opened.add(lineOf(row.value));
  }
  const dueTimes = waiting.flatMap(({ row, reason }) =>
    reason === "leased" || reason === "not-due" ? [dueAt(row)] : [],
  );
  const nextDueAtMs = dueTimes.length === 0 ? undefined : Math.min(...dueTimes);
  return { ready: ready.sort(byUrgency), waiting, ...defined({ nextDueAtMs }) };
}

function dueAt({ value }: Stored<OutboxRow>): number {
  return Math.max(value.nextAttemptAtMs, value.leaseUntilMs ?? 0);
}

function waitReason(row: OutboxRow, opened: ReadonlySet<string>, nowMs: number): WaitReason | undefined {
  if (row.dead === true) return "dead";
  if (opened.has(lineOf(row))) return "behind-older";
  if ((row.leaseUntilMs ?? nowMs) > nowMs) return "leased";
  return row.nextAttemptAtMs > nowMs ? "not-due" : undefined;
}

/** One alert on its way to one channel; rows of one line keep their order. */
function lineOf(row: OutboxRow): string {
  return `${row.facts.alertKey}|${row.channel}`;
}

function bySlot(a: Stored<OutboxRow>, b: Stored<OutboxRow>): number {
  return a.value.facts.slotMs - b.value.facts.slotMs;
}

function byUrgency(a: Stored<OutboxRow>, b: Stored<OutboxRow>): number {
  return compareSeverity(b.value.facts.severity, a.value.facts.severity) || bySlot(a, b);
}
