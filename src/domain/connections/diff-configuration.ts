import type { ConfigurationChange } from "../rules/rule.ts";
import { cutText } from "../text.ts";
import {
  type Assignments,
  hasOwnIdentity,
  isPartner,
  type PartnerReading,
  PLATFORMS,
  type Reading,
} from "./reading.ts";

/** What changed between two readings; the slot is the poll's to say. */
export type ConfigurationDifference = Omit<ConfigurationChange, "slotMs">;

const MAX_CHANGES = 5;
/** Leaves room for both values of a text in 120 characters. */
const MAX_VALUE_CHARS = 48;

interface Change {
  readonly text: string;
  readonly isGrave: boolean;
}

/**
 * Names what is configured differently in two readings of one partner, the gravest changes first.
 *
 * Turned off (`isConfigured`, a platform) or emptied (assignments) is a warning, everything else information. State and
 * dates are no configuration, and a property that either reading lacks is never a change.
 * @returns undefined when nothing changed, and for readings that are no partner.
 */
export function diffConfiguration(previous: Reading, current: Reading): ConfigurationDifference | undefined {
  if (!isPartner(previous) || !isPartner(current)) return undefined;
  if (!hasOwnIdentity(previous) || !hasOwnIdentity(current)) return undefined;
  const changes = diffPartners(previous, current).toSorted((a, b) => Number(b.isGrave) - Number(a.isGrave));
  if (changes.length === 0) return undefined;
  const texts = changes.map(({ text }) => text);
  return {
    severity: changes.some(({ isGrave }) => isGrave) ? "warning" : "info",
    changes:
      texts.length <= MAX_CHANGES
        ? texts
        : [...texts.slice(0, MAX_CHANGES - 1), `and ${texts.length - MAX_CHANGES + 1} more`],
  };
}

function diffPartners(previous: PartnerReading, current: PartnerReading): readonly Change[] {
  const flags = [
    diffValue("isConfigured", previous.isConfigured, current.isConfigured),
    ...PLATFORMS.map((platform) =>
      diffValue(`${platform} onboarded`, previous.onboarded[platform], current.onboarded[platform]),
    ),
  ];
  const assignments = [...PLATFORMS, "enrollment" as const].map((list) =>
    diffAssignments(`${list} assignments`, previous.assignments[list], current.assignments[list]),
  );
  const texts = [
    diffValue("displayName", previous.displayName, current.displayName),
    diffValue("partnerAppType", previous.appType, current.appType),
    diffValue("singleTenantAppId", previous.appId, current.appId),
  ];
  return [...flags, ...assignments, ...texts].filter((change) => change !== undefined);
}

type Value = string | boolean | undefined;

function diffValue(name: string, before: Value, after: Value): Change | undefined {
  if (before === undefined || after === undefined || before === after) return undefined;
  const [from, to] = [before, after].map((value) => cutText(String(value), MAX_VALUE_CHARS));
  return { text: `${name} ${from} → ${to}`, isGrave: after === false };
}

function diffAssignments(
  name: string,
  before: Assignments | undefined,
  after: Assignments | undefined,
): Change | undefined {
  if (before === undefined || after === undefined || before.digest === after.digest) return undefined;
  const text = before.count === after.count ? `${name} changed` : `${name} ${before.count} → ${after.count}`;
  return { text, isGrave: after.count === 0 };
}
