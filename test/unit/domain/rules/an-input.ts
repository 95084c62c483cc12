import type { Reading } from "../../../../src/domain/connections/reading.ts";
import type { Evaluation, Limits, Rule, RuleInput } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { NOW_MS } from "../connections/a-reading.ts";

/** A connection that was just read, known for 30 days, there, and never changed. */
export function anInput(reading: Reading, overrides: Partial<RuleInput> = {}): RuleInput {
  return {
    reading,
    observedAtMs: NOW_MS,
    nowMs: NOW_MS,
    firstSeenAtMs: NOW_MS - 30 * DAY_MS,
    absentPolls: 0,
    ...overrides,
  };
}

/** Judges a reading by a rule's own limits, or by others. */
export function evaluate(
  rule: Rule,
  reading: Reading,
  more: { readonly input?: Partial<RuleInput>; readonly limits?: Limits } = {},
): Evaluation {
  return rule.evaluate(anInput(reading, more.input), more.limits ?? rule.defaults.limits);
}

/** Says an evaluation in a few words: the severity of a breach, else the verdict, and the reason. */
export function inWords(evaluation: Evaluation): string {
  return `${evaluation.verdict === "breach" ? evaluation.severity : evaluation.verdict}: ${evaluation.reason}`;
}
