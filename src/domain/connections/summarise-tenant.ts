import { commonest } from "../commonest.ts";
import { defined } from "../defined.ts";
import { connectionId } from "./connection-id.ts";
import type { SourceReading, TenantReading } from "./reading.ts";
import type { UnreadableReason } from "./source.ts";
import { countFailure, type PollMoment } from "./summarise-source.ts";

/** What a tenant is summed up from. */
export interface TenantInput {
  readonly tenantId: string;
  readonly tenantName: string;
  /** The sources' readings of the same poll. */
  readonly sources: readonly SourceReading[];
  /** Graph's clock less ours, by each answer that was dated. */
  readonly clockSkewsMs: readonly number[];
}

/**
 * Sums up what the polls so far say of a tenant as a whole: it is readable when Graph answered for any of its sources.
 *
 * An answer that is merely not believed (`suddenly-empty`) is an answer.
 */
export function summariseTenant(
  { tenantId, tenantName, sources, clockSkewsMs }: TenantInput,
  previous: TenantReading | undefined,
  poll: PollMoment,
): TenantReading {
  const reasons = sources.map(failureOf).filter((reason) => reason !== undefined);
  const readable = reasons.length < sources.length;
  const reason = readable ? undefined : commonest(reasons);
  const details = sources.flatMap((source) => (source.reason === reason ? (source.detail ?? []) : []));
  const detail = details.length === 0 ? undefined : [...new Set(details)].join("; ");
  // An answer from a cache is dated in the past: the best one of them says how our clock is.
  const [clockSkewMs] = clockSkewsMs.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const lastGoodAtMs = readable ? poll.observedAtMs : previous?.lastGoodAtMs;
  return {
    kind: "tenant",
    connectionId: connectionId("tenant", tenantId),
    displayName: tenantName,
    readable,
    ...defined({ reason, detail, lastGoodAtMs, clockSkewMs }),
    ...countFailure(previous, poll, !readable),
    problems: [],
  };
}

function failureOf({ reason }: SourceReading): UnreadableReason | undefined {
  switch (reason) {
    case undefined:
    case "unlicensed":
    case "not-found":
    case "not-supported":
    case "suddenly-empty":
      return undefined;
    default:
      return reason;
  }
}
