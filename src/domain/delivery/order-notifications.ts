import { compareSeverity } from "../rules/rule.ts";
import type { Stored } from "../stored.ts";
import { silencesFor } from "../suppression/cover-silence.ts";
import type { Silence } from "../suppression/silence.ts";
import { HOUR_MS, MINUTE_MS } from "../units.ts";
import type { OutboxRow } from "./notification.ts";

/** Why a row is not sent now. */
export type WaitReason =
  /** Given up; kept only until its episode ends. */
  | "dead"
  /** A silence covers it now. */
  | "held"
  /** Somebody is sending it. */
  | "leased"
  /** Its last attempt failed and its pause is not over. */
  | "not-due"
  /** An older notification of the same alert to the same channel is not settled yet. */
  | "behind-older";

/** Why a row is never sent. */
export type SupersedeReason =
  /** Something newer of the alert says more. */
  | "newer-notification"
  /** A silence lay over the whole episode, so the channel need not hear of its end either. */
  | "silenced-whole-episode";

/** A row that is not sent now, and why. */
export interface WaitingRow {
  readonly row: Stored<OutboxRow>;
  readonly reason: WaitReason;
}

/** A row that may be sent now. */
export interface ReadyRow {
  readonly row: Stored<OutboxRow>;
  /** No attempt was begun since the newest notification of its alert and channel was planned. */
  readonly isFresh: boolean;
  /** Older rows that a silence holds: once this one is told they are stale, and settle with it as superseded. */
  readonly outdated: readonly Stored<OutboxRow>[];
}

/** Rows that settle unsent: all of them in one transaction, or none. */
export interface SupersededRows {
  readonly rows: readonly Stored<OutboxRow>[];
  readonly reason: SupersedeReason;
}

/** What is to be done with a tenant's undelivered notifications now; there is work when anything is ready or superseded. */
export interface SendOrder {
  /** Gravest first, then oldest; at most one of each alert and channel. */
  readonly ready: readonly ReadyRow[];
  readonly superseded: readonly SupersededRows[];
  readonly waiting: readonly WaitingRow[];
}

/** What else decides whether a row may be sent. */
export interface SendView {
  /** @default none */
  readonly silences?: readonly Silence[];
}

/** Longer than any pause that a row is given: a Retry-After of 24 h and a jitter of 20 %. */
const MAX_PAUSE_MS = 29 * HOUR_MS;
const MAX_LEASE_MS = MINUTE_MS;

interface Moment extends SendView {
  readonly nowMs: number;
}

type Line = readonly Stored<OutboxRow>[];

/**
 * Decides which notifications may be sent now, which never, and names for each other one why not.
 *
 * A channel hears of one alert in the order of its slots, so only the oldest row that is neither dead nor held may go.
 * - A reminder is superseded by anything newer, unless it tells of an event.
 * - A row other than `resolved` is held while a silence covers it. It blocks nothing: what may go in its place goes, and the
 *   held ones before it are then stale. But if nobody heard of the episode in any attempt and its `fired` is held, its
 *   `resolved` is dropped together with it.
 * - A failed row does not wait out its pause when something newer of its alert was planned since.
 *
 * An instant equal to `nowMs` is due, a lease that ends at `nowMs` is over; either one further ahead than anything we write
 * comes from a wrong clock and counts as past.
 */
export function orderNotifications(rows: readonly Stored<OutboxRow>[], nowMs: number, view: SendView = {}): SendOrder {
  const lines = Map.groupBy(rows.toSorted(bySlot), ({ value }) => `${value.facts.alertKey}|${value.channel}`);
  const orders = [...lines.values()].map((line) => orderLine(line, { ...view, nowMs }));
  return {
    ready: orders.flatMap(({ ready }) => ready).sort((a, b) => byUrgency(a.row, b.row)),
    superseded: orders.flatMap(({ superseded }) => superseded),
    waiting: orders.flatMap(({ waiting }) => waiting),
  };
}

/** Returns the rows that wait for their instant, held or not: a delivery on their channel makes them due. */
export function pausedRows(rows: readonly Stored<OutboxRow>[], nowMs: number): readonly Stored<OutboxRow>[] {
  return rows.filter(({ value }) => value.dead !== true && !isLeased(value, { nowMs }) && isPaused(value, { nowMs }));
}

