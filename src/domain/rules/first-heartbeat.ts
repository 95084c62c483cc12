import { newestContactMs } from "../connections/contact-of.ts";
import { isCarriedOver, isPartner, type PartnerReading } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { findAgeStep } from "./find-step.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges an active partner that never beat by the time since it was first seen as one: a warning after 24 hours, an error from 72.
 *
 * lastHeartbeatDateTime is the last heartbeat "after the admin enabled" the connection, so 0001-01-01 on a configured
 * partner means that its onboarding never got through. A row of the catalogue may be there for years before, so the wait
 * begins when the partner becomes active. The thresholds are ours.
 * Source: deviceManagementPartner resource page (graph.md 2.1).
 */
export const firstHeartbeat: Rule = defineRule({
  id: "first-heartbeat",
  title: "First heartbeat is missing",
  appliesTo: ["device-management-partner", "compliance-management-partner"],
  watches: isPartner,
  limits: { warnAfterMs: DAY_MS, errorFromMs: 3 * DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "The partner counts as set up, yet Intune has never heard from it: the devices it is meant to vouch for or to manage are " +
    "not covered.",
  remedy:
    "Finish the onboarding in the partner's console and compare its app registration and consent with the partner's page " +
    "in the Intune admin center, Tenant administration > Connectors and tokens.",
});

function judge(input: JudgeInput<PartnerReading>, limits: Limits): Evaluation {
  const { reading, observedAtMs, firstSeenAtMs, activeSinceMs = firstSeenAtMs } = input;
  if (reading.lastContact === undefined || isCarriedOver(reading, "lastContact"))
    return { verdict: "unknown", reason: "not-read" };
  if (newestContactMs(reading) !== undefined) return { verdict: "ok", reason: "has-beaten" };
  const waitingMs = Math.max(0, observedAtMs - activeSinceMs);
  const measured = { unit: "duration", ms: waitingMs } as const;
  const step = findAgeStep(waitingMs, limits);
  if (step === undefined) return { verdict: "ok", reason: "waiting", measured };
  const { warnAfterMs = 0 } = limits;
  return { verdict: "breach", reason: "never-beat", ...step, measured, breachedSinceMs: activeSinceMs + warnAfterMs };
}
