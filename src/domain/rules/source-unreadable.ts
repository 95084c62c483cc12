import type { Reading, SourceReading } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { findAgeStep, findCountStep, type Step } from "./find-step.ts";
import { measureBlindness } from "./measure-blindness.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges our own sight of one source: a warning from 2 failed polls in a row, an error from 4, and from 2 when Graph refuses
 * us (`unauthorized`, `forbidden`: waiting does not help); critical from 24 hours of blindness and 4 failed polls on.
 *
 * `suddenly-empty` stays a warning, as Graph did answer. The numbers are ours.
 */
export const sourceUnreadable: Rule = defineRule({
  id: "source-unreadable",
  title: "Source cannot be read",
  appliesTo: ["source"],
  watches: isSource,
  limits: { warnFromPolls: 2, refusedFromPolls: 2, errorFromPolls: 4, criticalFromMs: DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "This monitor is blind for every connection of this source: none of them can be called healthy, and nothing but known dates " +
    "is judged until it can be read again.",
  remedy:
    "forbidden: grant the monitor's app the permission that the cause names and give admin consent. unauthorized: check its " +
    "credential. throttled or unavailable: see Microsoft's service health. Anything else: look at the collection in the portal.",
});

function isSource(reading: Reading): reading is SourceReading {
  return reading.kind === "source";
}

function judge({ reading, nowMs }: JudgeInput<SourceReading>, limits: Limits): Evaluation {
  const {
    outcome,
    reason = "unavailable",
    failedPolls,
    failingSinceMs = nowMs,
    lastGoodAtMs = failingSinceMs,
  } = reading;
  if (outcome === "not-available") return { verdict: "not-applicable", reason: "not-available" };
  if (outcome === "read") return { verdict: "ok", reason: "read" };
  const blindMs = nowMs - lastGoodAtMs;
  const step = findFailureStep({ reason, failedPolls, blindMs }, limits);
  if (step === undefined) return { verdict: "unknown", reason: "failing-briefly" };
  return {
    verdict: "breach",
    reason,
    ...step,
    measured: measureBlindness(step, failedPolls, blindMs),
    breachedSinceMs: failingSinceMs,
  };
}

interface Failure {
  readonly reason: string;
  readonly failedPolls: number;
  readonly blindMs: number;
}

function findFailureStep({ reason, failedPolls, blindMs }: Failure, limits: Limits): Step | undefined {
  const { warnFromPolls, refusedFromPolls, errorFromPolls = Infinity } = limits;
  const warning = findCountStep("warning", failedPolls, warnFromPolls);
  if (reason === "suddenly-empty") return warning;
  const isRefused = reason === "unauthorized" || reason === "forbidden";
  const critical = failedPolls >= errorFromPolls ? findAgeStep(blindMs, limits) : undefined;
  return critical ?? findCountStep("error", failedPolls, isRefused ? refusedFromPolls : errorFromPolls) ?? warning;
}
