import { describe, expect, it } from "vitest";
import {
  dayOf,
  parseDuration,
  sayDay,
  sayDistance,
  sayDuration,
  sayInstant,
  sayLength,
  sayMoment,
} from "../../../../dashboard/model/say-time.ts";
import { NOW } from "../builders.ts";

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

describe("sayDuration()", () => {
  it.each([
    [0, "0 s"],
    [-5 * SECOND, "0 s"],
    [59 * SECOND, "59 s"],
    [90 * SECOND, "1 min"],
    [HOUR, "1 h"],
    [3 * HOUR + 9 * MINUTE, "3 h 9 min"],
    [36 * HOUR, "1 d 12 h"],
    [9 * DAY + 23 * HOUR, "9 d 23 h"],
    [10 * DAY + 23 * HOUR, "10 d"],
  ])("says %i ms as %s", (durationMs, want) => {
    expect(sayDuration(durationMs)).toBe(want);
  });
});

describe("sayLength()", () => {
  it.each([
    [0, "0 seconds"],
    [SECOND, "1 second"],
    [2 * HOUR - 1, "1 hour"],
    [7 * DAY - 1, "6 days"],
  ])("says %i ms as %s", (durationMs, want) => {
    expect(sayLength(durationMs)).toBe(want);
  });
});

describe("sayDistance()", () => {
  it.each([
    [NOW + 6 * DAY + HOUR, "in 6 days"],
    [NOW - HOUR, "1 hour ago"],
    [NOW - 999, "now"],
  ])("says %i as %s", (atMs, want) => {
    expect(sayDistance(atMs, NOW)).toBe(want);
  });
});

describe("sayInstant()", () => {
  it("says an instant in UTC to the second", () => {
    expect(sayInstant(NOW)).toBe("2026-11-22 12:00:00 UTC");
  });
});

describe("sayMoment()", () => {
  it.each([
    ["2026-11-22T00:00:00Z", "00:00 UTC"],
    ["2026-11-23T00:00:00Z", "Mon 00:00 UTC"],
    ["2026-11-28T11:59:59Z", "Sat 11:59 UTC"],
    ["2026-11-28T12:00:00Z", "2026-11-28 12:00 UTC"],
  ])("says %s as %s", (iso, want) => {
    expect(sayMoment(Date.parse(iso), NOW)).toBe(want);
  });
});

describe("sayDay()", () => {
  it("says a UTC day, wherever the reader is", () => {
    expect(sayDay("2026-11-22")).toMatch(/^Sun,? 22 Nov 2026$/);
  });
});

describe("dayOf()", () => {
  it.each([
    ["2026-11-22T23:59:59Z", "2026-11-22"],
    ["2026-11-23T00:00:00Z", "2026-11-23"],
  ])("puts %s on %s", (at, want) => {
    expect(dayOf(Date.parse(at))).toBe(want);
  });
});

describe("parseDuration()", () => {
  it.each([
    ["P1DT12H", 36 * HOUR],
    ["PT15M", 15 * MINUTE],
    ["PT0S", 0],
    ["P", undefined],
    ["PT", undefined],
    ["P1M", undefined],
    ["36h", undefined],
  ])("reads %s as %s", (text, want) => {
    expect(parseDuration(text)).toBe(want);
  });
});
