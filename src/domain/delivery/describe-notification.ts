import type { EndReason } from "../alerts/alert-state.ts";
import { type ConnectionKind, instantOf, type ReadDate } from "../connections/reading.ts";
import { cutText, toPlainLine } from "../text.ts";
import { MINUTE_MS } from "../units.ts";
import { sayDate, sayDateFrom, sayDuration } from "../words.ts";
import { describeMeasured } from "./describe-measure.ts";
import { judgedAtMs, type NotificationFacts } from "./notification.ts";
import { RULE_PHRASES } from "./rule-phrases.ts";

/** Where a reader goes on from a message. */
export interface NotificationLinks {
  readonly portalUrl?: string;
  readonly historyUrl?: string;
}

/** What the words depend on beside the facts. */
export interface DescribeContext {
  /** The channel was told nothing of this episode so far, although it should have been. */
  readonly isFirstNotice: boolean;
  readonly sentAtMs: number;
  readonly links: NotificationLinks;
}

/** A notification in words that all channels share: plain lines without markup, control characters or invisible ones. */
export interface NotificationText {
  /** Severity or outcome, connection, finding and tenant; at most 300 characters. */
  readonly title: string;
  /** Why this message comes now. */
  readonly summary: string;
  /** What a reader must know to judge the message itself, such as that it comes late. */
  readonly remarks: readonly string[];
  /** In a fixed order. */
  readonly facts: readonly LabelledText[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** One line of a message. */
export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

type Line = readonly [label: string, text: string | undefined];

const LATE_AFTER_MS = 10 * MINUTE_MS;
const MAX_TITLE_PART_CHARS = 80;

const KIND_NAMES: Readonly<Record<ConnectionKind, string>> = {
  "device-management-partner": "device management partner",
  "compliance-management-partner": "compliance partner",
  connector: "connector",
  source: "source of Microsoft Graph",
  tenant: "tenant",
};

/** Why an alert was closed without recovery; each phrase follows the connection's name. */
const END_PHRASES: Readonly<Record<EndReason, string>> = {
  "connection-gone": "is no longer listed in Intune",
  "not-configured": "is no longer configured",
  retired: "counts as retired",
  ignored: "is now ignored by configuration",
  "rule-off": "is no longer checked, because the rule was switched off",
  "not-applicable": "is no longer subject to this rule",
  "source-not-watched": "is no longer watched",
};

/**
 * Puts a notification into words that stay true when it comes late: a contact is as old as it was in the reading, a date as
 * far away as when it was judged, which may be long after the reading.
 */
export function describeNotification(facts: NotificationFacts, context: DescribeContext): NotificationText {
  const lines = facts.kind === "resolved" ? describeEnd(facts) : describeProblem(facts);
  return {
    title: titleOf(facts, context),
    summary: toPlainLine(summaryOf(facts, context)),
    remarks: remarksOn(facts, context),
    facts: lines.map(([label, text = ""]) => ({ label, text: toPlainLine(text) })).filter(({ text }) => text !== ""),
    links: linksOf(context.links),
  };
}

function describeProblem(facts: NotificationFacts): readonly Line[] {
  const { severity, previousSeverity, nonComplianceDeadline, removalDeadline } = facts;
  return [
    ["What", `${nameOf(facts)} ${findingOf(facts)}`],
    ["Kind", `${KIND_NAMES[facts.connectionKind]}, rule ${facts.ruleId}`],
    ["Since", sinceText(facts)],
    ...describeReading(facts),
    ["Noncompliance date", dateText(nonComplianceDeadline, judgedAtMs(facts))],
    ["Removal date", dateText(removalDeadline, judgedAtMs(facts))],
    ["What happens next", facts.consequence],
    ["Tenant", `${facts.tenantName} (${facts.tenantId})`],
    ["Severity", previousSeverity === undefined ? severity : `${severity}, was ${previousSeverity}`],
    ["What to do", facts.remedy],
    ["Where to look", facts.portalPage],
    ["As of", sayDate(facts.observedAtMs)],
  ];
}

function describeEnd(facts: NotificationFacts): readonly Line[] {
  return [
    ["What", `${nameOf(facts)} ${findingOf(facts)}`],
    ["Kind", `${KIND_NAMES[facts.connectionKind]}, rule ${facts.ruleId}`],
    ["Lasted", `${durationOf(facts)}, from ${sayDate(facts.firedSlotMs)} to ${sayDate(facts.slotMs)}`],
    ...describeReading(facts),
    ["Tenant", `${facts.tenantName} (${facts.tenantId})`],
    ["Severity", `was ${facts.severity}`],
    ["As of", sayDate(facts.observedAtMs)],
  ];
}

function describeReading(facts: NotificationFacts): readonly Line[] {
  const { connectionKind, lastContact, reportedState, detail, verdictNote } = facts;
  const isOurView = connectionKind === "source" || connectionKind === "tenant";
  const reported = [reportedState, detail, verdictNote].filter((text) => text !== undefined).join(". ");
  return [
    ["Measured", describeMeasured(facts)],
    [
      isOurView ? "Last good read" : "Last contact",
      lastContact === "never" ? "never" : dateText(lastContact, facts.observedAtMs),
    ],
    [isOurView ? "Cause" : "Reported state", reported],
  ];
}

function titleOf(facts: NotificationFacts, { isFirstNotice }: DescribeContext): string {
  const parts = [nameOf(facts), findingOf(facts)].map(toTitlePart).join(" ");
  const tenant = facts.connectionKind === "tenant" ? "" : ` (${toTitlePart(facts.tenantName)})`;
  return `${headwordOf(facts, isFirstNotice)}: ${parts}${tenant}`;
}

function headwordOf(facts: NotificationFacts, isFirstNotice: boolean): string {
  if (facts.kind === "resolved") return hasRecovered(facts) ? "Resolved" : "Closed without recovery";
  return facts.kind === "escalated" && !isFirstNotice ? `Now ${facts.severity}` : capitalise(facts.severity);
}

function summaryOf(facts: NotificationFacts, { isFirstNotice }: DescribeContext): string {
  const { kind, severity, previousSeverity } = facts;
  if (kind === "resolved") {
    return `${hasRecovered(facts) ? "Recovered" : "Closed, not recovered,"} after ${durationOf(facts)}.`;
  }
  const isRise = kind === "escalated" && !isFirstNotice && previousSeverity !== undefined;
  const what = isRise ? `Severity rose from ${previousSeverity} to ${severity}` : "New alert";
  const measured = describeMeasured(facts);
  return measured === undefined ? `${what}.` : `${what}: ${measured}.`;
}

function remarksOn(facts: NotificationFacts, { isFirstNotice, sentAtMs }: DescribeContext): readonly string[] {
  const lateMs = sentAtMs - facts.observedAtMs;
  const remarks = [];
  if (isFirstNotice) remarks.push("Earlier messages about this alert could not be delivered to this channel.");
  if (lateMs >= LATE_AFTER_MS) remarks.push(`This message comes ${sayDuration(lateMs)} after the reading it tells of.`);
  return remarks;
}

function linksOf({ portalUrl, historyUrl }: NotificationLinks): NotificationText["links"] {
  const links = [
    ["Open Intune", portalUrl],
    ["History", historyUrl],
  ] as const;
  return links.flatMap(([label, url]) => (url === undefined ? [] : [{ label, url }]));
}

/** A name that prints nothing would leave a sentence without its subject. */
function nameOf({ connectionName, connectionId }: NotificationFacts): string {
  return toPlainLine(connectionName) || connectionId;
}

/** What follows the connection's name: the rule's finding, or how its alert ended. */
function findingOf(facts: NotificationFacts): string {
  const { problem, recovery } = RULE_PHRASES[facts.ruleId];
  if (facts.kind !== "resolved") return problem(facts);
  const { endReason = "recovered" } = facts;
  return endReason === "recovered" ? recovery : END_PHRASES[endReason];
}

function hasRecovered({ endReason = "recovered" }: NotificationFacts): boolean {
  return endReason === "recovered";
}

function durationOf({ firedSlotMs, slotMs }: NotificationFacts): string {
  return sayDuration(slotMs - firedSlotMs);
}

function sinceText(facts: NotificationFacts): string {
  const { evaluation, firedSlotMs } = facts;
  const breachedSinceMs = evaluation?.verdict === "breach" ? evaluation.breachedSinceMs : undefined;
  const sinceMs = Math.min(breachedSinceMs ?? firedSlotMs, firedSlotMs);
  const lengthMs = judgedAtMs(facts) - sinceMs;
  return lengthMs < MINUTE_MS ? sayDate(sinceMs) : `${sayDate(sinceMs)} (${sayDuration(lengthMs)})`;
}

function dateText(date: ReadDate, fromMs: number): string | undefined {
  const atMs = instantOf(date);
  return atMs === undefined ? undefined : sayDateFrom(atMs, fromMs);
}

function toTitlePart(text: string): string {
  return cutText(toPlainLine(text), MAX_TITLE_PART_CHARS);
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
