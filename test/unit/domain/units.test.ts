import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, formatDuration, HOUR_MS, MINUTE_MS, parseDuration, SECOND_MS } from "../../../src/domain/units.ts";

describe("parseDuration()", () => {
  it.each([
    { text: "PT24H", wantMs: 24 * HOUR_MS },
    { text: "P1DT12H", wantMs: 36 * HOUR_MS },
    { text: "P14D", wantMs: 14 * DAY_MS },
    { text: "PT5M30S", wantMs: 5 * MINUTE_MS + 30 * SECOND_MS },
    { text: "PT0S", wantMs: 0 },
  ])("reads $text", ({ text, wantMs }) => {
    const durationMs = parseDuration(text);

    expect(durationMs).toBe(wantMs);
  });

  it.each([
    "",
    "P",
    "PT",
    "P1DT",
    "1D",
    "P1W",
    "P1M",
    "P1Y",
    "-P1D",
    "PT1.5H",
    "PT1H ",
    "pt1h",
    "P1H",
    "PT1D",
    "P999999D",
  ])("refuses %j", (text) => {
    const durationMs = parseDuration(text);

    expect(durationMs).toBeUndefined();
  });
});

describe("formatDuration()", () => {
  it.each([
    { durationMs: 0, want: "PT0S" },
    { durationMs: 999, want: "PT0S" },
    { durationMs: -HOUR_MS, want: "PT0S" },
    { durationMs: 36 * HOUR_MS, want: "P1DT12H" },
    { durationMs: 14 * DAY_MS, want: "P14D" },
    { durationMs: HOUR_MS + MINUTE_MS + SECOND_MS, want: "PT1H1M1S" },
  ])("writes $durationMs as $want", ({ durationMs, want }) => {
    const text = formatDuration(durationMs);

    expect(text).toBe(want);
  });

  it("writes what parseDuration() reads as the same whole seconds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 * DAY_MS }), (durationMs) => {
        const again = parseDuration(formatDuration(durationMs));

        expect(again).toBe(Math.floor(durationMs / SECOND_MS) * SECOND_MS);
      }),
    );
  });
});
