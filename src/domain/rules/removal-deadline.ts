import { instantOf, isPartner } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { sayDateFrom } from "../words.ts";
import { defineRule } from "./define-rule.ts";
import { judgeDeadline } from "./judge-deadline.ts";
import type { Rule } from "./rule.ts";

/**
 * Judges the "UTC time when partner devices will be removed", whatever the partner's state: a warning as soon as it is set,
 * an error 14 days ahead, critical from 7 days ahead on and when it has passed.
 *
 * After a termination devices are removed 90 days later, "at the date shown in the console"; the thresholds are ours.
 * Source: deviceManagementPartner resource page and conditional-access-integrate-jamf page (graph.md 2.1, 6.1, 6.2).
 */
export const removalDeadline: Rule = defineRule({
  id: "removal-deadline",
  title: "Devices will be removed",
  appliesTo: ["device-management-partner"],
  judgesWhileBlind: true,
  watches: isPartner,
  limits: { errorWithinMs: 14 * DAY_MS, criticalWithinMs: 7 * DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge: ({ reading, nowMs }, limits) => judgeDeadline(reading.removalDeadline, nowMs, limits),
  consequence: ({ reading, nowMs }) => {
    const deadlineMs = instantOf(reading.removalDeadline);
    if (deadlineMs === undefined) return "No date is set any more.";
    return deadlineMs > nowMs
      ? `At ${sayDateFrom(deadlineMs, nowMs)} the partner's device records leave Intune.`
      : `Since ${sayDateFrom(deadlineMs, nowMs)} the partner's device records may be gone from Intune.`;
  },
  remedy:
    "Reconnect the partner before the date, from its own console and Tenant administration > Connectors and tokens > Partner " +
    "device management; if it was terminated on purpose, move its devices first, then have the connection ignored.",
});
