import { describe, expect, it } from "vitest";
import { describeDistance, describeDuration } from "../../../../src/domain/delivery/describe-time.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe("describeDuration()", () => {
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
    expect(describeDuration(ms)).toBe(want);
  });
});

describe("describeDistance()", () => {
  it.each([
    { atMs: 8 * DAY_MS, want: "in 8 d" },
    { atMs: 0, want: "0 s ago" },
    { atMs: -HOUR_MS, want: "1 h ago" },
  ])("says $want of $atMs ms from now", ({ atMs, want }) => {
    expect(describeDistance(atMs, 0)).toBe(want);
  });
});
