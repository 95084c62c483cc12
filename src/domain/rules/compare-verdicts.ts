import { isPartner, type PartnerState, type Reading, type ReportedHealth } from "../connections/reading.ts";
import type { Verdict } from "./verdict.ts";

/** How grave our words are on the scale that Microsoft's share; information is nobody's trouble, the words left out are no judgement. */
const OURS: Readonly<Partial<Record<Verdict, number>>> = { ok: 0, info: 0, warning: 1, error: 2, critical: 2 };

/** Microsoft's words on the same scale; `unknown` is no verdict. */
const THEIRS: Readonly<Partial<Record<PartnerState | ReportedHealth, number>>> = {
  healthy: 0,
  warning: 1,
  unhealthy: 2,
  enabled: 0,
  unavailable: 1,
  rejected: 2,
  terminated: 2,
  unresponsive: 2,
};

/**
 * Says in one sentence where Microsoft's verdict on a connection differs from ours, undefined where it does not or where
 * either has none.
 *
 * They differ by design between 24 and 36 hours of a sync, between 30 and 7 days before an expiry, and for a terminated
 * partner that is at rest. Neither is averaged into the other: the alert follows our rules.
 * Source: graph.md 6.7.
 */
export function compareVerdicts(reading: Reading, ours: Verdict): string | undefined {
  const theirs = theirVerdict(reading);
  const [theirLevel, ourLevel] = [theirs === undefined ? undefined : THEIRS[theirs], OURS[ours]];
  if (theirLevel === undefined || ourLevel === undefined || theirLevel === ourLevel) return undefined;
  return `Microsoft reports ${theirs}, our rules say ${ours}`;
}

function theirVerdict(reading: Reading): PartnerState | ReportedHealth | undefined {
  if (isPartner(reading)) return reading.state;
  return reading.kind === "connector" ? reading.reportedHealth : undefined;
}
