import { MINUTE_MS } from "../units.ts";
import { sayDate, sayDuration } from "../words.ts";
import { hasRecovered } from "./describe-headline.ts";
import { describeMeasured } from "./describe-measure.ts";
import { judgedAtMs, type NotificationFacts, type NotifyReason } from "./notification.ts";

/** What the words about a message depend on beside its facts. */
export interface SendContext {
  /** The channel was told nothing of this episode so far, although it should have been. */
  readonly isFirstNotice: boolean;
  readonly sentAtMs: number;
}

const LATE_AFTER_MS = 10 * MINUTE_MS;

const FLAPPING =
  "Short breaches came and went several times within 7 days. Until it has been calm for 48 hours, it is told again only when it is critical.";

/** Why a `fired` comes only now; without one of these reasons it is new. */
const FIRED_CHANGES: Readonly<Partial<Record<NotifyReason, string>>> = {
  "suppression-ended": "Alert that was kept quiet until now",
  "newly-routed": "Alert that this channel was not told of before",
  "severity-rose": "Alert that has become grave enough for this channel",
  "flapping-ended": "Alert that no longer comes and goes",
};

/** What is new although the alert is not; without one of these reasons only time has passed. */
const REMINDER_CHANGES: Readonly<Partial<Record<NotifyReason, string>>> = {
  "date-moved-later": "The date moved later",
  "date-moved-earlier": "The date moved earlier",
  "flapping-ended": "It no longer comes and goes, and is still an alert",
};

/** Says why a message comes now, in one or two sentences. */
export function describeChange(facts: NotificationFacts, isFirstNotice: boolean): string {
  if (facts.kind === "resolved") return describeEnd(facts);
  if (facts.kind === "flapping") return FLAPPING;
  const change = changeOf(facts, isFirstNotice);
  const measured = describeMeasured(facts);
  const told = isFirstNotice ? undefined : facts.previousDateMs;
  return [
    measured === undefined ? `${change}.` : `${change}: ${measured}.`,
    ...(told === undefined ? [] : [`The date told here before was ${sayDate(told)}.`]),
  ].join(" ");
}

/** Returns what a reader must know to judge the message itself: that others were lost, that it comes late, that more is held. */
export function remarksOn(facts: NotificationFacts, { isFirstNotice, sentAtMs }: SendContext): readonly string[] {
  const lateMs = latenessOf(facts, sentAtMs);
  const remarks = [];
  if (isFirstNotice) remarks.push("Earlier messages about this alert did not reach this channel.");
  if (lateMs > 0) remarks.push(`This message comes ${sayDuration(lateMs)} after the reading it tells of.`);
  if (facts.isFlapping === true && facts.kind !== "flapping" && facts.kind !== "resolved") {
    remarks.push("This alert comes and goes. Until it has been calm for 48 hours, that is not told again.");
  }
  return remarks;
}

/** Returns how long after its reading a message is sent; 0 below 10 minutes, which is no news. */
export function latenessOf({ observedAtMs }: NotificationFacts, sentAtMs: number): number {
  const lateMs = sentAtMs - observedAtMs;
  return lateMs >= LATE_AFTER_MS ? lateMs : 0;
}

/** Says how long an episode has lasted. */
export function lengthOf({ firedSlotMs, slotMs }: NotificationFacts): string {
  return sayDuration(slotMs - firedSlotMs);
}

function describeEnd(facts: NotificationFacts): string {
  if (hasRecovered(facts)) return `Recovered after ${lengthOf(facts)}.`;
  const closed = `Closed, not recovered, after ${lengthOf(facts)}`;
  return facts.endReason === "channel-left"
    ? `${closed}: the alert goes on, but is no longer told here.`
    : `${closed}.`;
}

function changeOf(facts: NotificationFacts, isFirstNotice: boolean): string {
  const { kind, reason } = facts;
  if (kind === "fired") return FIRED_CHANGES[reason] ?? "New alert";
  if (isFirstNotice) return "New alert";
  if (reason === "changed-again") return "Another change after the one told before";
  const graveness = severityChange(facts);
  if (graveness !== undefined) return graveness;
  if (reason === "bucket-crossed") return isDateAhead(facts) ? "The date comes closer" : "The date has passed";
  return REMINDER_CHANGES[reason] ?? "Still an alert";
}

function severityChange({ kind, severity, previousSeverity = severity }: NotificationFacts): string | undefined {
  if (previousSeverity === severity) return undefined;
  return `Severity ${kind === "escalated" ? "rose" : "fell"} from ${previousSeverity} to ${severity}`;
}

function isDateAhead(facts: NotificationFacts): boolean {
  const { evaluation } = facts;
  if (evaluation?.verdict !== "breach" || evaluation.measured.unit !== "date") return false;
  return evaluation.measured.atMs > judgedAtMs(facts);
}
