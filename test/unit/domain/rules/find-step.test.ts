import { describe, expect, it } from "vitest";
import { findAgeStep, findCountStep, findNearStep } from "../../../../src/domain/rules/find-step.ts";

describe("findAgeStep()", () => {
  const limits = { warnAfterMs: 10, errorFromMs: 20, criticalFromMs: 30 };

  it.each([
    { ageMs: 10, want: undefined },
    { ageMs: 11, want: { severity: "warning", threshold: { unit: "duration", ms: 10 } } },
    { ageMs: 19, want: { severity: "warning", threshold: { unit: "duration", ms: 10 } } },
    { ageMs: 20, want: { severity: "error", threshold: { unit: "duration", ms: 20 } } },
    { ageMs: 30, want: { severity: "critical", threshold: { unit: "duration", ms: 30 } } },
  ])("finds $want.severity at $ageMs", ({ ageMs, want }) => {
    expect(findAgeStep(ageMs, limits)).toStrictEqual(want);
  });

  it("takes a step without a limit as off", () => {
    expect(findAgeStep(1_000, {})).toBeUndefined();
  });
});

describe("findNearStep()", () => {
  const limits = { warnWithinMs: 30, errorWithinMs: 20, criticalWithinMs: 10 };

  it.each([
    { leftMs: 31, want: undefined },
    { leftMs: 30, want: { severity: "warning", threshold: { unit: "duration", ms: 30 } } },
    { leftMs: 20, want: { severity: "error", threshold: { unit: "duration", ms: 20 } } },
    { leftMs: 10, want: { severity: "critical", threshold: { unit: "duration", ms: 10 } } },
    { leftMs: -5, want: { severity: "critical", threshold: { unit: "duration", ms: 10 } } },
  ])("finds $want.severity with $leftMs left", ({ leftMs, want }) => {
    expect(findNearStep(leftMs, limits)).toStrictEqual(want);
  });

  it("takes a step without a limit as off", () => {
    expect(findNearStep(-1_000, {})).toBeUndefined();
  });
});

describe("findCountStep()", () => {
  it.each([
    { count: 3, fromCount: 4, want: undefined },
    { count: 4, fromCount: 4, want: { severity: "warning", threshold: { unit: "count", count: 4 } } },
    { count: 4, fromCount: undefined, want: undefined },
  ])("finds $want.severity at $count from $fromCount", ({ count, fromCount, want }) => {
    expect(findCountStep("warning", count, fromCount)).toStrictEqual(want);
  });
});
