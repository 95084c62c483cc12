import { digest } from "../src/adapters/system/digest.ts";
import { portalPage } from "../src/domain/connections/portal-page.ts";
import type { PartnerReading } from "../src/domain/connections/reading.ts";
import { type NotificationFacts, type NotificationKind, notificationId } from "../src/domain/delivery/notification.ts";
import { compareVerdicts } from "../src/domain/rules/compare-verdicts.ts";
import { heartbeatAge } from "../src/domain/rules/heartbeat-age.ts";
import { noncomplianceDeadline } from "../src/domain/rules/noncompliance-deadline.ts";
import type { Rule } from "../src/domain/rules/rule.ts";
import { type Moment, toIso } from "../src/domain/time.ts";
import { DAY_MS, HOUR_MS, SECOND_MS } from "../src/domain/units.ts";
import type { OutgoingNotification } from "../src/ports/notifier.ts";

/** What a channel may be told, one notification of each kind. */
export type SampleNotifications = Readonly<Record<NotificationKind, OutgoingNotification>>;

/** 18 November 2026, 16:00 UTC: when the partner was last heard of. */
const SILENT_SINCE_MS = Date.UTC(2026, 10, 18, 16);
const FIRED_SLOT_MS = SILENT_SINCE_MS + 36.5 * HOUR_MS;
const ESCALATED_SLOT_MS = SILENT_SINCE_MS + 72.25 * HOUR_MS;
const REMINDER_SLOT_MS = ESCALATED_SLOT_MS + DAY_MS;
const RESOLVED_SLOT_MS = SILENT_SINCE_MS + 114 * HOUR_MS;

const TENANT = { tenantId: "5f4c7a52-0d0b-4c1e-9d7e-2b8a51c0a001", tenantName: "Contoso" };

const SILENT_DATES = {
  lastContact: aMoment(SILENT_SINCE_MS),
  nonComplianceDeadline: aMoment(SILENT_SINCE_MS + 14 * DAY_MS),
  removalDeadline: aMoment(SILENT_SINCE_MS + 28 * DAY_MS),
};

/**
 * Makes the notifications of a partner that falls silent, for which Intune sets two dates, and that comes back; the date of
 * another one that moves later; and a third one that is unstable.
 */
export function sampleNotifications(channel: string): SampleNotifications {
  const silent = aReading("Jamf Pro", SILENT_DATES);
  const back = aReading("Jamf Pro", { lastContact: aMoment(RESOLVED_SLOT_MS - HOUR_MS) });
  const unstable = aReading("Kandji", { lastContact: aMoment(FIRED_SLOT_MS - HOUR_MS) });
  return {
    fired: toOutgoing(channel, {
      ...factsOf({ reading: silent, slotMs: FIRED_SLOT_MS }),
      kind: "fired",
      reason: "first-firing",
      severity: "warning",
    }),
    escalated: toOutgoing(channel, {
      ...factsOf({ reading: silent, slotMs: ESCALATED_SLOT_MS }),
      kind: "escalated",
      reason: "severity-rose",
      severity: "error",
      previousSeverity: "warning",
    }),
    reminder: toOutgoing(channel, {
      ...factsOf({ reading: silent, slotMs: REMINDER_SLOT_MS }),
      kind: "reminder",
      reason: "repeat-due",
      severity: "error",
    }),
    deescalated: movedLater(channel),
    flapping: toOutgoing(channel, {
      ...factsOf({ reading: unstable, slotMs: FIRED_SLOT_MS }),
      kind: "flapping",
      reason: "flapping-began",
      severity: "warning",
    }),
    resolved: toOutgoing(channel, {
      ...factsOf({ reading: back, slotMs: RESOLVED_SLOT_MS }),
      kind: "resolved",
      reason: "ended",
      severity: "error",
      endReason: "recovered",
    }),
  };
}

/** Makes a message's worth of notifications: three that are open and one that is over, the gravest first. */
export function sampleGroup(channel: string): readonly OutgoingNotification[] {
  const { escalated, deescalated, fired, resolved } = sampleNotifications(channel);
  return [rename(escalated, "Kandji"), resolved, deescalated, rename(fired, "Lookout for Work")];
}

function rename({ id, facts, ...rest }: OutgoingNotification, connectionName: string): OutgoingNotification {
  return { ...rest, id: `${id}.${connectionName}`, facts: { ...facts, connectionName } };
}

/** The dates of a terminated partner move later, so that they are no longer near. */
function movedLater(channel: string): OutgoingNotification {
  const dates = { ...SILENT_DATES, nonComplianceDeadline: aMoment(SILENT_SINCE_MS + 35 * DAY_MS) };
  const reading = { ...aReading("Workspace ONE", dates), state: "terminated" } as const;
  return toOutgoing(channel, {
    ...factsOf({ reading, slotMs: ESCALATED_SLOT_MS, rule: noncomplianceDeadline }),
    kind: "deescalated",
    reason: "date-moved-later",
    severity: "warning",
    previousSeverity: "error",
    previousDateMs: SILENT_DATES.nonComplianceDeadline.atMs,
  });
}

function toOutgoing(channel: string, facts: NotificationFacts): OutgoingNotification {
  return {
    id: notificationId(facts, channel),
    facts,
    isFirstNotice: false,
    sentAtMs: facts.observedAtMs + 2 * SECOND_MS,
  };
}

/** Gathers what the poll of a slot would: measured and worded by the rule itself. */
function factsOf(poll: {
  readonly reading: PartnerReading;
  readonly slotMs: number;
  readonly rule?: Rule;
}): Omit<NotificationFacts, "kind" | "reason" | "severity"> {
  const { reading, slotMs, rule = heartbeatAge } = poll;
  const observedAtMs = slotMs + 2 * SECOND_MS;
  const input = { reading, observedAtMs, nowMs: observedAtMs, firstSeenAtMs: 0, absentPolls: 0 };
  const alertKey = digest(`${TENANT.tenantId}\n${reading.connectionId}\n${rule.id}`);
  const evaluation = rule.evaluate(input, rule.defaults.limits);
  const verdictNote = compareVerdicts(reading, evaluation.verdict === "breach" ? evaluation.severity : "ok");
  const { lastContact, nonComplianceDeadline, removalDeadline } = reading;
  return {
    ...TENANT,
    connectionKey: digest(reading.connectionId),
    connectionId: reading.connectionId,
    connectionKind: reading.kind,
    connectionName: reading.displayName,
    ruleId: rule.id,
    alertKey,
    episode: `${alertKey}-${FIRED_SLOT_MS}`,
    slotMs,
    observedAtMs,
    firedSlotMs: FIRED_SLOT_MS,
    evaluation,
    standing: { standing: "active" },
    reportedState: reading.state,
    consequence: rule.consequence(input),
    remedy: rule.remedy,
    portalPage: portalPage(reading),
    ...(verdictNote === undefined ? {} : { verdictNote }),
    lastContact,
    nonComplianceDeadline,
    removalDeadline,
  };
}

function aReading(
  displayName: string,
  dates: Pick<PartnerReading, "lastContact" | "nonComplianceDeadline" | "removalDeadline">,
): PartnerReading {
  return {
    kind: "device-management-partner",
    connectionId: "device-management-partner:0a7c1d9e-5b2f-4b57-8f7a-1c6f3e0d9b42",
    displayName,
    problems: [],
    state: "enabled",
    isConfigured: true,
    onboarded: {},
    assignments: {},
    ...dates,
  };
}

function aMoment(atMs: number): Moment {
  return { atMs, asSent: toIso(atMs) };
}
