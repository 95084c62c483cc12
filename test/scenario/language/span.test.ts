import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../src/domain/units.ts";
import { formatSpan, parseSpan } from "./span.ts";

describe("parseSpan()", () => {
  it.each([
    { text: "4d12h30min", wantMs: 4 * DAY_MS + 12 * HOUR_MS + 30 * MINUTE_MS },
    { text: "0d", wantMs: 0 },
    { text: "90s", wantMs: 90 * SECOND_MS },
    { text: "36h", wantMs: 36 * HOUR_MS },
    { text: "-30d", wantMs: -30 * DAY_MS },
    { text: "P1DT12H", wantMs: 36 * HOUR_MS },
    { text: "", wantMs: undefined },
    { text: "-", wantMs: undefined },
    { text: "4", wantMs: undefined },
    { text: "4m", wantMs: undefined },
    { text: "12h4d", wantMs: undefined },
    { text: "-P1D", wantMs: undefined },
    { text: "4d 12h", wantMs: undefined },
  ])('reads "$text" as $wantMs', ({ text, wantMs }) => {
    expect(parseSpan(text)).toBe(wantMs);
  });
});

describe("formatSpan()", () => {
  it.each(["4d12h30min", "36h", "0d", "-2h15s", "1d1s"])("writes what parseSpan() reads: %s", (text) => {
    const spanMs = parseSpan(text) ?? Number.NaN;

    expect(parseSpan(formatSpan(spanMs))).toBe(spanMs);
  });

  it("uses the largest units", () => {
    expect(formatSpan(36 * HOUR_MS + 500)).toBe("1d12h");
  });
});
