import type { AlertState } from "../../../../src/domain/alerts/alert-state.ts";
import type { PartnerKind, PartnerReading, SourceReading } from "../../../../src/domain/connections/reading.ts";
import type { Change, ConnectionEvent } from "../../../../src/domain/history/connection-event.ts";
import type { ChangeOf } from "../../../../src/domain/history/dated-changes.ts";
import type { ConnectionRecord } from "../../../../src/domain/history/recall-connection.ts";
import type { ConnectionState } from "../../../../src/domain/poll/connection-state.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";

/** The polls of these tests, counted from the beginning of time, come every minute. */
export const PERIOD_MS = MINUTE_MS;

/** The instant of a minute. */
export function minute(n: number): number {
  return n * MINUTE_MS;
}

/** A partner of which nothing is said. */
export function aPartner(kind: PartnerKind = "compliance-management-partner"): PartnerReading {
  return {
    kind,
    connectionId: `${kind}:1`,
    displayName: "Contoso Bridge",
    state: "enabled",
    lastContact: undefined,
    onboarded: {},
    assignments: {},
    problems: [],
  };
}

/** A partner, seen from minute 0 to minute 100. */
export function aState(overrides: Partial<ConnectionState> = {}): ConnectionState {
  return {
    connectionKey: "c",
    reading: aPartner(),
    observedAtMs: minute(100),
    standing: { standing: "active" },
    alerts: {},
    lastSlotMs: minute(100),
    lastCountedSlotMs: minute(100),
    firstSeenAtMs: minute(0),
    lastSeenAtMs: minute(100),
    absentPolls: 0,
    ...overrides,
  };
}

/** A source that was read well at minute 100. */
export function aSourceReading(overrides: Partial<SourceReading> = {}): SourceReading {
  return {
    kind: "source",
    connectionId: "source:complianceManagementPartners",
    displayName: "Compliance management partners",
    sourceId: "complianceManagementPartners",
    outcome: "read",
    failedPolls: 0,
    lastGoodAtMs: minute(100),
    rowCount: 1,
    problems: [],
    ...overrides,
  };
}

/** The state of that source. */
export function aSource(overrides: Partial<SourceReading> = {}): ConnectionState {
  return aState({ reading: aSourceReading(overrides) });
}

/** What changed in one minute. */
export function anEvent(atMinute: number, ...changes: readonly Change[]): ConnectionEvent {
  return {
    connectionKey: "c",
    connectionId: "compliance-management-partner:1",
    displayName: "Contoso Bridge",
    slotMs: minute(atMinute),
    observedAtMs: minute(atMinute),
    changes,
  };
}

/** An alert that begins to fire. */
export function anAlertChange(overrides: Partial<ChangeOf<"alert">> = {}): ChangeOf<"alert"> {
  return {
    type: "alert",
    ruleId: "heartbeat-age",
    from: "inactive",
    to: "firing",
    severity: "error",
    reason: "confirmed",
    episode: "e-1",
    told: {},
    ...overrides,
  };
}

/** An alert that fires. */
export function anAlert(overrides: Partial<AlertState> = {}): AlertState {
  return {
    ruleId: "heartbeat-age",
    alertKey: "a",
    phase: "firing",
    sinceSlotMs: minute(1),
    severity: "error",
    breaches: 3,
    oks: 0,
    episode: { id: "e-1", firedSlotMs: minute(1) },
    told: {},
    ...overrides,
  };
}

/** A connection to which nothing ever happened; events are given oldest first. */
export function aRecord(overrides: Partial<ConnectionRecord> = {}): ConnectionRecord {
  const { events = [], sourceEvents = [], tenantEvents = [] } = overrides;
  return {
    state: aState(),
    isLive: true,
    tenant: undefined,
    source: aSource(),
    periodMs: PERIOD_MS,
    ...overrides,
    events: events.toReversed(),
    sourceEvents: sourceEvents.toReversed(),
    tenantEvents: tenantEvents.toReversed(),
  };
}
