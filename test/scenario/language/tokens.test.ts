import { describe, expect, it } from "vitest";
import { tokensOf } from "./tokens.ts";

describe("tokensOf()", () => {
  it("splits words and quoted texts", () => {
    expect(tokensOf('  at 3d "Jamf #1 (old)" beats  ')).toEqual([
      { text: "at", isQuoted: false },
      { text: "3d", isQuoted: false },
      { text: "Jamf #1 (old)", isQuoted: true },
      { text: "beats", isQuoted: false },
    ]);
  });

  it.each(["", "   ", "# all of it", '   # "all of it'])("finds nothing in %j", (line) => {
    expect(tokensOf(line)).toEqual([]);
  });

  it("ends at a comment, but not inside a word", () => {
    expect(tokensOf("preset a#b # why").map(({ text }) => text)).toEqual(["preset", "a#b"]);
  });

  it.each(['at 3d "Jamf', 'at 3d "Jamf"beats', 'at 3d Jamf"'])("refuses %s", (line) => {
    expect(() => tokensOf(line)).toThrow("a text between two quotes");
  });
});
