import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstant, slotOf, toDate, toIso } from "../../../src/domain/time.ts";
import { MINUTE_MS, SECOND_MS } from "../../../src/domain/units.ts";

const YEAR_1_MS = Date.parse("0001-01-01T00:00:00.000Z");
const YEAR_9999_MS = Date.parse("9999-12-31T23:59:59.999Z");
const anyInstant = fc.integer({ min: YEAR_1_MS, max: YEAR_9999_MS });

function twoDigits(max: number): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max }).map((count) => String(count).padStart(2, "0"));
}

describe("parseInstant()", () => {
  it.each([
    "2026-09-11T14:39:25Z",
    "2026-07-23T16:59:33.792783Z",
    "2026-07-17T10:45:28.2000756Z",
    "2016-12-31T23:59:37.9174975-08:00",
    "2017-01-01T00:00:12.4442527+03:00",
    "2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z",
  ])("reads %s", (text) => {
    const atMs = parseInstant(text);

    expect(atMs).toBe(Date.parse(text));
  });

  it.each([
    { text: "", fault: "nothing" },
    { text: "String (timestamp)", fault: "a placeholder" },
    { text: "2026-07-23T16:59:33", fault: "no zone" },
    { text: "2026-07-23", fault: "no time" },
    { text: "2026-07-23 16:59:33Z", fault: "a blank for T" },
    { text: "2026-02-30T00:00:00Z", fault: "no such day" },
    { text: "2025-02-29T00:00:00Z", fault: "no leap year" },
    { text: "1900-02-29T00:00:00Z", fault: "no leap year of the century" },
    { text: "2026-04-31T00:00:00Z", fault: "no 31st" },
    { text: "2026-00-10T00:00:00Z", fault: "month 0" },
    { text: "2026-13-01T00:00:00Z", fault: "month 13" },
    { text: "2026-01-00T00:00:00Z", fault: "day 0" },
    { text: "2026-07-23T24:00:00Z", fault: "hour 24" },
    { text: "2026-07-23T12:60:00Z", fault: "minute 60" },
    { text: "2026-07-23T12:00:60Z", fault: "second 60" },
    { text: "2026-07-23T12:00:00+15:00", fault: "offset over 14 hours" },
    { text: "2026-07-23T12:00:00+01:60", fault: "offset minute 60" },
    { text: "2026-07-23T12:00:00.Z", fault: "an empty fraction" },
    { text: "2026-07-23T12:00:00z", fault: "a small z" },
    { text: "Thu, 23 Jul 2026 12:00:00 GMT", fault: "RFC 1123" },
    { text: "/Date(1753272000000)/", fault: "an old JSON date" },
  ])("refuses $fault: $text", ({ text }) => {
    const atMs = parseInstant(text);

    expect(atMs).toBeUndefined();
  });

  it("agrees with Date on every instant of the years 1 to 9999", () => {
    fc.assert(
      fc.property(anyInstant, (atMs) => {
        const parsed = parseInstant(new Date(atMs).toISOString());

        expect(parsed).toBe(atMs);
      }),
    );
  });

  it("agrees with Date on every offset", () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (atMs, offsetMinutes) => {
        const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, "0");
        const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, "0");
        const text = new Date(atMs).toISOString().replace("Z", `${offsetMinutes < 0 ? "-" : "+"}${hours}:${minutes}`);

        const parsed = parseInstant(text);

        expect(parsed).toBe(Date.parse(text));
      }),
    );
  });

  it("accepts a calendar day exactly when Date does not roll it over", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), twoDigits(14), twoDigits(33), (year, month, day) => {
        const date = `${String(year).padStart(4, "0")}-${month}-${day}`;
        const byDate = new Date(`${date}T00:00:00.000Z`);

        const parsed = parseInstant(`${date}T00:00:00Z`);

        const isReal = !Number.isNaN(byDate.getTime()) && byDate.toISOString().startsWith(date);
        expect(parsed).toBe(isReal ? byDate.getTime() : undefined);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("toDate()", () => {
  it.each([
    { atMs: Date.UTC(2026, 10, 22), want: "2026-11-22" },
    { atMs: Date.UTC(2026, 10, 22) - 1, want: "2026-11-21" },
  ])("writes the UTC day of $atMs as $want", ({ atMs, want }) => {
    expect(toDate(atMs)).toBe(want);
  });
});

describe("toIso()", () => {
  it("writes what Date writes, without milliseconds that are 0", () => {
    fc.assert(
      fc.property(anyInstant, (atMs) => {
        const text = toIso(atMs);

        expect(text).toBe(new Date(atMs).toISOString().replace(".000Z", "Z"));
      }),
    );
  });
});

describe("slotOf()", () => {
  const periodMs = 15 * MINUTE_MS;

  it.each([
    { name: "at the start of a period", atMs: periodMs, want: periodMs },
    { name: "late in a period", atMs: 2 * periodMs - 6 * SECOND_MS, want: periodMs },
    { name: "5 seconds early", atMs: 2 * periodMs - 5 * SECOND_MS, want: 2 * periodMs },
  ])("names the slot of a run $name", ({ atMs, want }) => {
    const slotMs = slotOf(atMs, periodMs);

    expect(slotMs).toBe(want);
  });
});
