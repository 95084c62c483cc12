import { instantOf, type ReadDate } from "./connections/reading.ts";
import type { Evaluation, Measure, Severity } from "./rules/rule.ts";
import { toIso } from "./time.ts";
import { formatDuration } from "./units.ts";

/*
 * What machines are given, by the HTTP API and by channels alike: instants as RFC 3339 text in UTC, durations as ISO 8601
 * text, null for a date that Microsoft says was never, and nothing for what was not read.
 */

/** A measured value or threshold; a duration and a date are text. */
export interface MeasureBody {
  readonly unit: Measure["unit"];
  readonly value: string | number;
}

/** What a rule said of a reading. */
export interface EvaluationBody {
  readonly verdict: Evaluation["verdict"];
  readonly reason: string;
  readonly severity?: Severity | undefined;
  readonly measured?: MeasureBody | undefined;
  readonly threshold?: MeasureBody | undefined;
  readonly breachedSinceDateTime?: string | undefined;
}

/** Writes an instant that may be absent. */
export function toDateTime(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : toIso(atMs);
}

/** Writes the instant of a date as read: null for never. */
export function toDateTimeOrNever(date: ReadDate): string | null | undefined {
  return date === "never" ? null : toDateTime(instantOf(date));
}

/**
 * Writes what a rule said.
 *
 * @param write Prepares a text that was measured, which may come from outside. @default as it is
 */
export function toEvaluationBody(evaluation: Evaluation, write = (text: string) => text): EvaluationBody {
  const { verdict, reason } = evaluation;
  const toBody = (measure: Measure | undefined) => measure && toMeasureBody(measure, write);
  switch (evaluation.verdict) {
    case "ok":
      return { verdict, reason, measured: toBody(evaluation.measured) };
    case "breach": {
      const { severity, measured, threshold, breachedSinceMs } = evaluation;
      return {
        verdict,
        reason,
        severity,
        measured: toBody(measured),
        threshold: toBody(threshold),
        breachedSinceDateTime: toDateTime(breachedSinceMs),
      };
    }
    case "unknown":
    case "not-applicable":
      return { verdict, reason };
  }
}

function toMeasureBody(measure: Measure, write: (text: string) => string): MeasureBody {
  const { unit } = measure;
  switch (unit) {
    case "duration":
      return { unit, value: formatDuration(measure.ms) };
    case "date":
      return { unit, value: toIso(measure.atMs) };
    case "count":
      return { unit, value: measure.count };
    case "text":
      return { unit, value: write(measure.text) };
  }
}
