import { instantOf, type ReadDate } from "../connections/reading.ts";
import type { RuleId } from "../rules/rule.ts";
import { sayDistance, sayDuration } from "../words.ts";
import { describeFailure } from "./describe-failure.ts";
import { judgedAtMs, type NotificationFacts } from "./notification.ts";

/** How a rule's finding is said to people. */
export interface RulePhrases {
  /** Follows the connection's name while the alert is open. */
  readonly problem: (facts: NotificationFacts) => string;
  /** Follows the connection's name once the rule is ok again. */
  readonly recovery: string;
  /** What the rule measures; the value follows. */
  readonly measure: string;
  /** What it measures where that is a time. @default `measure` */
  readonly measuredTime?: string;
}

/** The words for each rule, as an operations engineer reads them. */
export const RULE_PHRASES: Readonly<Record<RuleId, RulePhrases>> = {
  "graph-unavailable": {
    problem: (facts) => `cannot be read in most tenants${breachReason(facts)}`,
    recovery: "can be read in most tenants again",
    measure: "tenants that cannot be read",
  },
  "tenant-late": {
    problem: (facts) => `has not been polled${measuredTime(facts, " for ")}`,
    recovery: "is polled again",
    measure: "time without a poll",
  },
  "channel-failing": {
    problem: channelText,
    recovery: "delivers again",
    measure: "failed sends in a row",
  },
  "state-unreadable": {
    problem: () => "has stored rows that cannot be read",
    recovery: "has no unreadable rows any more",
    measure: "unreadable rows",
  },
  "tenant-unreadable": {
    problem: (facts) => `cannot be read at all${breachReason(facts)}`,
    recovery: "can be read again",
    measure: "failed polls",
    measuredTime: "time without a reading",
  },
  "source-unreadable": {
    problem: (facts) => `cannot be read${breachReason(facts)}`,
    recovery: "can be read again",
    measure: "failed polls",
    measuredTime: "time without a reading",
  },
  "clock-skew": {
    problem: (facts) => `is answered by a clock that differs from this monitor's${measuredTime(facts, " by ")}`,
    recovery: "is answered by a clock that agrees with this monitor's again",
    measure: "difference",
  },
  "partner-state": {
    problem: ({ reportedState = "unknown" }) => `is in state "${reportedState}"`,
    recovery: "is in a good state again",
    measure: "state",
  },
  "heartbeat-age": {
    problem: (facts) => `has not been in touch${contactAge(facts)}`,
    recovery: "is in touch again",
    measure: "time without contact",
  },
  "first-heartbeat": {
    problem: () => "has never been in touch",
    recovery: "has been in touch for the first time",
    measure: "time waited for it",
  },
  "noncompliance-deadline": {
    problem: (facts) =>
      deadlineText(facts, facts.nonComplianceDeadline, {
        ahead: "devices will be marked noncompliant",
        passed: "devices passed their noncompliance date",
      }),
    recovery: "devices no longer face a near noncompliance date",
    measure: "noncompliance date",
  },
  "removal-deadline": {
    problem: (facts) =>
      deadlineText(facts, facts.removalDeadline, {
        ahead: "devices will be removed from Intune",
        passed: "devices passed their removal date",
      }),
    recovery: "devices no longer face a near removal date",
    measure: "removal date",
  },
  "sync-age": {
    problem: (facts) => `has not synced${contactAge(facts)}`,
    recovery: "syncs again",
    measure: "time without sync",
  },
  expiry: { problem: expiryText, recovery: "was renewed", measure: "expiry date" },
  "reported-health": {
    problem: ({ reportedState = "unhealthy" }) => `is reported "${reportedState}" by Microsoft`,
    recovery: "is reported healthy by Microsoft again",
    measure: "Microsoft's verdict",
  },
  "configuration-changed": {
    problem: () => "was reconfigured",
    recovery: "was last reconfigured over a day ago",
    measure: "changed",
  },
  "connection-missing": {
    problem: () => "is no longer listed in Intune",
    recovery: "is listed in Intune again",
    measure: "polls without it",
  },
  "data-problem": {
    problem: () => "sends data that cannot be understood",
    recovery: "sends sound data again",
    measure: "found",
  },
};

function channelText({ evaluation, reportedState = "" }: NotificationFacts): string {
  if (evaluation?.reason === "switched-off") return "is switched off, because its receiver wants no more";
  const problem = evaluation?.reason === "gave-up" ? "cannot deliver and has given notifications up" : "cannot deliver";
  const cause = describeFailure(reportedState);
  return cause === undefined ? problem : `${problem}: ${cause}`;
}

/** The reason is one of the words that the remedy goes by. */
function breachReason({ evaluation }: NotificationFacts): string {
  return evaluation?.verdict === "breach" ? `: ${evaluation.reason}` : "";
}

function measuredTime({ evaluation }: NotificationFacts, joint: string): string {
  if (evaluation?.verdict !== "breach" || evaluation.measured.unit !== "duration") return "";
  return `${joint}${sayDuration(evaluation.measured.ms)}`;
}

function contactAge({ lastContact, observedAtMs }: NotificationFacts): string {
  const contactAtMs = instantOf(lastContact);
  return contactAtMs === undefined ? "" : ` for ${sayDuration(observedAtMs - contactAtMs)}`;
}

function deadlineText(
  facts: NotificationFacts,
  deadline: ReadDate,
  words: { readonly ahead: string; readonly passed: string },
): string {
  const atMs = instantOf(deadline);
  if (atMs === undefined) return words.ahead;
  const nowMs = judgedAtMs(facts);
  return `${atMs > nowMs ? words.ahead : words.passed} ${sayDistance(atMs, nowMs)}`;
}

function expiryText(facts: NotificationFacts): string {
  const { evaluation } = facts;
  if (evaluation?.verdict !== "breach" || evaluation.measured.unit !== "date") return "expires soon";
  const { atMs } = evaluation.measured;
  const nowMs = judgedAtMs(facts);
  return `${atMs > nowMs ? "expires" : "expired"} ${sayDistance(atMs, nowMs)}`;
}
