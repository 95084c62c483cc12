import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, cutText, toPlainLine } from "../../../src/domain/text.ts";

/** Any code units, with many surrogates, and everything that may stay out of neither a store nor a message. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0xd7ff, max: 0xe000 }),
      fc.integer({ min: 0x2000, max: 0x206f }),
    ),
  )
  .map((units) => String.fromCharCode(...units));

/** No character but the two joiners and the two presentation selectors may be invisible. */
const HARMFUL = /[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B\u200E-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF]/u;

const ORDINARY = ["Müller & Söhne <GmbH>", "日本語 🍏", "שלום", "नमस्‍ते", "👩‍👩‍👧 ❤️", "*bold* [x](y)"] as const;

const HOSTILE = [
  { name: "control characters", text: "a\u0000b\u001B[31mc", stored: "a\uFFFDb\uFFFD[31mc", shown: "ab[31mc" },
  { name: "lone surrogates", text: "a\uD800b\uDC00c", stored: "a\uFFFDb\uFFFDc", shown: "abc" },
  {
    name: "marks of direction",
    text: "abc\u202Egnp\u202C \u2066x\u2069\u200F\u061C",
    stored: "abc\uFFFDgnp\uFFFD \uFFFDx\uFFFD\uFFFD\uFFFD",
    shown: "abcgnp x",
  },
  {
    name: "characters without width",
    text: "a\u200Bb\uFEFFc\u{E0041}d\u00ADe\u2060f\uFFF9g",
    stored: "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg",
    shown: "abcdefg",
  },
  { name: "letters that print nothing", text: "\u3164a\u115F", stored: "\uFFFDa\uFFFD", shown: "a" },
  { name: "one of them between two blanks", text: "a \u200B b", stored: "a \uFFFD b", shown: "a b" },
  {
    name: "line ends and tabs",
    text: " a\r\n\tb\u2028c\u0085d\u00A0",
    stored: " a   b c d ",
    shown: "a b c d",
  },
] as const;

describe("cleanText()", () => {
  it.each(ORDINARY)("keeps %s", (text) => {
    expect(cleanText(text)).toBe(text);
  });

  it.each(HOSTILE)("marks $name", ({ text, stored }) => {
    expect(cleanText(text)).toBe(stored);
  });

  it("cuts at 256 characters, or where it is told to", () => {
    expect(cleanText("a".repeat(300))).toBe(`${"a".repeat(255)}…`);
    expect(cleanText("ab🍏c", 3)).toBe("ab…");
  });

  it("gives a harmless text of no more characters, which it leaves alone the second time", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 12 }), (text, maxChars) => {
        const clean = cleanText(text, maxChars);

        expect(clean).not.toMatch(HARMFUL);
        expect(Array.from(clean).length).toBeLessThanOrEqual(maxChars);
        expect(cleanText(clean, maxChars)).toBe(clean);
      }),
    );
  });
});

describe("toPlainLine()", () => {
  it.each(ORDINARY)("keeps %s", (text) => {
    expect(toPlainLine(text)).toBe(text);
  });

  it.each(HOSTILE)("takes away $name", ({ text, shown }) => {
    expect(toPlainLine(text)).toBe(shown);
  });

  it("gives one harmless line for any text, and the same line again for that line", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = toPlainLine(text);

        expect(line).not.toMatch(HARMFUL);
        expect(toPlainLine(line)).toBe(line);
      }),
    );
  });
});

describe("cutText()", () => {
  it.each([
    { text: "abc", maxChars: 3, want: "abc" },
    { text: "abcd", maxChars: 3, want: "ab…" },
    { text: "😀😀😀", maxChars: 3, want: "😀😀😀" },
    { text: "😀😀😀😀", maxChars: 3, want: "😀😀…" },
    { text: `😀${"a".repeat(99)}`, maxChars: 1, want: "…" },
  ])("makes $want of $text with $maxChars characters", ({ text, maxChars, want }) => {
    expect(cutText(text, maxChars)).toBe(want);
  });
});
