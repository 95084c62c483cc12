import type { Reading, TenantWatchReading } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges whether a tenant is polled at all: a warning after more than 4 periods without a committed poll, an error when
 * that is more than 24 hours. The numbers are ours.
 *
 * The wait is measured at `now`, and never from before the tenant was configured or this monitor came back from a gap of
 * its own. Health and the dead-man's switch go by the same figure. A wait that begins anew says nothing of a tenant that was
 * late before: that one is polled again when it is.
 */
export const tenantLate: Rule = defineRule({
  id: "tenant-late",
  title: "Tenant is not polled",
  appliesTo: ["tenant-watch"],
  watches: isTenantWatch,
  limits: { warnAfterPeriods: 4, errorAfterMs: DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "Nothing of this tenant is seen: no connection of it can be called healthy, and no alert of it fires or ends.",
  remedy:
    "Look in the monitor's log for failed runs of pollTenant and in the queue poll-requests-poison for messages of this " +
    "tenant. If there are none, see whether the function is disabled or the app has too few workers.",
});

/** Says how long a poll of a tenant may be waited for before it is late; without a limit for ever. */
export function patienceMs({ periodMs }: Pick<TenantWatchReading, "periodMs">, limits: Limits): number {
  return (limits["warnAfterPeriods"] ?? Infinity) * periodMs;
}

function isTenantWatch(reading: Reading): reading is TenantWatchReading {
  return reading.kind === "tenant-watch";
}

function judge({ reading, nowMs, firstSeenAtMs }: JudgeInput<TenantWatchReading>, limits: Limits): Evaluation {
  const { waitingSinceMs, lastGoodAtMs = firstSeenAtMs } = reading;
  const { errorAfterMs = Infinity } = limits;
  const waitedMs = Math.max(0, nowMs - waitingSinceMs);
  const lateAfterMs = patienceMs(reading, limits);
  const measured = { unit: "duration", ms: waitedMs } as const;
  if (waitedMs <= lateAfterMs) {
    return nowMs - lastGoodAtMs > lateAfterMs
      ? { verdict: "unknown", reason: "waiting-anew" }
      : { verdict: "ok", reason: "polled", measured };
  }
  const isError = waitedMs > errorAfterMs;
  return {
    verdict: "breach",
    severity: isError ? "error" : "warning",
    reason: "not-polled",
    measured,
    threshold: { unit: "duration", ms: isError ? Math.max(lateAfterMs, errorAfterMs) : lateAfterMs },
    breachedSinceMs: waitingSinceMs + lateAfterMs,
  };
}
