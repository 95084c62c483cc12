import { toIso } from "../../src/domain/time.ts";

/** A row of complianceManagementPartners as Graph sends it; `beatMs` undefined means never. */
export function aCompliancePartnerRow(
  row: { readonly id?: string; readonly name?: string; readonly state?: string; readonly beatMs?: number } = {},
): object {
  const {
    id = "00000000-0000-4000-8000-000000000021",
    name = "Jamf Device Compliance",
    state = "enabled",
    beatMs,
  } = row;
  return {
    id,
    displayName: name,
    partnerState: state,
    lastHeartbeatDateTime: beatMs === undefined ? "0001-01-01T00:00:00Z" : toIso(beatMs),
    macOsOnboarded: true,
    androidOnboarded: false,
    iosOnboarded: false,
    macOsEnrollmentAssignments: [],
    androidEnrollmentAssignments: [],
    iosEnrollmentAssignments: [],
  };
}

/** A row of deviceManagementPartners as Graph sends it. */
export function aManagementPartnerRow(
  row: {
    readonly id?: string;
    readonly name?: string;
    readonly state?: string;
    readonly beatMs?: number;
    readonly removalMs?: number;
    readonly isConfigured?: boolean;
  } = {},
): object {
  const {
    id = "00000000-0000-4000-8000-000000000001",
    name = "Contoso Bridge",
    state = "enabled",
    isConfigured = true,
  } = row;
  return {
    id,
    displayName: name,
    isConfigured,
    partnerState: state,
    partnerAppType: "multiTenantApp",
    singleTenantAppId: null,
    lastHeartbeatDateTime: row.beatMs === undefined ? "0001-01-01T00:00:00Z" : toIso(row.beatMs),
    whenPartnerDevicesWillBeRemovedDateTime: row.removalMs === undefined ? null : toIso(row.removalMs),
    whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: null,
    groupsRequiringPartnerEnrollment: [],
  };
}

/** A row of connectorStatus as Graph sends it. */
export function aConnectorRow(row: {
  readonly name?: string;
  readonly instanceId?: string;
  readonly status?: string;
  readonly atMs: number;
}): object {
  const { name = "vppTokenExpirationDateTime", instanceId = null, status = "healthy", atMs } = row;
  return { connectorName: name, connectorInstanceId: instanceId, status, eventDateTime: toIso(atMs) };
}
