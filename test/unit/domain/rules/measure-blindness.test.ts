import { describe, expect, it } from "vitest";
import { measureBlindness } from "../../../../src/domain/rules/measure-blindness.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";

describe("measureBlindness()", () => {
  it.each([
    { threshold: { unit: "count", count: 4 }, measured: { unit: "count", count: 96 } },
    { threshold: { unit: "duration", ms: DAY_MS }, measured: { unit: "duration", ms: 2 * DAY_MS } },
  ] as const)("measures in the $threshold.unit of its limit", ({ threshold, measured }) => {
    expect(measureBlindness({ severity: "critical", threshold }, 96, 2 * DAY_MS)).toEqual(measured);
  });
});
