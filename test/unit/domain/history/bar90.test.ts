import { describe, expect, it } from "vitest";
import { BAR_DAYS, BAR_LETTERS, drawDay, letterOf, moveBar } from "../../../../src/domain/history/bar90.ts";
import { VERDICTS } from "../../../../src/domain/rules/verdict.ts";

/** A bar that ends with the given days. */
function aBar(days: string): string {
  return days.padStart(BAR_DAYS, "-");
}

describe("letterOf()", () => {
  it.each([
    { verdicts: [], want: "-" },
    { verdicts: ["ok"], want: "o" },
    { verdicts: ["not-judged"], want: "n" },
    { verdicts: ["ok", "pending"], want: "p" },
    { verdicts: ["pending", "info", "ok"], want: "i" },
    { verdicts: ["ok", "warning", "info"], want: "w" },
    { verdicts: ["warning", "error"], want: "e" },
    { verdicts: ["error", "ok", "critical", "unknown"], want: "c" },
    { verdicts: ["unknown", "warning"], want: "w" },
    { verdicts: ["unknown"], want: "u" },
    { verdicts: ["ok", "unknown"], want: "b" },
    { verdicts: ["unknown", "info"], want: "b" },
    { verdicts: ["unknown", "not-judged"], want: "b" },
  ] as const)("gives $want for $verdicts", ({ verdicts, want }) => {
    expect(letterOf(verdicts)).toBe(want);
  });

  it("gives each verdict by itself a letter of its own, which is explained", () => {
    const letters = VERDICTS.map((verdict) => letterOf([verdict]));

    expect(new Set(letters).size).toBe(VERDICTS.length);
    for (const letter of letters) expect(BAR_LETTERS[letter]).not.toBe("");
  });
});

describe("drawDay()", () => {
  it("writes the last day and leaves the others", () => {
    expect(drawDay(aBar("woo"), "e")).toBe(aBar("woe"));
  });

  it("begins a bar of which nothing was known", () => {
    expect(drawDay(undefined, "o")).toBe(aBar("o"));
  });

  it.each(["", "oo", "o".repeat(200)])("makes a bar of 90 days of whatever was stored", (stored) => {
    expect(drawDay(stored, "w")).toMatch(/^.{89}w$/);
  });
});

describe("moveBar()", () => {
  it.each([
    { days: 0, want: aBar("abc") },
    { days: 1, want: aBar("abc-") },
    { days: 88, want: `bc${"-".repeat(88)}` },
    { days: 90, want: aBar("") },
    { days: 20_000, want: aBar("") },
    { days: -1, want: aBar("ab") },
    { days: -3, want: aBar("") },
    { days: -20_000, want: aBar("") },
  ])("moves by $days days", ({ days, want }) => {
    expect(moveBar(aBar("abc"), days)).toBe(want);
  });

  it("keeps 90 days where there was no bar", () => {
    expect(moveBar(undefined, 3)).toBe(aBar(""));
  });
});
