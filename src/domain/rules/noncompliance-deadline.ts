import { instantOf, isPartner } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { sayDateFrom } from "../words.ts";
import { defineRule } from "./define-rule.ts";
import { judgeDeadline } from "./judge-deadline.ts";
import type { Rule } from "./rule.ts";

/**
 * Judges the "UTC time when partner devices will be marked noncompliant", whatever the partner's state: a warning as soon
 * as it is set, an error 14 days ahead, critical from 7 days ahead on and when it has passed.
 *
 * The date is all that Microsoft documents; the thresholds are ours.
 * Source: deviceManagementPartner resource page (graph.md 2.1 and 6.2).
 */
export const noncomplianceDeadline: Rule = defineRule({
  id: "noncompliance-deadline",
  title: "Devices will be marked noncompliant",
  appliesTo: ["device-management-partner"],
  judgesWhileBlind: true,
  watches: isPartner,
  limits: { errorWithinMs: 14 * DAY_MS, criticalWithinMs: 7 * DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge: ({ reading, nowMs }, limits) => judgeDeadline(reading.nonComplianceDeadline, nowMs, limits),
  consequence: ({ reading, nowMs }) => {
    const deadlineMs = instantOf(reading.nonComplianceDeadline);
    if (deadlineMs === undefined) return "No date is set any more.";
    return deadlineMs > nowMs
      ? `At ${sayDateFrom(deadlineMs, nowMs)} Intune marks the partner's devices noncompliant; where Conditional Access asks for compliance, their users can be blocked from mail and files.`
      : `Since ${sayDateFrom(deadlineMs, nowMs)} the partner's devices count as noncompliant; where Conditional Access asks for compliance, their users can be blocked.`;
  },
  remedy:
    "Bring the partner back before the date, from its own console and Tenant administration > Connectors and tokens > Partner " +
    "device management; if it is meant to end, move its devices to their new management first.",
});
