import type { FleetReading, Reading } from "../connections/reading.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { findCountStep } from "./find-step.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges Graph by all tenants at once: an error when the newest polls of at least 3 tenants, and of at least half of them,
 * could read nothing. The numbers are ours.
 *
 * One outage is one alert: while it fires, `tenant-unreadable` is not told for each tenant.
 */
export const graphUnavailable: Rule = defineRule({
  id: "graph-unavailable",
  title: "Most tenants cannot be read",
  appliesTo: ["fleet"],
  watches: isFleet,
  limits: { errorFromTenants: 3, errorFromPercent: 50 },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "This monitor is blind for these tenants: nothing but known dates is judged there, and they are not told of one by one.",
  remedy:
    "unavailable or throttled: see Microsoft's service health for Intune and Entra, and the monitor's own way to the " +
    "internet. unauthorized or forbidden: check the credential that these tenants share.",
});

function isFleet(reading: Reading): reading is FleetReading {
  return reading.kind === "fleet";
}

function judge({ reading }: JudgeInput<FleetReading>, limits: Limits): Evaluation {
  const { tenantCount, unreadableCount, reason = "unavailable" } = reading;
  const { errorFromTenants = Infinity, errorFromPercent = Infinity } = limits;
  const fromCount = Math.max(errorFromTenants, Math.ceil((tenantCount * errorFromPercent) / 100));
  const step = findCountStep("error", unreadableCount, fromCount);
  const measured = { unit: "count", count: unreadableCount } as const;
  return step === undefined
    ? { verdict: "ok", reason: "readable", measured }
    : { verdict: "breach", reason, ...step, measured };
}
