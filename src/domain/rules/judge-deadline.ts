import type { ReadDate } from "../connections/reading.ts";
import { findNearStep } from "./find-step.ts";
import type { Evaluation, Limits } from "./rule.ts";

/**
 * Judges a date at which partner devices lose something: a warning as soon as it is set, graver as it comes nearer, and
 * gravest once it has passed.
 *
 * A date that was not read this time still stands and still comes nearer.
 */
export function judgeDeadline(deadline: ReadDate, nowMs: number, limits: Limits): Evaluation {
  if (deadline === undefined) return { verdict: "unknown", reason: "not-read" };
  if (deadline === "never") return { verdict: "ok", reason: "no-date" };
  const leftMs = deadline.atMs - nowMs;
  const step = findNearStep(leftMs, limits);
  return {
    verdict: "breach",
    severity: "warning",
    ...step,
    reason: leftMs <= 0 ? "date-passed" : step === undefined ? "date-set" : "date-near",
    measured: { unit: "date", atMs: deadline.atMs },
    ...(leftMs <= 0 ? { breachedSinceMs: deadline.atMs } : {}),
  };
}
