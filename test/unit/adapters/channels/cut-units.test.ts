import { describe, expect, it } from "vitest";
import { cutUnits } from "../../../../src/adapters/channels/cut-units.ts";

describe("cutUnits()", () => {
  it.each([
    { text: "abc", maxUnits: 3, want: "abc" },
    { text: "abcd", maxUnits: 3, want: "ab…" },
    { text: "a😀", maxUnits: 3, want: "a😀" },
    { text: "a😀b", maxUnits: 3, want: "a…" },
  ])("makes $want of $text", ({ text, maxUnits, want }) => {
    expect(cutUnits(text, maxUnits)).toBe(want);
  });
});
