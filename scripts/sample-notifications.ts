import { digest } from "../src/adapters/system/digest.ts";
import { portalPage } from "../src/domain/connections/portal-page.ts";
import type { PartnerReading } from "../src/domain/connections/reading.ts";
import { type NotificationFacts, type NotificationKind, notificationId } from "../src/domain/delivery/notification.ts";
import { compareVerdicts } from "../src/domain/rules/compare-verdicts.ts";
import { heartbeatAge } from "../src/domain/rules/heartbeat-age.ts";
import type { Severity } from "../src/domain/rules/rule.ts";
import { type Moment, toIso } from "../src/domain/time.ts";
import { DAY_MS, HOUR_MS, SECOND_MS } from "../src/domain/units.ts";
import type { OutgoingNotification } from "../src/ports/notifier.ts";

/** What a channel is told of one episode, in order. */
export type SampleNotifications = Readonly<Record<NotificationKind, OutgoingNotification>>;

/** 18 November 2026, 16:00 UTC: when the partner was last heard of. */
const SILENT_SINCE_MS = Date.UTC(2026, 10, 18, 16);
const FIRED_SLOT_MS = SILENT_SINCE_MS + 36.5 * HOUR_MS;
const ESCALATED_SLOT_MS = SILENT_SINCE_MS + 72.25 * HOUR_MS;
const RESOLVED_SLOT_MS = SILENT_SINCE_MS + 90 * HOUR_MS;

const TENANT = { tenantId: "5f4c7a52-0d0b-4c1e-9d7e-2b8a51c0a001", tenantName: "Contoso" };

/** Makes the notifications of a partner that falls silent, for which Intune sets two dates, and that comes back. */
export function sampleNotifications(channel: string): SampleNotifications {
  const silent = aReading({
    lastContact: aMoment(SILENT_SINCE_MS),
    nonComplianceDeadline: aMoment(SILENT_SINCE_MS + 14 * DAY_MS),
    removalDeadline: aMoment(SILENT_SINCE_MS + 28 * DAY_MS),
  });
  const back = aReading({ lastContact: aMoment(RESOLVED_SLOT_MS - HOUR_MS) });
  const toOutgoing = (facts: NotificationFacts): OutgoingNotification => ({
    id: notificationId(facts, channel),
    facts,
    isFirstNotice: false,
    sentAtMs: facts.observedAtMs + 2 * SECOND_MS,
  });
  const fired = factsOf({ kind: "fired", reading: silent, slotMs: FIRED_SLOT_MS, severity: "warning" });
  const escalated = factsOf({ kind: "escalated", reading: silent, slotMs: ESCALATED_SLOT_MS, severity: "error" });
  const resolved = factsOf({ kind: "resolved", reading: back, slotMs: RESOLVED_SLOT_MS, severity: "error" });
  return {
    fired: toOutgoing(fired),
    escalated: toOutgoing({ ...escalated, previousSeverity: fired.severity }),
    resolved: toOutgoing({ ...resolved, endReason: "recovered" }),
  };
}

/** Gathers what the poll of a slot would: measured and worded by the rule itself. */
function factsOf(poll: {
  readonly kind: NotificationKind;
  readonly reading: PartnerReading;
  readonly slotMs: number;
  readonly severity: Severity;
}): NotificationFacts {
  const { kind, reading, slotMs, severity } = poll;
  const observedAtMs = slotMs + 2 * SECOND_MS;
  const input = { reading, observedAtMs, nowMs: observedAtMs, firstSeenAtMs: 0, absentPolls: 0 };
  const alertKey = digest(`${TENANT.tenantId}\n${reading.connectionId}\n${heartbeatAge.id}`);
  const verdictNote = compareVerdicts(reading, kind === "resolved" ? "ok" : severity);
  const { lastContact, nonComplianceDeadline, removalDeadline } = reading;
  return {
    ...TENANT,
    connectionKey: digest(reading.connectionId),
    connectionId: reading.connectionId,
    connectionKind: reading.kind,
    connectionName: reading.displayName,
    ruleId: heartbeatAge.id,
    alertKey,
    episode: `${alertKey}-${FIRED_SLOT_MS}`,
    kind,
    severity,
    slotMs,
    observedAtMs,
    firedSlotMs: FIRED_SLOT_MS,
    evaluation: heartbeatAge.evaluate(input, heartbeatAge.defaults.limits),
    standing: { standing: "active" },
    reportedState: reading.state,
    consequence: heartbeatAge.consequence(input),
    remedy: heartbeatAge.remedy,
    portalPage: portalPage(reading),
    ...(verdictNote === undefined ? {} : { verdictNote }),
    lastContact,
    nonComplianceDeadline,
    removalDeadline,
  };
}

function aReading(dates: Pick<PartnerReading, "lastContact" | "nonComplianceDeadline" | "removalDeadline">) {
  return {
    kind: "device-management-partner",
    connectionId: "device-management-partner:0a7c1d9e-5b2f-4b57-8f7a-1c6f3e0d9b42",
    displayName: "Jamf Pro",
    problems: [],
    state: "enabled",
    isConfigured: true,
    onboarded: {},
    assignments: {},
    ...dates,
  } as const satisfies PartnerReading;
}

function aMoment(atMs: number): Moment {
  return { atMs, asSent: toIso(atMs) };
}
