import { describe, expect, it } from "vitest";
import { sayDate, sayDateFrom, sayDuration } from "../../../../src/domain/rules/words.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { NOW_MS } from "../connections/a-reading.ts";

describe("sayDuration()", () => {
  it.each([
    { durationMs: -1, want: "0 minutes" },
    { durationMs: MINUTE_MS, want: "1 minute" },
    { durationMs: 2 * HOUR_MS - 1, want: "119 minutes" },
    { durationMs: 2 * HOUR_MS, want: "2 hours" },
    { durationMs: 3 * DAY_MS - 1, want: "71 hours" },
    { durationMs: 3 * DAY_MS, want: "3 days" },
  ])("says $want of $durationMs ms", ({ durationMs, want }) => {
    expect(sayDuration(durationMs)).toBe(want);
  });
});

describe("sayDate()", () => {
  it("says the minute in UTC", () => {
    expect(sayDate(NOW_MS + 59_999)).toBe("2026-07-23 17:00 UTC");
  });
});

describe("sayDateFrom()", () => {
  it.each([
    { name: "ahead", atMs: NOW_MS + 10 * DAY_MS, want: "2026-08-02 17:00 UTC (in 10 days)" },
    { name: "passed", atMs: NOW_MS - HOUR_MS, want: "2026-07-23 16:00 UTC (60 minutes ago)" },
  ])("says how far a date is $name", ({ atMs, want }) => {
    expect(sayDateFrom(atMs, NOW_MS)).toBe(want);
  });
});
