import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, describeValue } from "../../../../src/domain/connections/clean-text.ts";

describe("cleanText()", () => {
  it.each([
    { name: "keeps ordinary text of any script", text: "Jamf 日本 Ünïcode 🍏", want: "Jamf 日本 Ünïcode 🍏" },
    { name: "makes line ends and tabs blanks", text: "a\r\nb\tc\u2028d", want: "a  b c d" },
    { name: "replaces control characters", text: "a\u0000b\u001B[31m", want: "a\u{FFFD}b\u{FFFD}[31m" },
    { name: "replaces lone surrogates", text: "a\uD800b\uDC00", want: "a\u{FFFD}b\u{FFFD}" },
    { name: "replaces marks that turn text around", text: "abc\u202Egnp", want: "abc\u{FFFD}gnp" },
  ])("$name", ({ text, want }) => {
    const clean = cleanText(text);

    expect(clean).toBe(want);
  });

  it.each([
    { name: "at 256 characters", text: "a".repeat(300), maxLength: undefined, want: "a".repeat(256) },
    { name: "before a character of two units that does not fit", text: "ab🍏", maxLength: 3, want: "ab" },
    { name: "behind a character of two units that just fits", text: "a🍏b", maxLength: 3, want: "a🍏" },
  ])("cuts $name", ({ text, maxLength, want }) => {
    const clean = cleanText(text, maxLength);

    expect(clean).toBe(want);
  });

  it("returns well-formed text within the limit that it leaves alone the second time", () => {
    const anyUnits = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd7ff, max: 0xe000 })));
    fc.assert(
      fc.property(anyUnits, fc.integer({ min: 1, max: 12 }), (units, maxLength) => {
        const clean = cleanText(String.fromCharCode(...units), maxLength);

        expect(clean.length).toBeLessThanOrEqual(maxLength);
        expect(clean.isWellFormed()).toBe(true);
        expect(cleanText(clean, maxLength)).toBe(clean);
      }),
    );
  });
});

describe("describeValue()", () => {
  it.each([
    { value: "text", want: "text" },
    { value: 7, want: "7" },
    { value: null, want: "null" },
    { value: { b: 1, a: [true] }, want: '{"a":[true],"b":1}' },
    { value: "x".repeat(100), want: "x".repeat(64) },
  ])("shows $value", ({ value, want }) => {
    const shown = describeValue(value);

    expect(shown).toBe(want);
  });
});
