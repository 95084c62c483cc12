import type { AlertState } from "../../../src/domain/alerts/alert-state.ts";
import type {
  ConnectorReading,
  PartnerReading,
  SourceReading,
  TenantReading,
} from "../../../src/domain/connections/reading.ts";
import { type Delivery, notificationId, type OutboxRow } from "../../../src/domain/delivery/notification.ts";
import type { AuditEntry } from "../../../src/domain/history/audit-entry.ts";
import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { DailyRollup } from "../../../src/domain/history/daily.ts";
import type { Snapshot } from "../../../src/domain/history/snapshot.ts";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { ConnectionWrite, Head } from "../../../src/domain/poll/poll-plan.ts";
import type { TenantOverview } from "../../../src/domain/poll/tenant-overview.ts";
import type { Acknowledgement } from "../../../src/domain/suppression/acknowledgement.ts";
import type { Silence } from "../../../src/domain/suppression/silence.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { anOutboxRow, SLOT_MS } from "../../builders/a-notification.ts";

export { anOutboxRow, SLOT_MS };

/** The tenant of a test that needs only one. */
export const TENANT = "00000000-0000-4000-8000-0000000000a1";

/** The key of the n-th connection: 32 hexadecimal digits, in the order of n. */
export function keyOf(n: number): string {
  return n.toString(16).padStart(32, "0");
}

/** Texts that break a store which does not treat text as text. */
export const HOSTILE_TEXTS: readonly { readonly label: string; readonly text: string }[] = [
  { label: "emoji and scripts", text: "👩‍🔧 Jämf \u05d0\u0628 中文" },
  { label: "control characters", text: "\u0000\u0001\b\t\n\r\u001f\u007f\u0085" },
  { label: "lone surrogates", text: "a\ud83d b\udc69 c" },
  { label: "characters that XML and lines know", text: "\u2028\u2029\ufeff\ufffe\uffff<&>\"'" },
  { label: "256 characters of three bytes", text: "中".repeat(256) },
  { label: "quotes and backslashes", text: `\\"'''\\\\u0000 %27 %00 ''` },
  {
    label: "parts of a transaction",
    text: "\r\n--changeset_x\r\nDELETE /t(RowKey='a~if-match~ab') HTTP/1.1\r\nIf-Match: *\r\n",
  },
  { label: "a JSON object", text: '{"odata.error":{"code":"x"},"__proto__":{}}' },
  { label: "nothing", text: "" },
];

/** A partner with every member set. */
export function aPartner(overrides: Partial<PartnerReading> = {}): PartnerReading {
  const moment = { atMs: SLOT_MS - HOUR_MS, asSent: "2026-11-22T03:00:00.0000000Z" };
  return {
    kind: "device-management-partner",
    connectionId: "device-management-partner:1",
    displayName: "Contoso Bridge",
    problems: [{ code: "unknown-enum", property: "partnerState", asSent: "resting" }],
    state: "unknown",
    stateAsSent: "resting",
    lastContact: moment,
    isConfigured: true,
    appType: "multiTenantApp",
    appId: "00000000-0000-4000-8000-000000000099",
    nonComplianceDeadline: "never",
    removalDeadline: moment,
    onboarded: { android: true, ios: false },
    assignments: { enrollment: { targets: [{ type: "group", targetId: "g1" }], count: 1, digest: "d" } },
    ...overrides,
  };
}

/** A connector with every member set. */
export function aConnector(overrides: Partial<ConnectorReading> = {}): ConnectorReading {
  return {
    kind: "connector",
    connectionId: "connector:applePushNotificationServiceExpirationDateTime:default",
    displayName: "Apple push certificate",
    problems: [],
    connectorName: "applePushNotificationServiceExpirationDateTime",
    instanceId: "i",
    meaning: "expiry",
    reportedHealth: "unknown",
    reportedHealthAsSent: "poorly",
    eventDate: "never",
    ...overrides,
  };
}

/** A source that could not be read. */
export function aSource(overrides: Partial<SourceReading> = {}): SourceReading {
  return {
    kind: "source",
    connectionId: "source:connectorStatus",
    displayName: "connectorStatus",
    problems: [],
    sourceId: "connectorStatus",
    outcome: "unreadable",
    reason: "forbidden",
    detail: "DeviceManagementServiceConfig.Read.All is missing",
    failedPolls: 2,
    lastGoodAtMs: SLOT_MS - HOUR_MS,
    failingSinceMs: SLOT_MS - MINUTE_MS,
    rowCount: 3,
    ...overrides,
  };
}

/** A tenant that could be read. */
export function aTenant(overrides: Partial<TenantReading> = {}): TenantReading {
  return {
    kind: "tenant",
    connectionId: `tenant:${TENANT}`,
    displayName: "Contoso",
    problems: [],
    readable: true,
    failedPolls: 0,
    ...overrides,
  };
}

/** A firing alert with every member set. */
export function anAlert(overrides: Partial<AlertState> = {}): AlertState {
  return {
    ruleId: "heartbeat-age",
    alertKey: "a".repeat(32),
    phase: "firing",
    sinceSlotMs: SLOT_MS,
    severity: "error",
    breaches: 2,
    oks: 0,
    firstOkSlotMs: SLOT_MS,
    episode: { id: `${"a".repeat(32)}-${SLOT_MS}`, firedSlotMs: SLOT_MS },
    told: { ops: { severity: "error", slotMs: SLOT_MS } },
    old: true,
    evaluation: {
      verdict: "breach",
      severity: "error",
      reason: "heartbeat-too-old",
      measured: { unit: "duration", ms: 76 * HOUR_MS },
      threshold: { unit: "date", atMs: SLOT_MS },
      breachedSinceMs: SLOT_MS - HOUR_MS,
    },
    ...overrides,
  };
}

