import { defined } from "../defined.ts";
import { connectionId } from "./connection-id.ts";
import { describeValue } from "./describe-value.ts";
import { mergeProblems } from "./merge-problems.ts";
import { parseAssignments } from "./parse-assignments.ts";
import {
  type Assignments,
  instantOf,
  PARTNER_STATES,
  type PartnerKind,
  type PartnerReading,
  PLATFORMS,
  type Platform,
} from "./reading.ts";
import {
  openRows,
  type ParseContext,
  type Row,
  readContact,
  readDate,
  readFlag,
  readMember,
  readText,
  requireProperties,
  toStableId,
} from "./row.ts";

/** In the order of their numbers. Source: Graph metadata, deviceManagementPartnerAppType (graph.md 2.1). */
const APP_TYPES: readonly string[] = ["unknown", "singleTenantApp", "multiTenantApp"];

/**
 * Reads rows of deviceManagementPartners or complianceManagementPartners: v1.0, beta and the names of older pages alike.
 *
 * Of several rows with one id the one with the newest contact is kept, with a data problem.
 */
export function parsePartners(
  rows: readonly unknown[],
  kind: PartnerKind,
  context: ParseContext,
): readonly PartnerReading[] {
  const byId = new Map<string, PartnerReading>();
  for (const row of openRows(rows, ({ id }) => toStableId(id, context), "id")) {
    const reading = parsePartner(row, kind, context);
    const twin = byId.get(row.id);
    byId.set(row.id, twin === undefined ? reading : keepNewest(twin, reading, row.id));
  }
  return [...byId.values()];
}

function parsePartner(row: Row, kind: PartnerKind, context: ParseContext): PartnerReading {
  requireProperties(row, ["lastHeartbeatDateTime", "partnerState"]);
  const state = readMember(row, "partnerState", PARTNER_STATES);
  const content = {
    lastContact: readContact(row, "lastHeartbeatDateTime", context.observedAtMs),
    ...readManagement(row),
    ...readPlatforms(row, context),
  };
  return {
    kind,
    connectionId: connectionId(kind, row.id),
    displayName: readText(row, "displayName") ?? row.id,
    state: state.known ?? "unknown",
    ...defined({ stateAsSent: state.asSent }),
    ...content,
    problems: mergeProblems(row.problems),
  };
}

/** Reads what only deviceManagementPartner has; the old name of a deadline counts only where the new one was not sent. */
function readManagement(
  row: Row,
): Pick<PartnerReading, "isConfigured" | "appType" | "appId" | "nonComplianceDeadline" | "removalDeadline"> {
  const appType = readMember(row, "partnerAppType", APP_TYPES);
  return {
    ...defined({
      isConfigured: readFlag(row, "isConfigured"),
      appType: appType.known ?? appType.asSent,
      appId: readText(row, "singleTenantAppId"),
    }),
    nonComplianceDeadline: readDeadline(row, "whenPartnerDevicesWillBeMarkedAsNonCompliant"),
    removalDeadline: readDeadline(row, "whenPartnerDevicesWillBeRemoved"),
  };
}

function readDeadline(row: Row, oldName: string): PartnerReading["removalDeadline"] {
  const name = `${oldName}DateTime`;
  return readDate(row, row.fields[name] === undefined ? oldName : name);
}

function readPlatforms(row: Row, context: ParseContext): Pick<PartnerReading, "onboarded" | "assignments"> {
  const onboarded: Partial<Record<Platform, boolean>> = {};
  const assignments: Partial<Record<Platform | "enrollment", Assignments>> = {};
  for (const platform of PLATFORMS) {
    const isOnboarded = readFlag(row, `${platform}Onboarded`);
    if (isOnboarded !== undefined) onboarded[platform] = isOnboarded;
    const assigned = parseAssignments(row, `${platform}EnrollmentAssignments`, context);
    if (assigned !== undefined) assignments[platform] = assigned;
  }
  const enrollment = parseAssignments(row, "groupsRequiringPartnerEnrollment", context);
  if (enrollment !== undefined) assignments.enrollment = enrollment;
  return { onboarded, assignments };
}

function keepNewest(first: PartnerReading, second: PartnerReading, id: string): PartnerReading {
  const [firstMs = -1, secondMs = -1] = [instantOf(first.lastContact), instantOf(second.lastContact)];
  const newest = secondMs > firstMs ? second : first;
  return {
    ...newest,
    problems: mergeProblems([{ code: "duplicate-id", property: "id", asSent: describeValue(id) }, ...newest.problems]),
  };
}
