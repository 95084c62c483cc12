import { defined } from "../defined.ts";
import { cleanText } from "../text.ts";
import { canonicalJson, isJsonObject, type JsonObject } from "./canonical-json.ts";
import { describeValue } from "./describe-value.ts";
import type { Assignments, AssignmentTarget } from "./reading.ts";
import { noteBadValue, type ParseContext, type Row } from "./row.ts";

/** The most targets kept of one list, and the most characters of JSON they may fill: six lists fit a stored property of 30,000. */
const MAX_TARGETS = 20;
const MAX_CHARACTERS = 3_500;

/** The subtypes of deviceAndAppManagementAssignmentTarget; scopeTagGroup is in newer samples and in no metadata. */
const TARGET_TYPES: readonly string[] = [
  "allLicensedUsersAssignmentTarget",
  "allDevicesAssignmentTarget",
  "groupAssignmentTarget",
  "exclusionGroupAssignmentTarget",
  "configurationManagerCollectionAssignmentTarget",
  "androidFotaDeploymentAssignmentTarget",
  "scopeTagGroupAssignmentTarget",
];

/**
 * Reads a list of assignments, `{ target }` each; null is an empty list.
 *
 * The digest covers every target and neither their order nor how their types are written.
 * @returns undefined when the property was not sent or is no list.
 */
export function parseAssignments(row: Row, property: string, { digest }: ParseContext): Assignments | undefined {
  const sent = row.fields[property] === null ? [] : row.fields[property];
  if (sent === undefined) return undefined;
  if (!Array.isArray(sent)) {
    noteBadValue(row, property);
    return undefined;
  }
  const parsed = sent.map(parseAssignment);
  const identities = parsed.map(({ identity }) => identity).sort();
  return {
    targets: fitting(parsed.map(({ target }) => target)),
    count: parsed.length,
    digest: digest(identities.join("\n")),
  };
}

interface ParsedAssignment {
  readonly target: AssignmentTarget;
  /** Equal for targets that mean the same. */
  readonly identity: string;
}

function parseAssignment(sent: unknown): ParsedAssignment {
  const fields = isJsonObject(sent) ? sent["target"] : sent;
  if (fields === undefined || fields === null) return { target: { type: "missing" }, identity: "missing" };
  return isJsonObject(fields)
    ? parseTarget(fields)
    : { target: { type: "other", typeAsSent: describeValue(fields) }, identity: canonicalJson(fields) };
}

function parseTarget(fields: JsonObject): ParsedAssignment {
  const typeAsSent = describeValue(fields["@odata.type"] ?? null);
  const type = typeAsSent.replace(/^#?microsoft\.graph\./, "");
  const ids = defined({
    targetId: textOf(fields["groupId"] ?? fields["collectionId"] ?? fields["entraObjectId"]),
    filterId: textOf(fields["deviceAndAppManagementAssignmentFilterId"]),
  });
  if (!TARGET_TYPES.includes(type)) {
    return { target: { type: "other", typeAsSent, ...ids }, identity: canonicalJson(fields) };
  }
  const filterType = ids.filterId === undefined ? undefined : fields["deviceAndAppManagementAssignmentFilterType"];
  const target = { type, ...ids };
  return { target, identity: canonicalJson({ ...target, filterType, targetType: fields["targetType"] }) };
}

function textOf(sent: unknown): string | undefined {
  return typeof sent === "string" && sent !== "" ? cleanText(sent) : undefined;
}

function fitting(targets: readonly AssignmentTarget[]): readonly AssignmentTarget[] {
  const kept: AssignmentTarget[] = [];
  let characters = 0;
  for (const target of targets.slice(0, MAX_TARGETS)) {
    characters += JSON.stringify(target).length;
    if (characters > MAX_CHARACTERS) break;
    kept.push(target);
  }
  return kept;
}
