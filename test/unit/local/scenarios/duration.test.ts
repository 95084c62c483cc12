import { describe, expect, it } from "vitest";
import { durationMs, isDuration, isMoment, momentMs } from "../../../../local/scenarios/duration.ts";

const HOUR_MS = 3_600_000;

describe("durationMs()", () => {
  it.each([
    { text: "PT0S", wantMs: 0 },
    { text: "P10D", wantMs: 240 * HOUR_MS },
    { text: "PT36H", wantMs: 36 * HOUR_MS },
    { text: "P14DT6M", wantMs: 336 * HOUR_MS + 360_000 },
    { text: "P12DT12H1M30S", wantMs: 300 * HOUR_MS + 90_000 },
    { text: "PT0.25S", wantMs: 250 },
    { text: "-P1DT2H", wantMs: -26 * HOUR_MS },
  ])("reads $text", ({ text, wantMs }) => {
    expect(durationMs(text)).toBe(wantMs);
  });

  it.each(["", "P", "PT", "P1DT", "P1W", "P1M", "P1Y", "4h", "PT4h", "+P1D", "--P1D", " P1D", "P1D "])(
    "refuses '%s'",
    (text) => {
      expect(isDuration(text)).toBe(false);
      expect(() => durationMs(text)).toThrow(RangeError);
    },
  );
});

describe("momentMs()", () => {
  it.each([
    { text: "P2D", wantMs: 48 * HOUR_MS },
    { text: "-P2D", wantMs: -48 * HOUR_MS },
    { text: "+P2D", wantMs: 53 * HOUR_MS },
  ])("counts $text from zero, or from its event behind a plus", ({ text, wantMs }) => {
    expect(momentMs(text, 5 * HOUR_MS)).toBe(wantMs);
  });

  it.each([
    { text: "+P2D", want: true },
    { text: "-P2D", want: true },
    { text: "+-P2D", want: false },
    { text: "none", want: false },
  ])("takes $text for a moment: $want", ({ text, want }) => {
    expect(isMoment(text)).toBe(want);
  });
});
