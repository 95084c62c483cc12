import type { NotifyReason } from "../delivery/notification.ts";
import { compareSeverity, type Severity } from "../rules/rule.ts";
import type { QuietReason } from "../suppression/quiet-reason.ts";
import { HOUR_MS } from "../units.ts";
import { type AlertState, isFlapping, isOpen, type StepReason, type Told } from "./alert-state.ts";
import { bucketOf } from "./days-left.ts";

/** What one channel is told about one alert in one slot, or why it is told nothing. */
export type NotifyDecision =
  | {
      readonly kind: "send";
      readonly notification: "fired" | "reminder" | "flapping" | "resolved";
      readonly reason: NotifyReason;
      readonly severity: Severity;
    }
  | {
      readonly kind: "send";
      readonly notification: "escalated" | "deescalated";
      readonly reason: NotifyReason;
      readonly severity: Severity;
      /** What this channel was told before. */
      readonly previousSeverity: Severity;
    }
  | { readonly kind: "hold"; readonly reason: HoldReason };

/** Why a channel is told nothing. */
export type HoldReason =
  | "no-episode"
  | "ended-untold"
  | "closed-before"
  | "recovering"
  | "below-minimum"
  | "not-routed"
  | "suppressed"
  | "flapping"
  | "already-told";

/** One alert before and after a step. */
export interface SteppedState {
  readonly before: AlertState;
  readonly after: AlertState;
  readonly reason: StepReason;
  /** Why it is quiet now. */
  readonly quiet: readonly QuietReason[];
  readonly slotMs: number;
  /** Known dates are judged here. */
  readonly nowMs: number;
  /** By severity, how often it is told again while nobody looks after it; a severity that is absent is never. */
  readonly repeatMs: RepeatIntervals;
  /** Whether it tells of events that are each worth a word, also while its episode is open. @default false */
  readonly tellsEvents?: boolean;
}

/** By severity, how often an alert is told again. */
export type RepeatIntervals = Readonly<Partial<Record<Severity, number>>>;

/** One channel's view of one alert. */
export interface ChannelView {
  /** The calmest severity this channel is told of; undefined when it is no longer configured for the tenant. */
  readonly minSeverity: Severity | undefined;
  readonly keepsIncidents: boolean;
  /** It was told outside an episode that the alert comes and goes, and that is still so. */
  readonly knowsFlapping: boolean;
  /** What it was told of the episode that was open before the step. */
  readonly told: Told | undefined;
}

/** How often an alert is told again unless it is configured (ours). */
export const DEFAULT_REPEAT_MS = {
  critical: 4 * HOUR_MS,
  error: 24 * HOUR_MS,
  warning: 24 * HOUR_MS,
} as const satisfies RepeatIntervals;

/** A date that has moved by no more than this is the same date (ours). */
const SAME_DATE_MS = HOUR_MS;

/**
 * Decides what one channel is told after a step.
 *
 * The contract: a channel for which `fired` was planned gets exactly one `resolved` for that episode, and a channel for
 * which it never was gets none, whatever happens to severity, routing, suppression and configuration in between.
 */
export function decideNotification(step: SteppedState, channel: ChannelView): NotifyDecision {
  const { before, after } = step;
  const { told } = channel;
  if (!isOpen(after)) return isOpen(before) ? decideEnd(told) : decideFlappingNotice(step, channel);
  if (told?.isClosed === true) return hold("closed-before");
  if (channel.minSeverity === undefined) {
    return told === undefined ? hold("not-routed") : send("resolved", "channel-left", told.severity);
  }
  if (after.phase === "recovering") return hold("recovering");
  if (isSuppressed(step.quiet)) return hold("suppressed");
  return told === undefined
    ? decideFirst(step, channel.minSeverity, channel.knowsFlapping)
    : decideFurther(step, told, { minSeverity: channel.minSeverity, keepsIncidents: channel.keepsIncidents });
}

/** Says whether nothing but an end may be told: an acknowledgement and flapping hold less than that. */
export function isSuppressed(quiet: readonly QuietReason[] = []): boolean {
  return quiet.some(({ kind }) => kind === "silence" || kind === "maintenance" || kind === "inhibited");
}

/** Returns the date that an alert is about, undefined for one that is about no date. */
export function dateOf({ evaluation }: AlertState): number | undefined {
  return evaluation?.verdict === "breach" && evaluation.measured.unit === "date" ? evaluation.measured.atMs : undefined;
}

function decideEnd(told: Told | undefined): NotifyDecision {
  if (told === undefined) return hold("ended-untold");
  return told.isClosed === true ? hold("closed-before") : send("resolved", "ended", told.severity);
}

