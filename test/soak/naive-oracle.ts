import type { NotificationKind, NotifyReason } from "../../src/domain/delivery/notification.ts";
import type { Severity } from "../../src/domain/rules/rule.ts";

/*
 * The alert engine once more, written from the text of the design (domain.md sections 2 and 3) by someone who has not
 * read the engine, and written the slow way: nothing is counted along, every answer is looked up in the whole past.
 */

/** What a rule said of one alert's connection in one slot. */
export type Seen =
  | { readonly verdict: "ok" }
  /** `dateMs` makes the alert a dated one: it speaks by the days left and never on a clock. */
  | { readonly verdict: "breach"; readonly severity: Severity; readonly dateMs?: number }
  | { readonly verdict: "unknown" }
  /** Nothing is judged any more: gone, ignored, retired, switched off … */
  | { readonly verdict: "ended"; readonly reason: string };

/** How patient the rule is, and by which limits it judges. */
export interface OracleRule {
  /** Another text means that the limits are others. */
  readonly limits: string;
  readonly confirmPolls: number;
  readonly recoverPolls: number;
  readonly keepFiringMs: number;
}

/** A channel as configured in one slot. */
export interface OracleChannel {
  readonly name: string;
  readonly minSeverity: Severity;
  readonly keepsIncidents: boolean;
}

/** An acknowledgement as stored when a slot is polled. */
export interface OracleAcknowledgement {
  /** Slot in which the episode that it is for began. */
  readonly episodeSlotMs: number;
  readonly writtenAtMs: number;
  readonly untilMs: number;
}

/** All that one poll knows of one alert. */
export interface OracleSlot {
  readonly slotMs: number;
  readonly nowMs: number;
  /** How often the tenant was polled then. */
  readonly periodMs: number;
  readonly seen: Seen;
  readonly rule: OracleRule;
  readonly channels: readonly OracleChannel[];
  /** Whether a silence, a window or another alert keeps an alert of this severity quiet now. */
  readonly isSuppressed: (severity: Severity) => boolean;
  readonly acknowledgements: readonly OracleAcknowledgement[];
}

/** A notification that is to be planned. */
export interface Told {
  readonly slotMs: number;
  readonly channel: string;
  readonly kind: NotificationKind;
  readonly severity: Severity;
  readonly reason: NotifyReason;
}

/** Where an alert stands after a slot. */
export interface Moment {
  readonly slot: OracleSlot;
  readonly phase: "inactive" | "pending" | "firing" | "recovering";
  /** Of no meaning while inactive. */
  readonly severity: Severity;
  /** Slot in which the open episode began. */
  readonly episodeSlotMs: number | undefined;
  readonly isFlapping: boolean;
  /** Other limits said ok of a breach: it is over, and so is its flapping. */
  readonly isCleared?: boolean;
  /** What the slot gives to tell. */
  readonly told: readonly OracleTold[];
}

/** A notification with what later decisions about its channel look back at. */
export interface OracleTold extends Told {
  readonly dateMs: number | undefined;
  /** The bucket of days left in which the date was; Infinity above all buckets. */
  readonly bucketDays: number;
}

type Past = readonly Moment[];
type Place = Pick<Moment, "phase" | "severity" | "episodeSlotMs">;

/** A moment of which nothing was told yet, with the one before it. */
interface Now extends Omit<Moment, "told"> {
  readonly before: Moment;
}

type Decision = readonly [NotificationKind, NotifyReason] | undefined;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RANKS: readonly Severity[] = ["info", "warning", "error", "critical"];
const BUCKETS = [0, 1, 3, 7, 14, 30];
const REPEAT_MS = { info: Infinity, warning: DAY_MS, error: DAY_MS, critical: 4 * HOUR_MS };
const CROWDED_MS = 7 * DAY_MS;
const CALM_MS = 48 * HOUR_MS;
const SAME_DATE_MS = HOUR_MS;

/** Plays one alert's slots, oldest first, and returns where it stood after each and what was to be told. */
export function playNaively(slots: readonly OracleSlot[]): readonly Moment[] {
  const past: Moment[] = [];
  for (const slot of slots) {
    const { before, ...now } = standAfter(past, slot);
    past.push({ ...now, told: tell(past, { ...now, before }) });
  }
  return past;
}

