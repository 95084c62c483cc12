import type { Reading, TenantReading } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { findAgeStep, findCountStep } from "./find-step.ts";
import { measureBlindness } from "./measure-blindness.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges our own sight of a whole tenant: an error from 2 polls in a row in which no source could be read, critical from 24
 * hours on. The numbers are ours.
 */
export const tenantUnreadable: Rule = defineRule({
  id: "tenant-unreadable",
  title: "Tenant cannot be read",
  appliesTo: ["tenant"],
  watches: isTenant,
  limits: { errorFromPolls: 2, criticalFromMs: DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "This monitor is blind for the whole tenant: no connection of it can be called healthy, and nothing but known dates is judged.",
  remedy:
    "Check the monitor's credential and its admin consent in this tenant, then Microsoft's service health for Intune and Entra.",
});

function isTenant(reading: Reading): reading is TenantReading {
  return reading.kind === "tenant";
}

function judge({ reading, nowMs }: JudgeInput<TenantReading>, limits: Limits): Evaluation {
  const {
    readable,
    reason = "unavailable",
    failedPolls,
    failingSinceMs = nowMs,
    lastGoodAtMs = failingSinceMs,
  } = reading;
  if (readable) return { verdict: "ok", reason: "readable" };
  const failed = findCountStep("error", failedPolls, limits["errorFromPolls"]);
  if (failed === undefined) return { verdict: "unknown", reason: "failing-briefly" };
  const blindMs = nowMs - lastGoodAtMs;
  const step = findAgeStep(blindMs, limits) ?? failed;
  const measured = measureBlindness(step, failedPolls, blindMs);
  return { verdict: "breach", reason, ...step, measured, breachedSinceMs: failingSinceMs };
}
