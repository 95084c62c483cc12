import type { Evaluation, Measure } from "../domain/rules/rule.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration } from "../domain/units.ts";
import type { EvaluationBody, MeasureBody } from "./contract.ts";

/** Writes what a rule said. */
export function toEvaluation(evaluation: Evaluation): EvaluationBody {
  const { verdict, reason } = evaluation;
  switch (evaluation.verdict) {
    case "ok":
      return { verdict, reason, measured: toMeasure(evaluation.measured) };
    case "breach": {
      const { severity, measured, threshold, breachedSinceMs } = evaluation;
      return {
        verdict,
        reason,
        severity,
        measured: toMeasure(measured),
        threshold: toMeasure(threshold),
        breachedSinceDateTime: breachedSinceMs === undefined ? undefined : toIso(breachedSinceMs),
      };
    }
    default:
      return { verdict, reason };
  }
}

function toMeasure(measure: Measure | undefined): MeasureBody | undefined {
  switch (measure?.unit) {
    case undefined:
      return undefined;
    case "duration":
      return { unit: measure.unit, value: formatDuration(measure.ms) };
    case "date":
      return { unit: measure.unit, value: toIso(measure.atMs) };
    case "count":
      return { unit: measure.unit, value: measure.count };
    case "text":
      return { unit: measure.unit, value: measure.text };
  }
}
