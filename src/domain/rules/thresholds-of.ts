import { MOBILE_THREAT_DEFENSE } from "../connections/connector-catalogue.ts";
import { isPartner, type Reading } from "../connections/reading.ts";
import { ruleOf } from "./catalogue.ts";
import { type RulePolicy, resolveSettings } from "./resolve-settings.ts";
import type { Limits, RuleId, Severity } from "./rule.ts";

/** One limit of a rule about an age or a date, as the policy sets it for one connection. */
export interface Threshold {
  readonly ruleId: RuleId;
  readonly severity: Severity;
  /** `after` excludes the limit itself, `from` includes it: both count what has gone by; `within` counts the time left. */
  readonly side: "after" | "from" | "within";
  readonly ms: number;
}

const STEPS = [
  { name: "warnAfterMs", severity: "warning", side: "after" },
  { name: "errorFromMs", severity: "error", side: "from" },
  { name: "criticalFromMs", severity: "critical", side: "from" },
  { name: "warnWithinMs", severity: "warning", side: "within" },
  { name: "errorWithinMs", severity: "error", side: "within" },
  { name: "criticalWithinMs", severity: "critical", side: "within" },
] as const;

/** Lists the limits that a connection's ages and dates are judged by, calmest first a rule; none of a rule that is off. */
export function thresholdsOf(reading: Reading, policy: RulePolicy): readonly Threshold[] {
  return agedRulesOf(reading).flatMap((ruleId) => {
    const { enabled, limits } = resolveSettings(policy, reading, ruleId);
    return enabled ? stepsOf(ruleId, meantFor(reading, limits)) : [];
  });
}

/** What a rule about ages or dates is set to for one connection. */
export interface RuleLimits {
  readonly ruleId: RuleId;
  readonly enabled: boolean;
  /** All that the rule knows, calmest first, whether or not they count for this connection; undefined for a step that is off. */
  readonly limits: Readonly<Record<string, number | undefined>>;
}

/** Lists what the rules about a connection's ages and dates are set to; a rule that is off too. */
export function ruleLimitsOf(reading: Reading, policy: RulePolicy): readonly RuleLimits[] {
  return agedRulesOf(reading).map((ruleId) => {
    const { enabled, limits } = resolveSettings(policy, reading, ruleId);
    const known = Object.keys(ruleOf(ruleId).defaults.limits).map((name) => [name, limits[name]] as const);
    return { ruleId, enabled, limits: Object.fromEntries(known) };
  });
}

function stepsOf(ruleId: RuleId, limits: Limits): readonly Threshold[] {
  return STEPS.flatMap(({ name, severity, side }) => {
    const ms = limits[name];
    return ms === undefined ? [] : [{ ruleId, severity, side, ms }];
  });
}

function agedRulesOf(reading: Reading): readonly RuleId[] {
  if (reading.kind === "device-management-partner")
    return ["heartbeat-age", "noncompliance-deadline", "removal-deadline"];
  if (isPartner(reading)) return ["heartbeat-age"];
  if (reading.kind !== "connector" || reading.meaning === "none") return [];
  if (reading.meaning === "expiry") return ["expiry"];
  return [reading.meaning === "heartbeat" ? "heartbeat-age" : "sync-age"];
}

/** A silent heartbeat is critical of mobile threat defense alone. */
function meantFor(reading: Reading, limits: Limits): Limits {
  if (reading.kind === "connector" && reading.connectorName === MOBILE_THREAT_DEFENSE) return limits;
  const { criticalFromMs: _threatDefenseOnly, ...calmer } = limits;
  return calmer;
}
