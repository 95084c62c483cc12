import type { RuleId } from "../rules/rule.ts";

/** Which alerts say already what another one would: each stands on the same connection or above it. */
const INHIBITORS: Readonly<Partial<Record<RuleId, readonly RuleId[]>>> = {
  "tenant-unreadable": ["graph-unavailable"],
  "source-unreadable": ["tenant-unreadable"],
  "heartbeat-age": ["partner-state"],
  "reported-health": ["sync-age", "heartbeat-age", "expiry"],
};

/** Returns the open alert's rule that speaks for another one, undefined when none does. */
export function inhibitorOf(ruleId: RuleId, openRules: readonly RuleId[]): RuleId | undefined {
  return INHIBITORS[ruleId]?.find((inhibitor) => openRules.includes(inhibitor));
}
