import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { sayDate, sayDateFrom, sayDistance, sayDuration } from "../../../src/domain/words.ts";
import { NOW_MS } from "./connections/a-reading.ts";

describe("sayDuration()", () => {
  it.each([
    { ms: -1, want: "0 s" },
    { ms: 999, want: "0 s" },
    { ms: 59_999, want: "59 s" },
    { ms: MINUTE_MS, want: "1 min" },
    { ms: 15 * MINUTE_MS + 59_000, want: "15 min" },
    { ms: HOUR_MS, want: "1 h" },
    { ms: 5 * HOUR_MS + 12 * MINUTE_MS, want: "5 h 12 min" },
    { ms: DAY_MS - 1, want: "23 h 59 min" },
    { ms: 2 * DAY_MS + 5 * HOUR_MS + 59 * MINUTE_MS, want: "2 d 5 h" },
    { ms: 3 * DAY_MS + 59 * MINUTE_MS, want: "3 d" },
    { ms: 400 * DAY_MS, want: "400 d" },
  ])("says $want of $ms ms", ({ ms, want }) => {
    expect(sayDuration(ms)).toBe(want);
  });
});

describe("sayDuration() with more units", () => {
  it.each([
    { ms: 3 * DAY_MS + 15 * MINUTE_MS, maxUnits: 3, want: "3 d 15 min" },
    { ms: 3 * DAY_MS + 2_000, maxUnits: 3, want: "3 d" },
    { ms: 3 * DAY_MS + 2_000, maxUnits: 4, want: "3 d 2 s" },
    { ms: HOUR_MS + 2_000, maxUnits: 3, want: "1 h 2 s" },
    { ms: 15 * MINUTE_MS + 59_000, maxUnits: 3, want: "15 min 59 s" },
    { ms: 0, maxUnits: 4, want: "0 s" },
  ])("says $want of $ms ms with $maxUnits", ({ ms, maxUnits, want }) => {
    expect(sayDuration(ms, maxUnits)).toBe(want);
  });
});

describe("sayDistance()", () => {
  it.each([
    { atMs: 8 * DAY_MS + 20 * HOUR_MS, want: "in 8 d 20 h" },
    { atMs: 0, want: "0 s ago" },
    { atMs: -HOUR_MS, want: "1 h ago" },
  ])("says $want of $atMs ms from now", ({ atMs, want }) => {
    expect(sayDistance(atMs, 0)).toBe(want);
  });
});

describe("sayDate()", () => {
  it("says the minute in UTC", () => {
    expect(sayDate(NOW_MS + 59_999)).toBe("2026-07-23 17:00 UTC");
  });
});

describe("sayDateFrom()", () => {
  it.each([
    { name: "ahead", atMs: NOW_MS + 10 * DAY_MS, want: "2026-08-02 17:00 UTC (in 10 d)" },
    { name: "passed", atMs: NOW_MS - HOUR_MS, want: "2026-07-23 16:00 UTC (1 h ago)" },
  ])("says how far a date is $name", ({ atMs, want }) => {
    expect(sayDateFrom(atMs, NOW_MS)).toBe(want);
  });
});
