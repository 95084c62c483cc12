import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../../src/domain/rules/rule.ts";
import { toDateTime, toDateTimeOrNever, toEvaluationBody } from "../../../src/domain/wire.ts";

function at(iso: string): number {
  return Date.parse(iso);
}

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
  {
    name: "not applicable",
    evaluation: { verdict: "not-applicable", reason: "retired" },
    want: { verdict: "not-applicable", reason: "retired" },
  },
];

describe("toEvaluationBody()", () => {
  it.each(CASES)("writes $name", ({ evaluation, want }) => {
    expect(JSON.parse(JSON.stringify(toEvaluationBody(evaluation)))).toEqual(want);
  });

  it("has its caller prepare the texts, and nothing else", () => {
    const evaluation: Evaluation = {
      verdict: "breach",
      severity: "error",
      reason: "rejected",
      measured: { unit: "text", text: "rejected" },
      threshold: { unit: "count", count: 1 },
    };

    const body = toEvaluationBody(evaluation, (text) => `${text}!`);

    expect(body).toMatchObject({ reason: "rejected", measured: { value: "rejected!" }, threshold: { value: 1 } });
  });
});

describe("toDateTime()", () => {
  it.each([
    { atMs: at("2026-11-22T09:00:00Z"), want: "2026-11-22T09:00:00Z" },
    { atMs: undefined, want: undefined },
  ])("writes $want", ({ atMs, want }) => {
    expect(toDateTime(atMs)).toBe(want);
  });
});

describe("toDateTimeOrNever()", () => {
  it.each([
    {
      name: "the instant, not the text that was sent",
      date: { atMs: at("2026-11-22T09:00:00Z"), asSent: "2026-11-22T10:00:00+01:00" },
      want: "2026-11-22T09:00:00Z",
    },
    { name: "null for never", date: "never", want: null },
    { name: "nothing for what was not read", date: undefined, want: undefined },
  ] as const)("writes $name", ({ date, want }) => {
    expect(toDateTimeOrNever(date)).toBe(want);
  });
});
