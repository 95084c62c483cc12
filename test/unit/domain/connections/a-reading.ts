import type {
  ChannelReading,
  ConnectorReading,
  FleetReading,
  PartnerReading,
  SourceReading,
  TenantReading,
  TenantWatchReading,
} from "../../../../src/domain/connections/reading.ts";
import type { ParseContext } from "../../../../src/domain/connections/row.ts";
import { type Moment, toIso } from "../../../../src/domain/time.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { digest } from "../../../builders/a-policy.ts";

/** The instant at which the constructed samples are evaluated: 2026-07-23T17:00:00Z. */
export const NOW_MS = 1_784_826_000_000;

/** What a parser is given when nothing else matters. */
export const PARSE_CONTEXT: ParseContext = { observedAtMs: NOW_MS, digest };

/** A date as Graph would have sent it. */
export function at(atMs: number): Moment {
  return { atMs, asSent: toIso(atMs) };
}

/** An enabled management partner that beat an hour ago and has no deadline. */
export function aPartner(overrides: Partial<PartnerReading> = {}): PartnerReading {
  return {
    kind: "device-management-partner",
    connectionId: "device-management-partner:00000000-0000-4000-8000-000000000002",
    displayName: "Contoso Endpoint Bridge",
    state: "enabled",
    lastContact: at(NOW_MS - HOUR_MS),
    isConfigured: true,
    nonComplianceDeadline: "never",
    removalDeadline: "never",
    onboarded: {},
    assignments: {},
    problems: [],
    ...overrides,
  };
}

/** An enabled compliance partner for macOS that beat an hour ago. */
export function aCompliancePartner(overrides: Partial<PartnerReading> = {}): PartnerReading {
  return {
    kind: "compliance-management-partner",
    connectionId: "compliance-management-partner:00000000-0000-4000-8000-000000000021",
    displayName: "Jamf Device Compliance",
    state: "enabled",
    lastContact: at(NOW_MS - HOUR_MS),
    nonComplianceDeadline: undefined,
    removalDeadline: undefined,
    onboarded: { macOs: true },
    assignments: {},
    problems: [],
    ...overrides,
  };
}

/** A healthy connector that synced an hour ago. */
export function aConnector(overrides: Partial<ConnectorReading> = {}): ConnectorReading {
  const { connectorName = "vppTokenLastSyncDateTime" } = overrides;
  return {
    kind: "connector",
    connectionId: `connector:${connectorName}:default`,
    displayName: "Apple VPP token sync",
    connectorName,
    meaning: "sync",
    reportedHealth: "healthy",
    eventDate: at(NOW_MS - HOUR_MS),
    problems: [],
    ...overrides,
  };
}

/** A source that was just read. */
export function aSource(overrides: Partial<SourceReading> = {}): SourceReading {
  return {
    kind: "source",
    connectionId: "source:deviceManagementPartners",
    displayName: "Device management partners",
    sourceId: "deviceManagementPartners",
    outcome: "read",
    failedPolls: 0,
    lastGoodAtMs: NOW_MS,
    rowCount: 3,
    problems: [],
    ...overrides,
  };
}

/** A tenant that was just read. */
export function aTenant(overrides: Partial<TenantReading> = {}): TenantReading {
  return {
    kind: "tenant",
    connectionId: "tenant:00000000-0000-4000-8000-0000000000a1",
    displayName: "Contoso",
    readable: true,
    failedPolls: 0,
    lastGoodAtMs: NOW_MS,
    problems: [],
    ...overrides,
  };
}

/** Four tenants that were all just read. */
export function aFleet(overrides: Partial<FleetReading> = {}): FleetReading {
  return {
    kind: "fleet",
    connectionId: "fleet",
    displayName: "Microsoft Graph",
    tenantCount: 4,
    unreadableCount: 0,
    lastGoodAtMs: NOW_MS,
    problems: [],
    ...overrides,
  };
}

/** A tenant that was just polled, as it is every 15 minutes. */
export function aTenantWatch(overrides: Partial<TenantWatchReading> = {}): TenantWatchReading {
  return {
    kind: "tenant-watch",
    connectionId: "tenant:00000000-0000-4000-8000-0000000000a1",
    displayName: "Contoso",
    periodMs: HOUR_MS / 4,
    waitingSinceMs: NOW_MS,
    unreadableRows: 0,
    lastGoodAtMs: NOW_MS,
    problems: [],
    ...overrides,
  };
}

/** A channel that never failed. */
export function aChannel(overrides: Partial<ChannelReading> = {}): ChannelReading {
  return {
    kind: "channel",
    connectionId: "channel:ops",
    displayName: "ops",
    failures: 0,
    isOpen: false,
    problems: [],
    ...overrides,
  };
}
