import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../../src/domain/rules/rule.ts";
import { toEvaluation } from "../../../src/http/to-evaluation.ts";
import { at } from "./builders.ts";

const CASES: readonly { readonly name: string; readonly evaluation: Evaluation; readonly want: unknown }[] = [
  {
    name: "a breach of a duration",
    evaluation: {
      verdict: "breach",
      severity: "error",
      reason: "silent",
      measured: { unit: "duration", ms: 262_800_000 },
      threshold: { unit: "duration", ms: 259_200_000 },
      breachedSinceMs: at("2026-11-22T07:00:00Z"),
    },
    want: {
      verdict: "breach",
      severity: "error",
      reason: "silent",
      measured: { unit: "duration", value: "P3DT1H" },
      threshold: { unit: "duration", value: "P3D" },
      breachedSinceDateTime: "2026-11-22T07:00:00Z",
    },
  },
  {
    name: "a breach without a limit",
    evaluation: {
      verdict: "breach",
      severity: "warning",
      reason: "date-set",
      measured: { unit: "date", atMs: at("2026-12-01T00:00:00Z") },
    },
    want: {
      verdict: "breach",
      severity: "warning",
      reason: "date-set",
      measured: { unit: "date", value: "2026-12-01T00:00:00Z" },
    },
  },
  {
    name: "ok with a count",
    evaluation: { verdict: "ok", reason: "there", measured: { unit: "count", count: 0 } },
    want: { verdict: "ok", reason: "there", measured: { unit: "count", value: 0 } },
  },
  {
    name: "ok with a text",
    evaluation: { verdict: "ok", reason: "enabled", measured: { unit: "text", text: "enabled" } },
    want: { verdict: "ok", reason: "enabled", measured: { unit: "text", value: "enabled" } },
  },
  { name: "ok alone", evaluation: { verdict: "ok", reason: "fine" }, want: { verdict: "ok", reason: "fine" } },
  { name: "unknown", evaluation: { verdict: "unknown", reason: "x" }, want: { verdict: "unknown", reason: "x" } },
];

describe("toEvaluation()", () => {
  it.each(CASES)("writes $name", ({ evaluation, want }) => {
    expect(JSON.parse(JSON.stringify(toEvaluation(evaluation)))).toEqual(want);
  });
});
