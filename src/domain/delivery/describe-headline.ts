import type { EndReason } from "../alerts/alert-state.ts";
import type { Severity } from "../rules/rule.ts";
import { cutText, toPlainLine } from "../text.ts";
import { capitalise } from "../words.ts";
import type { NotificationFacts } from "./notification.ts";
import { RULE_PHRASES } from "./rule-phrases.ts";

/** How grave a message looks: the severity of what is open; `good` when all is well again, `neutral` when it is only over. */
export type Tone = Severity | "good" | "neutral";

/** The parts of a notification's first line: plain text without markup, control characters or invisible ones. */
export interface Headline {
  readonly tone: Tone;
  /** Severity or outcome: "Error", "Still error", "Resolved". */
  readonly word: string;
  /** The connection and what is the matter with it, each cut to 80 characters. */
  readonly text: string;
  /** The same uncut. */
  readonly wholeText: string;
}

const MAX_PART_CHARS = 80;

/** Why an alert was closed without recovery; each phrase follows the connection's name. */
const END_PHRASES: Readonly<Record<EndReason, string>> = {
  "connection-gone": "is no longer listed in Intune",
  "not-configured": "is no longer configured",
  retired: "counts as retired",
  ignored: "is now ignored by configuration",
  "rule-off": "is no longer checked, because the rule was switched off",
  "rule-changed": "is within the limits since they were changed",
  "not-applicable": "is no longer subject to this rule",
  "source-not-watched": "is no longer watched",
  "removed-from-configuration": "was taken out of the configuration",
  "channel-left": "is no longer reported to this channel",
  "state-reset": "is judged anew, because what was remembered of it could not be read",
};

/**
 * Says in one line what a notification is about.
 *
 * @param isFirstNotice The channel was told nothing of the episode so far, so nothing is "still" or "now" so.
 */
export function describeHeadline(facts: NotificationFacts, isFirstNotice: boolean): Headline {
  const parts = [nameOf(facts), toPlainLine(findingOf(facts))];
  return {
    tone: toneOf(facts),
    word: headwordOf(facts, isFirstNotice),
    text: parts.map(toTitlePart).join(" "),
    wholeText: parts.join(" "),
  };
}

/** Cuts a text from outside to what a first line has room for. */
export function toTitlePart(text: string): string {
  return cutText(toPlainLine(text), MAX_PART_CHARS);
}

/** Says whether a `resolved` tells of a recovery, and not of an alert that was only closed. */
export function hasRecovered({ endReason = "recovered" }: NotificationFacts): boolean {
  return endReason === "recovered";
}

function toneOf(facts: NotificationFacts): Tone {
  if (facts.kind === "flapping") return "info";
  if (facts.kind !== "resolved") return facts.severity;
  return hasRecovered(facts) ? "good" : "neutral";
}

function headwordOf(facts: NotificationFacts, isFirstNotice: boolean): string {
  const { kind, severity, reason } = facts;
  if (kind === "resolved") return hasRecovered(facts) ? "Resolved" : "Closed without recovery";
  if (kind === "flapping") return "Unstable";
  const graveness = capitalise(severity);
  if (kind === "fired" || isFirstNotice) return graveness;
  if (reason === "changed-again") return `${graveness}, changed again`;
  if (reason === "date-moved-later") return `${graveness}, date moved later`;
  if (reason === "date-moved-earlier") return `${graveness}, date moved earlier`;
  return { escalated: `Now ${severity}`, deescalated: `Now only ${severity}`, reminder: `Still ${severity}` }[kind];
}

/** A name that prints nothing would leave a sentence without its subject. */
function nameOf({ connectionName, connectionId }: NotificationFacts): string {
  return toPlainLine(connectionName) || connectionId;
}

/** What follows the connection's name: the rule's finding, or how its alert ended. */
function findingOf(facts: NotificationFacts): string {
  const { kind, ruleId, endReason = "recovered" } = facts;
  const { problem, recovery } = RULE_PHRASES[ruleId];
  if (kind === "flapping") return `breaks rule ${ruleId} again and again`;
  if (kind !== "resolved") return problem(facts);
  return endReason === "recovered" ? recovery : END_PHRASES[endReason];
}