function orderLine(line: Line, moment: Moment): SendOrder {
  const live = line.filter(({ value }) => value.dead !== true);
  const stale = live.slice(0, -1).filter(({ value }) => isReplaceable(value) && !isLeased(value, moment));
  const open = live.filter((row) => !stale.includes(row));
  const free = open.findIndex(({ value }) => !isHeld(value, moment));
  const [held, newer] = free < 0 ? [open, []] : [open.slice(0, free), open.slice(free + 1)];
  const head = open[free];

  const superseded = stale.map((row): SupersededRows => ({ rows: [row], reason: "newer-notification" }));
  const waiting = [
    ...line.filter((row) => !live.includes(row)).map(waitingFor("dead")),
    ...held.map(waitingFor("held")),
    ...newer.map(waitingFor("behind-older")),
  ];
  if (head === undefined) return { ready: [], superseded, waiting };
  if (isUnheard(head, { line, held })) {
    const dropped = dropEpisode(head, held);
    const left = waiting.filter(({ row }) => !dropped.some(({ rows }) => rows.includes(row)));
    return { ready: [], superseded: [...superseded, ...dropped], waiting: left };
  }
  const isFresh = isUntriedSince(head.value, newer);
  const reason = pauseOf(head.value, moment, isFresh);
  return reason === undefined
    ? { ready: [{ row: head, isFresh, outdated: held }], superseded, waiting }
    : { ready: [], superseded, waiting: [...waiting, { row: head, reason }] };
}

function isReplaceable({ facts: { kind, reason } }: OutboxRow): boolean {
  return kind === "reminder" && reason !== "changed-again";
}

function waitingFor(reason: WaitReason): (row: Stored<OutboxRow>) => WaitingRow {
  return (row) => ({ row, reason });
}

/** Who is told of nothing needs no end of it; only a silence decides that, never a channel that fails. */
function isUnheard(
  { value }: Stored<OutboxRow>,
  { line, held }: { readonly line: Line; readonly held: Line },
): boolean {
  const { kind, episode } = value.facts;
  return (
    kind === "resolved" &&
    held.some((row) => row.value.facts.kind === "fired" && row.value.facts.episode === episode) &&
    line.every((row) => row.value.facts.episode !== episode || isUntried(row.value))
  );
}

function isUntried({ attempts, wasTried = false }: OutboxRow): boolean {
  return attempts === 0 && !wasTried;
}

/** What stands between the two goes first, one by one: a stop on the way must not part the `fired` from its `resolved`. */
function dropEpisode(resolved: Stored<OutboxRow>, held: Line): readonly SupersededRows[] {
  const [fired, ...between] = held.filter(({ value }) => value.facts.episode === resolved.value.facts.episode);
  const pair = fired === undefined ? [resolved] : [fired, resolved];
  return [...between.map((row) => [row]), pair].map((rows) => ({ rows, reason: "silenced-whole-episode" }));
}

function isUntriedSince(row: OutboxRow, newer: Line): boolean {
  const { attempts, lastAttemptAtMs = Infinity } = row;
  return attempts === 0 || newer.some(({ value }) => value.attempts === 0 && value.nextAttemptAtMs > lastAttemptAtMs);
}

function pauseOf(row: OutboxRow, moment: Moment, isFresh: boolean): WaitReason | undefined {
  if (isLeased(row, moment)) return "leased";
  const isWoken = isFresh && row.attempts > 0;
  return isPaused(row, moment) && !isWoken ? "not-due" : undefined;
}

function isPaused({ nextAttemptAtMs }: OutboxRow, { nowMs }: Moment): boolean {
  return nextAttemptAtMs > nowMs && nextAttemptAtMs - nowMs <= MAX_PAUSE_MS;
}

function isLeased({ leaseUntilMs = 0 }: OutboxRow, { nowMs }: Moment): boolean {
  return leaseUntilMs > nowMs && leaseUntilMs - nowMs <= MAX_LEASE_MS;
}

function isHeld(row: OutboxRow, moment: Moment): boolean {
  const { facts } = row;
  if (facts.kind === "resolved" || isLeased(row, moment)) return false;
  return silencesFor(facts, moment.silences ?? [], moment.nowMs).length > 0;
}

function bySlot(a: Stored<OutboxRow>, b: Stored<OutboxRow>): number {
  return a.value.facts.slotMs - b.value.facts.slotMs;
}

function byUrgency(a: Stored<OutboxRow>, b: Stored<OutboxRow>): number {
  return compareSeverity(b.value.facts.severity, a.value.facts.severity) || bySlot(a, b);
}
