import type { CompliancePartnerRow, ConnectorRow, Corruption, DevicePartnerRow } from "../scenarios/rows.ts";
import type { TenantState } from "../scenarios/state-at.ts";
import type { Payload } from "./answer.ts";
import type { SourcePath } from "./fault.schema.ts";
import { type ApiVersion, platformsOf } from "./resources.ts";

/** How Graph writes "never" where a date cannot be null. Source: reference/graph.md section 3.4. */
const NEVER = "0001-01-01T00:00:00Z";

/** The version whose fields are wanted, and the epoch ms of the scenario's zero. */
export interface WireForm {
  readonly version: ApiVersion;
  readonly zeroMs: number;
}

/** Returns the rows of one source as Graph writes them: without `@odata.type`, nested targets with it. */
export function wireRows(state: TenantState, source: SourcePath, form: WireForm): readonly Payload[] {
  switch (source) {
    case "deviceManagementPartners":
      return state.deviceManagementPartners.map((row) => corrupted(devicePartner(row, form), row.corruption));
    case "complianceManagementPartners":
      return state.complianceManagementPartners.map((row) => corrupted(compliancePartner(row, form), row.corruption));
    case "connectorStatus":
      return state.connectorStatus.map((row) => corrupted(connector(row, form), row.corruption));
  }
}

function devicePartner(row: DevicePartnerRow, form: WireForm): Payload {
  return {
    id: row.id,
    lastHeartbeatDateTime: toDate(row.lastBeatMs, form) ?? NEVER,
    partnerState: row.state,
    partnerAppType: row.appId === undefined ? "multiTenantApp" : "singleTenantApp",
    singleTenantAppId: row.appId ?? null,
    displayName: row.name,
    isConfigured: row.isConfigured,
    whenPartnerDevicesWillBeRemovedDateTime: toDate(row.removalMs, form),
    whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: toDate(row.noncomplianceMs, form),
    groupsRequiringPartnerEnrollment: row.assignments.map((text) => toAssignment(text, form)),
  };
}

function compliancePartner(row: CompliancePartnerRow, form: WireForm): Payload {
  const onboarded = new Set<string>(row.platforms);
  const assignments = row.assignments.map((text) => toAssignment(text, form));
  const platforms = platformsOf(form.version);
  return {
    id: row.id,
    lastHeartbeatDateTime: toDate(row.lastBeatMs, form) ?? NEVER,
    partnerState: row.state,
    displayName: row.name,
    ...Object.fromEntries(platforms.map((platform) => [`${platform}Onboarded`, onboarded.has(platform)])),
    ...Object.fromEntries(
      platforms.map((platform) => [`${platform}EnrollmentAssignments`, onboarded.has(platform) ? assignments : []]),
    ),
  };
}

function connector(row: ConnectorRow, form: WireForm): Payload {
  return {
    connectorName: row.connectorName,
    connectorInstanceId: row.instanceId ?? null,
    status: row.status,
    eventDateTime: toDate(row.eventMs, form) ?? NEVER,
  };
}

/** `all-users`, `all-devices`, `group:<guid>` or `not-group:<guid>` as a target; beta adds the filter fields. */
function toAssignment(text: string, form: WireForm): Payload {
  const [kind = "", groupId] = text.split(":");
  const types: Readonly<Record<string, string>> = {
    "all-users": "allLicensedUsersAssignmentTarget",
    "all-devices": "allDevicesAssignmentTarget",
    group: "groupAssignmentTarget",
    "not-group": "exclusionGroupAssignmentTarget",
  };
  const filter = { deviceAndAppManagementAssignmentFilterId: null, deviceAndAppManagementAssignmentFilterType: "none" };
  return {
    target: {
      "@odata.type": `#microsoft.graph.${types[kind] ?? kind}`,
      ...(form.version === "beta" ? filter : {}),
      ...(groupId === undefined ? {} : { groupId }),
    },
  };
}

/** Live dates end in `Z` and have no fraction or up to 7 digits. Source: reference/graph.md section 3.4. */
function toDate(elapsedMs: number | undefined, form: WireForm): string | null {
  if (elapsedMs === undefined) {
    return null;
  }
  const text = new Date(form.zeroMs + elapsedMs).toISOString();
  return text.endsWith(".000Z") ? text.replace(".000Z", "Z") : text.replace("Z", "0000Z");
}

function corrupted(row: Payload, corruption: Corruption | undefined): Payload {
  if (corruption === undefined) {
    return row;
  }
  const entries = Object.entries({ ...row, ...corruption.fields });
  return Object.fromEntries(entries.filter(([key]) => !corruption.omit.includes(key)));
}