/** Steps with the flapping of before; where nothing has changed for 48 hours before it, flapping is over and it steps anew. */
function standAfter(past: Past, slot: OracleSlot): Now {
  const before = past.at(-1) ?? beginning(slot);
  const now = {
    ...step(past, { slot, before, isFlapping: before.isFlapping }),
    slot,
    before,
    isFlapping: before.isFlapping,
  };
  if (slot.seen.verdict === "unknown") return now;
  if (slot.seen.verdict === "ended") return { ...now, isFlapping: false };
  const isCleared = slot.seen.verdict === "ok" && before.phase !== "inactive" && hasNewLimits(past, slot);
  if (isCleared) return { ...now, isCleared, isFlapping: false };
  if (entersFlapping(past, now)) return { ...now, isFlapping: true };
  if (!before.isFlapping || countedTime(past, lastChange(past.slice(0, -1), before), slot) < CALM_MS) return now;
  return { ...step(past, { slot, before, isFlapping: false }), slot, before, isFlapping: false };
}

function beginning(slot: OracleSlot): Moment {
  return { slot, phase: "inactive", severity: "info", episodeSlotMs: undefined, isFlapping: false, told: [] };
}

function step(past: Past, now: Pick<Now, "slot" | "before" | "isFlapping">): Place {
  const { slot, before } = now;
  switch (slot.seen.verdict) {
    case "unknown":
      return before;
    case "ended":
      return beginning(slot);
    case "ok":
      if (before.episodeSlotMs === undefined || isOver(past, now)) return beginning(slot);
      return { ...before, phase: "recovering" };
    case "breach":
      return stepBreach(past, slot, before);
  }
}

function stepBreach(past: Past, slot: OracleSlot, before: Moment): Place {
  const severity = severityOf(slot);
  if (before.episodeSlotMs !== undefined)
    return { ...before, phase: "firing", severity: severityNow(past, slot, before) };
  const isConfirmed = streak(past, slot).length >= slot.rule.confirmPolls;
  return isConfirmed
    ? { phase: "firing", severity, episodeSlotMs: slot.slotMs }
    : { phase: "pending", severity, episodeSlotMs: undefined };
}

/** Rows 9 and 13, and what flapping makes of row 9: an episode that was told of stays open. */
function isOver(past: Past, { slot, before, isFlapping }: Pick<Now, "slot" | "before" | "isFlapping">): boolean {
  if (hasNewLimits(past, slot)) return true;
  if (isFlapping && toldOf(past, before.episodeSlotMs).length > 0) return false;
  const oks = streak(past, slot);
  const { recoverPolls, keepFiringMs } = slot.rule;
  return oks.length >= recoverPolls && countedTime(past, oks[0], slot) >= keepFiringMs;
}

/** Rows 5 and 6: up at once; down to the worst of what was seen for as long as keepFiring says. */
function severityNow(past: Past, slot: OracleSlot, before: Moment): Severity {
  const seen = severityOf(slot);
  if (rank(seen) >= rank(before.severity) || hasNewLimits(past, slot) || isLater(dateBefore(past), dateOf(slot)))
    return seen;
  const row = streak(past, slot);
  for (const candidate of RANKS.slice(rank(seen), rank(before.severity))) {
    const louder = row.findLastIndex((one) => rank(severityOf(one)) > rank(candidate));
    if (countedTime(past, row[louder + 1], slot) >= slot.rule.keepFiringMs) return candidate;
  }
  return before.severity;
}

/** The newest slots that say the same, oldest first; slots that say nothing do not break the row. */
function streak(past: Past, slot: OracleSlot): readonly OracleSlot[] {
  const row = [slot];
  for (const { slot: older } of backwards(past)) {
    if (older.seen.verdict === "unknown") continue;
    if (older.seen.verdict !== slot.seen.verdict) break;
    row.unshift(older);
  }
  return row;
}

/** The time from one slot to another that counts: neither while nothing was known nor while nobody looked. */
function countedTime(past: Past, from: OracleSlot | undefined, to: OracleSlot): number {
  let timeMs = 0;
  let later = to;
  for (const { slot } of backwards(past)) {
    if (from === undefined || slot.slotMs < from.slotMs) break;
    const stepMs = later.slotMs - slot.slotMs;
    const isGap = stepMs > 3 * Math.max(slot.periodMs, later.periodMs);
    if (later.seen.verdict !== "unknown" && !isGap) timeMs += stepMs;
    later = slot;
  }
  return timeMs;
}

/** Row 13: the limits differ from those by which it was judged before. */
function hasNewLimits(past: Past, slot: OracleSlot): boolean {
  for (const { slot: older } of backwards(past)) {
    if (isJudged(older)) return older.rule.limits !== slot.rule.limits;
  }
  return false;
}

function entersFlapping(past: Past, now: Now): boolean {
  if (now.isFlapping) return false;
  return isFiring(now) ? isThirdFiring(past, now) : isFall(now, now.before) && countOf(past, now, isFall) >= 6;
}

function isThirdFiring(past: Past, now: Omit<Moment, "told">): boolean {
  return countOf(past, now, isFiring) >= 3;
}

