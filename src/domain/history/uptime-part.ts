import type { Phase } from "../alerts/alert-state.ts";
import { compareSeverity, type RuleId, type Severity } from "../rules/rule.ts";

/** What a stretch of time counts as. */
export type UptimePart = "up" | "down" | "unknown" | "maintenance";

/** A connection is down while one of these fires at this severity or above. */
const DOWN_FROM: Readonly<Partial<Record<RuleId, Severity>>> = {
  "partner-state": "error",
  "heartbeat-age": "error",
  "sync-age": "error",
  "reported-health": "warning",
  "connection-missing": "warning",
};

/** Returns up of up and down, 0 to 1, cut after four digits, so that one failure never reads 1; undefined when nothing is covered. */
export function uptimeRatio(upMs: number, downMs: number): number | undefined {
  const coveredMs = upMs + downMs;
  return coveredMs === 0 ? undefined : Math.floor((upMs * 10_000) / coveredMs) / 10_000;
}

/** Says whether a rule can say that a connection is down. */
export function canSayDown(ruleId: RuleId): boolean {
  return ruleId in DOWN_FROM;
}

/** Says whether an alert means that its connection is down; a recovering one is still open, and yet what it speaks of is over. */
export function speaksOfDown(
  ruleId: RuleId,
  { phase, severity }: { readonly phase: Phase; readonly severity?: Severity },
): boolean {
  const downFrom = DOWN_FROM[ruleId];
  if (phase !== "firing" || severity === undefined || downFrom === undefined) return false;
  return compareSeverity(severity, downFrom) >= 0;
}
