import { instantOf, type PartnerReading } from "../connections/reading.ts";
import { sayDateFrom } from "../words.ts";

/** Says what Intune has set a date for, as one sentence; undefined when neither date is set. */
export function sayDeadlines(partner: PartnerReading, nowMs: number): string | undefined {
  const nonComplianceMs = instantOf(partner.nonComplianceDeadline);
  const removalMs = instantOf(partner.removalDeadline);
  const parts = [
    ...(nonComplianceMs === undefined ? [] : [`become noncompliant at ${sayDateFrom(nonComplianceMs, nowMs)}`]),
    ...(removalMs === undefined ? [] : [`are removed from Intune at ${sayDateFrom(removalMs, nowMs)}`]),
  ];
  return parts.length === 0 ? undefined : `By the dates that Intune has set, its devices ${parts.join(" and ")}.`;
}
