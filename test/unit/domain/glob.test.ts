import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesGlob } from "../../../src/domain/glob.ts";

function anyTextOf(...letters: readonly string[]): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
}

describe("matchesGlob()", () => {
  it.each([
    { pattern: "jamf*", text: "Jamf Device Compliance" },
    { pattern: "*compliance", text: "Jamf Device Compliance" },
    { pattern: "*device*", text: "Jamf Device Compliance" },
    { pattern: "a*b*c", text: "axxbyyc" },
    { pattern: "*", text: "" },
    { pattern: "**", text: "anything" },
    { pattern: "Jamf", text: "jamf" },
    { pattern: "a*a", text: "aa" },
    { pattern: "", text: "" },
  ])("fits $pattern to $text", ({ pattern, text }) => {
    expect(matchesGlob(pattern, text)).toBe(true);
  });

  it.each([
    { pattern: "jamf", text: "Jamf Device Compliance" },
    { pattern: "a*a", text: "a" },
    { pattern: "a*b*c", text: "acb" },
    { pattern: "*ab*ab", text: "ab" },
    { pattern: "a.c", text: "abc" },
    { pattern: "a?c", text: "abc" },
    { pattern: "", text: "a" },
  ])("does not fit $pattern to $text", ({ pattern, text }) => {
    expect(matchesGlob(pattern, text)).toBe(false);
  });

  it("agrees with the regular expression of the same meaning", () => {
    fc.assert(
      fc.property(anyTextOf("a", "b", "*"), anyTextOf("a", "b", "A"), (pattern, subject) => {
        const expression = new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "is");

        expect(matchesGlob(pattern, subject)).toBe(expression.test(subject));
      }),
      { numRuns: 2_000 },
    );
  });
});