/** The state of the first connection, freshly seen. */
export function aState(overrides: Partial<ConnectionState> = {}): ConnectionState {
  return {
    connectionKey: keyOf(1),
    reading: aPartner(),
    observedAtMs: SLOT_MS + 2_000,
    standing: { standing: "active" },
    alerts: { "heartbeat-age": anAlert() },
    lastSlotMs: SLOT_MS,
    lastCountedSlotMs: SLOT_MS,
    firstSeenAtMs: SLOT_MS - HOUR_MS,
    lastSeenAtMs: SLOT_MS,
    absentPolls: 0,
    ...overrides,
  };
}

/** What a poll leaves behind. */
export function aHead(overrides: Partial<Head> = {}): Head {
  return {
    lastSlotMs: SLOT_MS,
    observedAtMs: SLOT_MS + 2_000,
    periodMs: 15 * MINUTE_MS,
    sources: { connectorStatus: "read" },
    connectorStatusForm: "select",
    ...overrides,
  };
}

/** A stored reading of the first connection. */
export function aSnapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  return { connectionKey: keyOf(1), slotMs: SLOT_MS, observedAtMs: SLOT_MS + 2_000, reading: aPartner(), ...overrides };
}

/** A day of the first connection that is over. */
export function aDay(overrides: Partial<DailyRollup> = {}): DailyRollup {
  return {
    connectionKey: keyOf(1),
    dayMs: SLOT_MS,
    verdictsMs: { ok: 20 * HOUR_MS, error: 3 * HOUR_MS, unknown: HOUR_MS },
    partsMs: { up: 20 * HOUR_MS, down: 2 * HOUR_MS, maintenance: HOUR_MS, unknown: HOUR_MS },
    fired: 1,
    ...overrides,
  };
}

/** An event of the first connection. */
export function anEvent(overrides: Partial<ConnectionEvent> = {}): ConnectionEvent {
  return {
    connectionKey: keyOf(1),
    connectionId: "device-management-partner:1",
    displayName: "Contoso Bridge",
    slotMs: SLOT_MS,
    observedAtMs: SLOT_MS + 2_000,
    lastContactMs: SLOT_MS - HOUR_MS,
    changes: [{ type: "appeared", returned: false }],
    ...overrides,
  };
}

/** The write of a connection seen for the first time, with nothing but its state. */
export function anInsert(overrides: Partial<ConnectionState> = {}): ConnectionWrite {
  return { state: { op: "insert", state: aState(overrides), returned: false }, outbox: [] };
}

/** A silence with every matcher set. */
export function aSilence(overrides: Partial<Silence> = {}): Silence {
  return {
    id: "s-1",
    match: { connection: "Jamf*", kind: "connector", rule: "*-age", severity: "error" },
    fromMs: SLOT_MS,
    untilMs: SLOT_MS + HOUR_MS,
    by: "anna@contoso.example",
    reason: "firewall change",
    writtenAtMs: SLOT_MS,
    ...overrides,
  };
}

/** An acknowledgement of the first alert. */
export function anAcknowledgement(overrides: Partial<Acknowledgement> = {}): Acknowledgement {
  return {
    alertKey: keyOf(1),
    episode: `${keyOf(1)}-${SLOT_MS}`,
    writtenAtMs: SLOT_MS,
    untilMs: SLOT_MS + HOUR_MS,
    by: "anna@contoso.example",
    reason: "on it",
    ...overrides,
  };
}

/** The record that a person did something. */
export function anAudit(overrides: Partial<AuditEntry> = {}): AuditEntry {
  const by = { by: "anna@contoso.example", byVerified: true };
  return { id: "a-1", atMs: SLOT_MS, ...by, action: "silence", target: "s-1", reason: "firewall change", ...overrides };
}

/** The record of a delivered notification. */
export function aDelivery(row: OutboxRow, overrides: Partial<Delivery> = {}): Delivery {
  return {
    id: notificationId(row.facts, row.channel),
    facts: row.facts,
    channel: row.channel,
    outcome: "delivered",
    attempts: 1,
    settledAtMs: SLOT_MS + 3_000,
    ...overrides,
  };
}

/** A tenant's line with one connection. */
export function anOverview(overrides: Partial<TenantOverview> = {}): TenantOverview {
  return {
    tenantId: TENANT,
    tenantName: "Contoso",
    lastSlotMs: SLOT_MS,
    observedAtMs: SLOT_MS + 2_000,
    periodMs: 15 * MINUTE_MS,
    openAlerts: { info: 0, warning: 1, error: 2, critical: 0 },
    worstSeverity: "error",
    standings: { active: 4, "not-configured": 1, retired: 0, ignored: 0 },
    blindSources: ["connectorStatus: forbidden"],
    unreadableRows: 0,
    connections: [
      {
        connectionKey: keyOf(1),
        kind: "connector",
        name: "Apple push certificate",
        standing: "active",
        expiryMs: SLOT_MS,
        alerts: [
          { ruleId: "expiry", phase: "firing", severity: "error", alertKey: "e".repeat(32), sinceSlotMs: SLOT_MS },
        ],
      },
    ],
    more: 0,
    ...overrides,
  };
}