/** Only short breaches begin flapping without an episode; where incidents are kept nothing would ever close that one. */
function decideFlappingNotice({ before, after, quiet }: SteppedState, channel: ChannelView): NotifyDecision {
  const { severity = "info" } = before;
  if (isFlapping(before) || !isFlapping(after)) return hold("no-episode");
  if (channel.minSeverity === undefined || channel.keepsIncidents) return hold("not-routed");
  if (isSuppressed(quiet)) return hold("suppressed");
  return compareSeverity(severity, channel.minSeverity) >= 0
    ? send("flapping", "flapping-began", severity)
    : hold("below-minimum");
}

/** A channel that was not told that the alert flaps is told of its episode: that one stays open and is the only notice. */
function decideFirst(step: SteppedState, minSeverity: Severity, knowsFlapping: boolean): NotifyDecision {
  const { severity = "info" } = step.after;
  if (compareSeverity(severity, minSeverity) < 0) return hold("below-minimum");
  if (knowsFlapping && severity !== "critical") return hold("flapping");
  return send("fired", knowsFlapping ? "critical-while-flapping" : reasonOfFirst(step), severity);
}

function reasonOfFirst(step: SteppedState): NotifyReason {
  const { before, after, reason } = step;
  if (!isOpen(before)) return "first-firing";
  if (reason === "severity-rose") return reasonOfGraver(step);
  if (isSuppressed(before.quiet)) return "suppression-ended";
  return isFlapping(before) && !isFlapping(after) ? "flapping-ended" : "newly-routed";
}

/** An event does not get graver: what is graver than told is another one. */
function reasonOfGraver({ tellsEvents = false }: SteppedState): NotifyReason {
  return tellsEvents ? "changed-again" : "severity-rose";
}

function decideFurther(
  step: SteppedState,
  told: Told,
  { minSeverity, keepsIncidents }: { readonly minSeverity: Severity; readonly keepsIncidents: boolean },
): NotifyDecision {
  const { severity = "info" } = step.after;
  const { severity: previousSeverity } = told;
  const change = compareSeverity(severity, previousSeverity);
  const changed = { kind: "send", severity, previousSeverity } as const;
  if (change > 0) return { ...changed, notification: "escalated", reason: reasonOfGraver(step) };
  if (isNewEvent(step, told) && compareSeverity(severity, minSeverity) >= 0) {
    return send("reminder", "changed-again", severity);
  }
  const movedMs = movedSince(told, dateOf(step.after));
  if (movedMs > SAME_DATE_MS) return { ...changed, notification: "deescalated", reason: "date-moved-later" };
  if (change < 0 && keepsIncidents) return { ...changed, notification: "deescalated", reason: "severity-fell" };
  const reason = movedMs < -SAME_DATE_MS ? "date-moved-earlier" : reasonToRemind(step, told);
  return reason === undefined ? hold("already-told") : send("reminder", reason, severity);
}

function movedSince(told: Told, dateMs: number | undefined): number {
  return dateMs === undefined ? 0 : dateMs - (told.dateMs ?? dateMs);
}

/** What came after the channel was told last is new to it. */
function isNewEvent({ after: { evaluation }, tellsEvents = false }: SteppedState, { slotMs }: Told): boolean {
  return tellsEvents && evaluation?.verdict === "breach" && (evaluation.breachedSinceMs ?? 0) > slotMs;
}

function reasonToRemind(step: SteppedState, told: Told): NotifyReason | undefined {
  const { before, after, quiet, nowMs } = step;
  const isAcknowledged = quiet.some(({ kind }) => kind === "acknowledged");
  const dateMs = dateOf(after);
  if (dateMs !== undefined) {
    const days = bucketOf(dateMs, nowMs);
    return isCrossed(days, told) && (days === 0 || !isAcknowledged) ? "bucket-crossed" : undefined;
  }
  if (isAcknowledged) return undefined;
  if (isFlapping(before) && !isFlapping(after)) return "flapping-ended";
  return isRepeatDue(step, told) ? "repeat-due" : undefined;
}

function isCrossed(days: number | undefined, { bucketDays = Infinity }: Told): boolean {
  return days !== undefined && days < bucketDays;
}

function isRepeatDue({ after, reason, slotMs, repeatMs }: SteppedState, told: Told): boolean {
  if (isFlapping(after) || reason === "kept-while-blind") return false;
  return slotMs - told.slotMs >= (repeatMs[after.severity ?? "info"] ?? Infinity);
}

function send(
  notification: "fired" | "reminder" | "flapping" | "resolved",
  reason: NotifyReason,
  severity: Severity,
): NotifyDecision {
  return { kind: "send", notification, reason, severity };
}

function hold(reason: HoldReason): NotifyDecision {
  return { kind: "hold", reason };
}
