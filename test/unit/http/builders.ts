import type { AlertState } from "../../../src/domain/alerts/alert-state.ts";
import type { ConnectorReading, PartnerReading, SourceReading } from "../../../src/domain/connections/reading.ts";
import type { SourceId } from "../../../src/domain/connections/source.ts";
import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { DailyRollup } from "../../../src/domain/history/daily.ts";
import type { Snapshot } from "../../../src/domain/history/snapshot.ts";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import { parseInstant } from "../../../src/domain/time.ts";
import type { HttpInput, HttpReply } from "../../../src/http/http-types.ts";
import { digest } from "../../builders/a-policy.ts";
import { textOf } from "../../builders/text-of.ts";

export const TENANT = { tenantId: "0f8fad5b-d9cb-469f-a165-70867728950e", tenantName: "Contoso" };
export const OTHER_TENANT = { tenantId: "7c9e6679-7425-40de-944b-e07fc1f90ae7", tenantName: "Fabrikam" };

/** Epoch milliseconds of an instant that is known to be right. */
export function at(iso: string): number {
  const atMs = parseInstant(iso);
  if (atMs === undefined)
    throw new TypeError(`Cannot read an instant: RFC 3339 text is wanted, current value is ${iso}`);
  return atMs;
}

/** A request of the given path and query, as the host would pass it. */
export function aRequest(pathAndQuery: string, headers: Readonly<Record<string, string>> = {}): HttpInput {
  const url = new URL(pathAndQuery, "http://127.0.0.1:7071");
  return {
    method: "GET",
    url: url.href,
    query: url.searchParams,
    headers: new Headers(headers),
    params: {},
    text: async () => "",
    invocationId: "invocation-1",
  };
}

/** The body of a JSON reply. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests compare what came, whatever it is
export function bodyOf(reply: HttpReply): any {
  return JSON.parse(textOf(reply) || "null");
}

export const PARTNER_ID = "compliance-management-partner:jamf";

export function aPartner(overrides: Partial<PartnerReading> = {}): PartnerReading {
  return {
    kind: "compliance-management-partner",
    connectionId: PARTNER_ID,
    displayName: "Jamf",
    state: "enabled",
    lastContact: { atMs: at("2026-11-22T09:00:00Z"), asSent: "2026-11-22T09:00:00.0000000Z" },
    onboarded: { ios: true },
    assignments: {},
    problems: [],
    ...overrides,
  };
}

export function aConnector(overrides: Partial<ConnectorReading> = {}): ConnectorReading {
  return {
    kind: "connector",
    connectionId: "connector:apnsExpirationDateTime:default",
    displayName: "Apple push certificate",
    connectorName: "apnsExpirationDateTime",
    meaning: "expiry",
    reportedHealth: "healthy",
    eventDate: { atMs: at("2026-12-01T00:00:00Z"), asSent: "2026-12-01T00:00:00Z" },
    problems: [],
    ...overrides,
  };
}

export function aSource(sourceId: SourceId, overrides: Partial<SourceReading> = {}): SourceReading {
  return {
    kind: "source",
    connectionId: `source:${sourceId}`,
    displayName: sourceId,
    sourceId,
    outcome: "read",
    failedPolls: 0,
    lastGoodAtMs: at("2026-11-22T10:00:20Z"),
    rowCount: 1,
    problems: [],
    ...overrides,
  };
}

/** An alert of a partner gone quiet that fires since 08:00, told to channel `ops`. */
export function anAlert(overrides: Partial<AlertState> = {}): AlertState {
  return {
    ruleId: "heartbeat-age",
    alertKey: "a".repeat(32),
    phase: "firing",
    sinceSlotMs: at("2026-11-22T08:00:00Z"),
    severity: "error",
    breaches: 9,
    oks: 0,
    episode: { id: `${"a".repeat(32)}-1795334400000`, firedSlotMs: at("2026-11-22T08:00:00Z") },
    told: { ops: { severity: "error", slotMs: at("2026-11-22T08:00:00Z") } },
    evaluation: {
      verdict: "breach",
      severity: "error",
      reason: "silent",
      measured: { unit: "duration", ms: 262_800_000 },
      threshold: { unit: "duration", ms: 259_200_000 },
      breachedSinceMs: at("2026-11-22T07:00:00Z"),
    },
    ...overrides,
  };
}

export function aState(overrides: Partial<ConnectionState> = {}): ConnectionState {
  const reading = overrides.reading ?? aPartner();
  return {
    connectionKey: digest(reading.connectionId),
    reading,
    observedAtMs: at("2026-11-22T10:00:20Z"),
    standing: { standing: "active" },
    alerts: {},
    lastSlotMs: at("2026-11-22T10:00:00Z"),
    lastCountedSlotMs: at("2026-11-22T10:00:00Z"),
    firstSeenAtMs: at("2026-11-01T00:00:00Z"),
    lastSeenAtMs: at("2026-11-22T10:00:00Z"),
    absentPolls: 0,
    ...overrides,
  };
}

export function anEvent(overrides: Partial<ConnectionEvent> = {}): ConnectionEvent {
  return {
    connectionKey: digest(PARTNER_ID),
    connectionId: PARTNER_ID,
    displayName: "Jamf",
    slotMs: at("2026-11-22T08:00:00Z"),
    observedAtMs: at("2026-11-22T08:00:20Z"),
    changes: [{ type: "appeared", returned: false }],
    ...overrides,
  };
}

/** A day of the partner that was well for 23 hours. */
export function aDay(overrides: Partial<DailyRollup> = {}): DailyRollup {
  return {
    connectionKey: digest(PARTNER_ID),
    dayMs: at("2026-11-22T00:00:00Z"),
    verdictsMs: { ok: 82_800_000, error: 3_600_000 },
    partsMs: { up: 82_800_000, down: 3_600_000 },
    fired: 1,
    ...overrides,
  };
}

export function aSnapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  return {
    connectionKey: digest(PARTNER_ID),
    slotMs: at("2026-11-22T09:00:00Z"),
    observedAtMs: at("2026-11-22T09:00:20Z"),
    reading: aPartner(),
    ...overrides,
  };
}
