import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, toPlainLine } from "../../../../src/domain/delivery/to-plain-line.ts";

describe("toPlainLine()", () => {
  it.each([
    { label: "line ends and tabs", text: " Jamf\r\n\tPro\u2028x\u0085y ", want: "Jamf Pro x y" },
    { label: "control characters", text: "a\u0000b\u001b[31mc", want: "a b [31mc" },
    { label: "direction marks", text: "\u202Eevil\u202C \u2066x\u2069\u200F\u061C", want: "evil x" },
    { label: "zero-width and tag characters", text: "a\u200Bb\uFEFFc\u{E0041}d\u00ADe", want: "abcde" },
    { label: "an invisible character between two spaces", text: "a \u200B b", want: "a b" },
    { label: "a lone surrogate", text: "a\uD83Db", want: "a\uFFFDb" },
  ])("takes away $label", ({ text, want }) => {
    expect(toPlainLine(text)).toBe(want);
  });

  it.each(["Müller & Söhne <GmbH>", "日本語", "שלום", "👩‍👩‍👧", "*bold* [x](y)"])("keeps %s", (text) => {
    expect(toPlainLine(text)).toBe(text);
  });

  it("gives one well-formed line for any text, and the same line again for that line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = toPlainLine(text);

        expect(line).not.toMatch(/[\n\r\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
        expect(line.isWellFormed()).toBe(true);
        expect(toPlainLine(line)).toBe(line);
      }),
      { seed: 4 },
    );
  });
});

describe("cutText()", () => {
  it.each([
    { text: "abc", maxChars: 3, want: "abc" },
    { text: "abcd", maxChars: 3, want: "ab…" },
    { text: "😀😀😀", maxChars: 3, want: "😀😀😀" },
    { text: "😀😀😀😀", maxChars: 3, want: "😀😀…" },
  ])("makes $want of $text with $maxChars characters", ({ text, maxChars, want }) => {
    expect(cutText(text, maxChars)).toBe(want);
  });
});
