import { describe, expect, it } from "vitest";
import { judgeDeadline } from "../../../../src/domain/rules/judge-deadline.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { at, NOW_MS } from "../connections/a-reading.ts";
import { inWords } from "./an-input.ts";

const limits = { errorWithinMs: 14 * DAY_MS, criticalWithinMs: 7 * DAY_MS };

describe("judgeDeadline()", () => {
  it.each([
    { leftMs: 300 * DAY_MS, want: "warning: date-set" },
    { leftMs: 14 * DAY_MS + 1, want: "warning: date-set" },
    { leftMs: 14 * DAY_MS, want: "error: date-near" },
    { leftMs: 7 * DAY_MS + 1, want: "error: date-near" },
    { leftMs: 7 * DAY_MS, want: "critical: date-near" },
    { leftMs: 1, want: "critical: date-near" },
    { leftMs: 0, want: "critical: date-passed" },
    { leftMs: -300 * DAY_MS, want: "critical: date-passed" },
  ])("says $want with $leftMs ms left", ({ leftMs, want }) => {
    const evaluation = judgeDeadline(at(NOW_MS + leftMs), NOW_MS, limits);

    expect(inWords(evaluation)).toBe(want);
  });

  it.each([
    { date: "never" as const, want: "ok: no-date" },
    { date: undefined, want: "unknown: not-read" },
  ])("says $want of $date", ({ date, want }) => {
    const evaluation = judgeDeadline(date, NOW_MS, limits);

    expect(inWords(evaluation)).toBe(want);
  });

  it.each([
    { name: "a passed date as the beginning", leftMs: -DAY_MS, since: { breachedSinceMs: NOW_MS - DAY_MS } },
    { name: "a date that comes now as the beginning", leftMs: 0, since: { breachedSinceMs: NOW_MS } },
    { name: "no beginning of a date ahead", leftMs: DAY_MS, since: {} },
  ])("gives $name", ({ leftMs, since }) => {
    const evaluation = judgeDeadline(at(NOW_MS + leftMs), NOW_MS, limits);

    expect(evaluation).toStrictEqual({
      verdict: "breach",
      severity: "critical",
      reason: leftMs > 0 ? "date-near" : "date-passed",
      measured: { unit: "date", atMs: NOW_MS + leftMs },
      threshold: { unit: "duration", ms: 7 * DAY_MS },
      ...since,
    });
  });
});
