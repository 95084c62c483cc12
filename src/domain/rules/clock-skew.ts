import type { Reading, TenantReading } from "../connections/reading.ts";
import { MINUTE_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { findAgeStep } from "./find-step.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Compares our clock with Graph's `Date` header: a warning when they differ by more than 5 minutes, in either direction. The
 * number is ours.
 */
export const clockSkew: Rule = defineRule({
  id: "clock-skew",
  title: "Clock is wrong",
  appliesTo: ["tenant"],
  watches: isTenant,
  limits: { warnAfterMs: 5 * MINUTE_MS },
  confirmPolls: 2,
  recoverPolls: 2,
  judge,
  consequence: () =>
    "Ages and dates are judged by a wrong clock: alerts may come too early or too late, and tokens may be refused.",
  remedy:
    "Set the clock of the machine that runs this monitor, or restart the app so that the platform moves it to another one; " +
    "see also whether a proxy on the way to Graph answers from a cache.",
});

function isTenant(reading: Reading): reading is TenantReading {
  return reading.kind === "tenant";
}

function judge({ reading: { clockSkewMs } }: JudgeInput<TenantReading>, limits: Limits): Evaluation {
  if (clockSkewMs === undefined) return { verdict: "unknown", reason: "no-dated-answer" };
  const measured = { unit: "duration", ms: Math.abs(clockSkewMs) } as const;
  const step = findAgeStep(measured.ms, limits);
  if (step === undefined) return { verdict: "ok", reason: "clocks-agree", measured };
  return { verdict: "breach", reason: clockSkewMs > 0 ? "our-clock-is-slow" : "our-clock-is-fast", ...step, measured };
}
