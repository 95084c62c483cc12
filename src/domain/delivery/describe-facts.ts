import { type ConnectionKind, instantOf, type ReadDate } from "../connections/reading.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { MINUTE_MS } from "../units.ts";
import { sayDate, sayDateFrom, sayDuration } from "../words.ts";
import { lengthOf } from "./describe-change.ts";
import { describeMeasured } from "./describe-measure.ts";
import { judgedAtMs, type NotificationFacts } from "./notification.ts";

/** A line of a message: its label and, where there is anything to say, its text, not yet made plain. */
export type FactLine = readonly [label: string, text: string | undefined];

interface KindWords {
  readonly name: string;
  /** What its `lastContact` is. */
  readonly contact: string;
  /** What its `reportedState` is. */
  readonly state: string;
}

const THEIRS = { contact: "Last contact", state: "Reported state" };
const OURS = { contact: "Last good read", state: "Cause" };

const KIND_WORDS: Readonly<Record<ConnectionKind, KindWords>> = {
  "device-management-partner": { name: "device management partner", ...THEIRS },
  "compliance-management-partner": { name: "compliance partner", ...THEIRS },
  connector: { name: "connector", ...THEIRS },
  source: { name: "source of Microsoft Graph", ...OURS },
  tenant: { name: "tenant", ...OURS },
  fleet: { name: "all tenants", ...OURS },
  "tenant-watch": { name: "tenant as its polls are seen from outside", ...OURS, contact: "Last poll" },
  channel: { name: "channel", ...OURS, contact: "Last delivery" },
};

/** Returns the lines of a message in the order in which a reader asks: since when, what follows, what to do; then the particulars. */
export function describeFacts(facts: NotificationFacts): readonly FactLine[] {
  switch (facts.kind) {
    case "resolved":
      return [...describeEnd(facts), ...describeSubject(facts, `was ${facts.severity}`)];
    case "flapping":
      return [
        ["Measured now", describeMeasured(facts)],
        ...describeReading(facts),
        ...describeRemedy(facts),
        ...describeSubject(facts),
      ];
    default:
      return [...describeProblem(facts), ...describeSubject(facts, severityOf(facts))];
  }
}

function describeProblem(facts: NotificationFacts): readonly FactLine[] {
  return [
    ["Since", sinceText(facts)],
    ...describeReading(facts),
    ["Noncompliance date", unlessSaid(facts, facts.nonComplianceDeadline)],
    ["Removal date", unlessSaid(facts, facts.removalDeadline)],
    ["What happens next", facts.consequence],
    ...describeRemedy(facts),
  ];
}

function describeEnd(facts: NotificationFacts): readonly FactLine[] {
  const lasted: FactLine =
    facts.endReason === "channel-left"
      ? ["Since", sinceText(facts)]
      : ["Lasted", `${lengthOf(facts)}, from ${sayDate(facts.firedSlotMs)} to ${sayDate(facts.slotMs)}`];
  return [lasted, ["Measured", describeMeasured(facts)], ...describeReading(facts)];
}

function describeReading(facts: NotificationFacts): readonly FactLine[] {
  const { connectionKind, lastContact, reportedState, detail, verdictNote } = facts;
  const words = KIND_WORDS[connectionKind];
  const reported = [reportedState, detail, verdictNote].filter((text) => text !== undefined).join(". ");
  return [
    [words.contact, lastContact === "never" ? "never" : dateText(lastContact, facts.observedAtMs)],
    [words.state, reported],
  ];
}

function describeRemedy(facts: NotificationFacts): readonly FactLine[] {
  return [
    ["What to do", facts.remedy],
    ["Where to look", facts.portalPage],
  ];
}

function describeSubject(facts: NotificationFacts, severity?: string): readonly FactLine[] {
  return [
    ["Kind", `${KIND_WORDS[facts.connectionKind].name}, rule ${facts.ruleId}`],
    ["Tenant", `${facts.tenantName} (${facts.tenantId})`],
    ["Severity", severity],
    ["As of", sayDate(facts.observedAtMs)],
  ];
}

function severityOf({ severity, previousSeverity = severity }: NotificationFacts): string {
  return previousSeverity === severity ? severity : `${severity}, was ${previousSeverity}`;
}

/** Where the consequence or the measure names a date, a line of its own would only repeat it. */
function unlessSaid(facts: NotificationFacts, date: ReadDate): string | undefined {
  const atMs = instantOf(date);
  if (atMs === undefined) return undefined;
  const isSaid = [facts.consequence, describeMeasured(facts)].some((text) => text?.includes(sayDate(atMs)));
  return isSaid ? undefined : dateText(date, judgedAtMs(facts));
}

function sinceText(facts: NotificationFacts): string {
  const sinceMs = sinceMsOf(facts);
  const lengthMs = judgedAtMs(facts) - sinceMs;
  return lengthMs < MINUTE_MS ? sayDate(sinceMs) : `${sayDate(sinceMs)} (${sayDuration(lengthMs)})`;
}

/**
 * Returns since when things are as they are told: since the newest event, or since the breach, which may have begun before
 * anybody could see it.
 */
export function sinceMsOf({ ruleId, evaluation, firedSlotMs }: NotificationFacts): number {
  const { breachedSinceMs = firedSlotMs } = evaluation?.verdict === "breach" ? evaluation : {};
  return ruleOf(ruleId).tellsEvents === true ? breachedSinceMs : Math.min(breachedSinceMs, firedSlotMs);
}

function dateText(date: ReadDate, fromMs: number): string | undefined {
  const atMs = instantOf(date);
  return atMs === undefined ? undefined : sayDateFrom(atMs, fromMs);
}