/** Counts how often something that has just happened happened within 7 days, this time included. */
function countOf(
  past: Past,
  now: Omit<Moment, "told">,
  counts: (moment: Omit<Moment, "told">, before: Moment) => boolean,
): number {
  let found = 0;
  let later = now;
  for (const moment of backwards(past)) {
    if (now.slot.slotMs - later.slot.slotMs > CROWDED_MS || startsAnew(later, moment)) break;
    if (counts(later, moment)) found += 1;
    later = moment;
  }
  return found;
}

/** The design does not say what ends other than a recovery leave behind, nor the end of flapping: the counting starts anew. */
function startsAnew(moment: Omit<Moment, "told">, before: Moment): boolean {
  const isEnded = moment.slot.seen.verdict === "ended";
  return isEnded || moment.isCleared === true || (before.isFlapping && !moment.isFlapping);
}

function isFiring({ slot, episodeSlotMs }: Omit<Moment, "told">): boolean {
  return episodeSlotMs === slot.slotMs;
}

function isFall({ slot, phase, isCleared }: Omit<Moment, "told">, before: Moment): boolean {
  return isCleared !== true && slot.seen.verdict === "ok" && phase === "inactive" && before.phase === "pending";
}

/** Which changes count the design does not say: those of the phase, since what flaps is its coming and going. */
function lastChange(past: Past, now: Omit<Moment, "told">): OracleSlot {
  let later: Omit<Moment, "told"> = now;
  for (const moment of backwards(past)) {
    if (later.phase !== moment.phase) break;
    later = moment;
  }
  return later.slot;
}

function tell(past: Past, now: Now): readonly OracleTold[] {
  const episodeSlotMs = now.episodeSlotMs ?? now.before.episodeSlotMs;
  if (episodeSlotMs === undefined && now.isFlapping === now.before.isFlapping) return [];
  const told = toldOf(past, episodeSlotMs);
  const { slot, severity, before } = now;
  const names = new Set([...slot.channels.map(({ name }) => name), ...told.map(({ channel }) => channel)]);
  return [...names].flatMap((name) => {
    const rows = told.filter(({ channel }) => channel === name);
    const decision = decide(past, now, { rows, channel: slot.channels.find((channel) => channel.name === name) });
    if (decision === undefined) return [];
    const [kind, reason] = decision;
    // The design does not say which severity an end has: it is the one that the channel knows.
    const graveness = kind === "resolved" ? rows.at(-1)?.severity : kind === "flapping" ? before.severity : severity;
    const [dateMs, bucketDays] = [dateOf(slot), bucketOf(slot)];
    return { slotMs: slot.slotMs, channel: name, kind, severity: graveness ?? severity, reason, dateMs, bucketDays };
  });
}

/** All that was told of one episode, oldest first. */
function toldOf(past: Past, episodeSlotMs: number | undefined): readonly OracleTold[] {
  const rows: OracleTold[] = [];
  for (const moment of backwards(past)) {
    if (episodeSlotMs === undefined || moment.slot.slotMs < episodeSlotMs) break;
    rows.unshift(...moment.told);
  }
  return rows;
}

interface Listener {
  /** What the channel was told of the episode. */
  readonly rows: readonly OracleTold[];
  /** Undefined when it is not configured any more. */
  readonly channel: OracleChannel | undefined;
}

function decide(past: Past, now: Now, { rows, channel }: Listener): Decision {
  const last = rows.at(-1);
  if (last?.kind === "resolved") return undefined;
  if (now.episodeSlotMs === undefined)
    return last === undefined ? announceFlapping(now, channel) : ["resolved", "ended"];
  if (channel === undefined) return last === undefined ? undefined : ["resolved", "channel-left"];
  // While it recovers nobody is told more: the design says so of `fired` alone, but a reminder would tell of what is past.
  if (now.phase !== "firing" || isQuiet(now)) return undefined;
  return last === undefined ? decideFirst(past, now, channel) : decideNext(past, now, { last, channel });
}

/** The sixth time that short breaches came and went; nobody who keeps incidents could ever close such a word. */
function announceFlapping({ slot, before, isFlapping }: Now, channel: OracleChannel | undefined): Decision {
  const begins = isFlapping && !before.isFlapping;
  if (!begins || channel === undefined || channel.keepsIncidents || slot.isSuppressed(before.severity))
    return undefined;
  return rank(before.severity) >= rank(channel.minSeverity) ? ["flapping", "flapping-began"] : undefined;
}

