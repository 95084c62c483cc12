import { isPartner, type Reading } from "../connections/reading.ts";
import type { Severity } from "./rule.ts";

/** What we say of a connection. */
export type OurVerdict = Severity | "ok";

/** Levels on which Microsoft's words and ours can be compared; information is nobody's trouble. */
const LEVELS: Readonly<Record<string, 0 | 1 | 2>> = {
  ok: 0,
  info: 0,
  warning: 1,
  error: 2,
  critical: 2,
  healthy: 0,
  unhealthy: 2,
  enabled: 0,
  unavailable: 1,
  rejected: 2,
  terminated: 2,
  unresponsive: 2,
};

/**
 * Says in one sentence where Microsoft's verdict on a connection differs from ours, undefined where it does not or where
 * Microsoft has none.
 *
 * They differ by design between 24 and 36 hours of a sync, between 30 and 7 days before an expiry, and for a terminated
 * partner that is at rest. Neither is averaged into the other: the alert follows our rules.
 * Source: graph.md 6.7.
 */
export function compareVerdicts(reading: Reading, ours: OurVerdict): string | undefined {
  const theirs = theirVerdict(reading);
  const [theirLevel, ourLevel] = [LEVELS[theirs ?? ""], LEVELS[ours]];
  if (theirs === undefined || theirLevel === undefined || ourLevel === undefined || theirLevel === ourLevel)
    return undefined;
  return `Microsoft reports ${theirs}, our rules say ${ours}`;
}

function theirVerdict(reading: Reading): string | undefined {
  if (isPartner(reading)) return reading.state;
  return reading.kind === "connector" ? reading.reportedHealth : undefined;
}
