import { describe, expect, it } from "vitest";
import { clockSkew } from "../../../../src/domain/rules/clock-skew.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import { aSource, aTenant } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("clock-skew", () => {
  it.each([
    { clockSkewMs: 0, want: "ok: clocks-agree" },
    { clockSkewMs: 5 * MINUTE_MS, want: "ok: clocks-agree" },
    { clockSkewMs: -5 * MINUTE_MS, want: "ok: clocks-agree" },
    { clockSkewMs: 5 * MINUTE_MS + 1, want: "warning: our-clock-is-slow" },
    { clockSkewMs: -5 * MINUTE_MS - 1, want: "warning: our-clock-is-fast" },
  ])("says $want when Graph's clock is $clockSkewMs ms ahead of ours", ({ clockSkewMs, want }) => {
    expect(inWords(evaluate(clockSkew, aTenant({ clockSkewMs })))).toBe(want);
  });

  it("measures the difference without its sign", () => {
    expect(evaluate(clockSkew, aTenant({ clockSkewMs: -6 * MINUTE_MS }))).toMatchObject({
      measured: { unit: "duration", ms: 6 * MINUTE_MS },
      threshold: { unit: "duration", ms: 5 * MINUTE_MS },
    });
  });

  it("does not know without a dated answer", () => {
    expect(inWords(evaluate(clockSkew, aTenant()))).toBe("unknown: no-dated-answer");
  });

  it("says nothing of a source", () => {
    expect(evaluate(clockSkew, aSource()).verdict).toBe("not-applicable");
  });
});
