import type { Limits, Measure, Severity } from "./rule.ts";

/** The gravest step that a measured value has reached, with its limit. */
export interface Step {
  readonly severity: Severity;
  readonly threshold: Measure;
}

/**
 * Finds the step that an age has reached: a warning above `warnAfterMs`, an error from `errorFromMs`, critical from
 * `criticalFromMs`. A step without a limit is off.
 */
export function findAgeStep(ageMs: number, limits: Limits): Step | undefined {
  const { criticalFromMs = Infinity, errorFromMs = Infinity, warnAfterMs = Infinity } = limits;
  if (ageMs >= criticalFromMs) return toStep("critical", criticalFromMs);
  if (ageMs >= errorFromMs) return toStep("error", errorFromMs);
  return ageMs > warnAfterMs ? toStep("warning", warnAfterMs) : undefined;
}

/**
 * Finds the step that a date coming nearer has reached: each from its `…WithinMs` on, whose own value counts. A step
 * without a limit is off.
 *
 * @param leftMs Time left to the date, below 0 when it has passed.
 */
export function findNearStep(leftMs: number, limits: Limits): Step | undefined {
  const { criticalWithinMs = -Infinity, errorWithinMs = -Infinity, warnWithinMs = -Infinity } = limits;
  if (leftMs <= criticalWithinMs) return toStep("critical", criticalWithinMs);
  if (leftMs <= errorWithinMs) return toStep("error", errorWithinMs);
  return leftMs <= warnWithinMs ? toStep("warning", warnWithinMs) : undefined;
}

/** Returns the step that a count has reached, which begins with its limit; without a limit it is off. */
export function findCountStep(severity: Severity, count: number, fromCount = Infinity): Step | undefined {
  return count >= fromCount ? { severity, threshold: { unit: "count", count: fromCount } } : undefined;
}

function toStep(severity: Severity, ms: number): Step {
  return { severity, threshold: { unit: "duration", ms } };
}