function decideFirst(past: Past, now: Now, channel: OracleChannel): Decision {
  const { severity, before } = now;
  if (rank(severity) < rank(channel.minSeverity)) return undefined;
  if (now.isFlapping && knowsFlapping(past, channel)) {
    return severity === "critical" ? ["fired", "critical-while-flapping"] : undefined;
  }
  if (isFiring(now)) return ["fired", "first-firing"];
  // Where several things held it and end at once, the design does not say which is named.
  if (rank(severity) > rank(before.severity)) return ["fired", "severity-rose"];
  if (isQuiet(before)) return ["fired", "suppression-ended"];
  return ["fired", before.isFlapping && !now.isFlapping ? "flapping-ended" : "newly-routed"];
}

/** Held is what a channel knows to be flapping (ADR 0012): by the word that short breaches gave; an episode it was told of stays open. */
function knowsFlapping(past: Past, { name }: OracleChannel): boolean {
  for (const { isFlapping, told } of backwards(past)) {
    if (!isFlapping) break;
    if (told.some(({ channel, kind }) => channel === name && kind === "flapping")) return true;
  }
  return false;
}

function decideNext(
  past: Past,
  now: Now,
  { last, channel }: { readonly last: OracleTold; readonly channel: OracleChannel },
): Decision {
  const [rise, dateMs] = [rank(now.severity) - rank(last.severity), dateOf(now.slot)];
  if (rise > 0) return ["escalated", "severity-rose"];
  if (isLater(last.dateMs, dateMs)) return ["deescalated", "date-moved-later"];
  if (rise < 0 && channel.keepsIncidents) return ["deescalated", "severity-fell"];
  if (isLater(dateMs, last.dateMs)) return ["reminder", "date-moved-earlier"];
  if (!isJudged(now.slot)) return undefined;
  return dateMs === undefined ? remind(past, now, last) : countDown(past, now, last);
}

function countDown(past: Past, now: Now, last: OracleTold): Decision {
  const bucketDays = bucketOf(now.slot);
  const isHeld = bucketDays > 0 && isAcknowledged(past, now);
  return bucketDays < last.bucketDays && !isHeld ? ["reminder", "bucket-crossed"] : undefined;
}

function remind(past: Past, now: Now, last: OracleTold): Decision {
  if (now.isFlapping || isAcknowledged(past, now)) return undefined;
  if (now.before.isFlapping) return ["reminder", "flapping-ended"];
  return now.slot.slotMs - last.slotMs >= REPEAT_MS[now.severity] ? ["reminder", "repeat-due"] : undefined;
}

/** Row 15: a person's word for this episode, given after it last got graver. */
function isAcknowledged(past: Past, now: Now): boolean {
  const riseMs = lastRiseMs(past, now);
  return now.slot.acknowledgements.some(
    ({ episodeSlotMs, writtenAtMs, untilMs }) =>
      episodeSlotMs === now.episodeSlotMs && now.slot.nowMs < untilMs && writtenAtMs > riseMs,
  );
}

function lastRiseMs(past: Past, now: Now): number {
  let later: Omit<Moment, "told"> = now;
  for (const moment of backwards(past)) {
    if (moment.episodeSlotMs !== now.episodeSlotMs) break;
    if (rank(later.severity) > rank(moment.severity)) return later.slot.nowMs;
    later = moment;
  }
  return -Infinity;
}

function isQuiet({ slot, severity }: Pick<Moment, "slot" | "severity">): boolean {
  return slot.isSuppressed(severity);
}

function isJudged({ seen }: OracleSlot): boolean {
  return seen.verdict === "ok" || seen.verdict === "breach";
}

function severityOf({ seen }: OracleSlot): Severity {
  return seen.verdict === "breach" ? seen.severity : "info";
}

function bucketOf(slot: OracleSlot): number {
  const dateMs = dateOf(slot) ?? Infinity;
  return BUCKETS.find((days) => dateMs - slot.nowMs <= days * DAY_MS) ?? Infinity;
}

function dateOf({ seen }: OracleSlot): number | undefined {
  return seen.verdict === "breach" ? seen.dateMs : undefined;
}

function dateBefore(past: Past): number | undefined {
  for (const { slot } of backwards(past)) if (isJudged(slot)) return dateOf(slot);
  return undefined;
}

/** Dates within an hour of each other are the same date. */
function isLater(fromMs: number | undefined, toMs: number | undefined): boolean {
  return fromMs !== undefined && toMs !== undefined && toMs - fromMs > SAME_DATE_MS;
}

function rank(severity: Severity): number {
  return RANKS.indexOf(severity);
}

function* backwards(past: Past): Generator<Moment> {
  for (let index = past.length - 1; index >= 0; index -= 1) {
    const moment = past[index];
    if (moment !== undefined) yield moment;
  }
}
