import { type ConnectionRow, toRows } from "../../../dashboard/model/connection-row.ts";
import type { AlertBody } from "../../../src/http/contract/alerts.ts";
import type { ConnectionBody, ConnectionsBody } from "../../../src/http/contract/connections.ts";
import type { IntervalBody, SnapshotBody } from "../../../src/http/contract/history.ts";

/** Now, wherever a test needs one. */
export const NOW = Date.parse("2026-11-22T12:00:00Z");

/** An instant so many hours before now, or after it when negative. */
export function hoursAgo(hours: number): string {
  return new Date(NOW - hours * 3_600_000).toISOString();
}

/** A compliance partner that is well. */
export function aConnection(changes: Partial<ConnectionBody> = {}): ConnectionBody {
  return {
    connectionKey: "a".repeat(32),
    verdict: "ok",
    portalPage: "Tenant administration",
    standing: "active",
    lastContactDateTime: hoursAgo(3),
    deadlines: [],
    thresholds: [
      { ruleId: "heartbeat-age", severity: "warning", side: "after", duration: "P1DT12H" },
      { ruleId: "heartbeat-age", severity: "error", side: "from", duration: "P3D" },
    ],
    ruleLimits: [
      {
        ruleId: "heartbeat-age",
        enabled: true,
        limits: { warnAfter: "P1DT12H", errorFrom: "P3D", criticalFrom: "P7D" },
      },
    ],
    observedDateTime: hoursAgo(0),
    firstSeenDateTime: hoursAgo(900),
    lastSeenDateTime: hoursAgo(0),
    alerts: [],
    reading: {
      kind: "compliance-management-partner",
      connectionId: "compliance-management-partner:1",
      displayName: "Jamf",
      state: "enabled",
      onboarded: {},
      assignments: {},
      problems: [],
    },
    ...changes,
  };
}

/** A connection of that name. */
export function named(displayName: string, changes: Partial<ConnectionBody> = {}): ConnectionBody {
  const connection = aConnection(changes);
  return { ...connection, connectionKey: displayName, reading: { ...connection.reading, displayName } };
}

/** One of our own sources. */
export function aSource(changes: Partial<ConnectionBody> = {}): ConnectionBody {
  return aConnection({
    reading: {
      kind: "source",
      connectionId: "source:connectorStatus",
      displayName: "Connector status",
      sourceId: "connectorStatus",
      outcome: "read",
      failedPolls: 0,
      rowCount: 3,
      problems: [],
    },
    ...changes,
  });
}

/** A silence of nine days that fires. */
export function anAlert(changes: Partial<AlertBody> = {}): AlertBody {
  return {
    ruleId: "heartbeat-age",
    title: "Heartbeat is late",
    consequence: "It goes on.",
    remedy: "Look at it.",
    measure: "failed polls",
    alertKey: "b".repeat(32),
    phase: "firing",
    severity: "error",
    sinceDateTime: hoursAgo(100),
    evaluation: {
      verdict: "breach",
      reason: "silent",
      severity: "error",
      measured: { unit: "duration", value: "P9D" },
      threshold: { unit: "duration", value: "P3D" },
    },
    quiet: [],
    told: [],
    ...changes,
  };
}

/** The answer of one tenant. */
export function aTenant(value: readonly ConnectionBody[], changes: Partial<ConnectionsBody> = {}): ConnectionsBody {
  return {
    tenantId: "t1",
    tenantName: "Contoso",
    lastPoll: { slotDateTime: hoursAgo(0), observedDateTime: hoursAgo(0), period: "PT15M", sources: {} },
    value,
    unreadable: [],
    ...changes,
  };
}

/** The lines of a tenant with these connections. */
export function rowsOf(...value: readonly ConnectionBody[]): readonly ConnectionRow[] {
  return toRows(aTenant(value), NOW);
}

/** An interval of a connection as a whole. */
export function anInterval(changes: Partial<IntervalBody> = {}): IntervalBody {
  return { state: "ok", startDateTime: hoursAgo(24), quiet: [], maintenance: [], ...changes };
}

/** What was read of a partner so many hours ago, with its contact so many hours ago. */
export function aSnapshot(readHoursAgo: number, contactHoursAgo: number | undefined): SnapshotBody {
  const dateTime = hoursAgo(contactHoursAgo ?? 0);
  return {
    connectionKey: "a".repeat(32),
    slotDateTime: hoursAgo(readHoursAgo),
    observedDateTime: hoursAgo(readHoursAgo),
    reading: {
      kind: "compliance-management-partner",
      connectionId: "compliance-management-partner:1",
      displayName: "Jamf",
      state: "enabled",
      onboarded: {},
      assignments: {},
      problems: [],
      lastContact: contactHoursAgo === undefined ? null : { dateTime, asSent: dateTime },
    },
  };
}
