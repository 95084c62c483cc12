import { describe, expect, expectTypeOf, it } from "vitest";
import { matchForm, partsOf, type SlotsOf } from "./form.ts";
import { tokensOf } from "./tokens.ts";

const FORM = "at <time> <who:text> beats [every <span>] [on <channel>]";

function match(line: string) {
  return matchForm(partsOf(FORM), tokensOf(line));
}

describe("matchForm()", () => {
  it.each([
    { line: 'at 1h "A B" beats', slots: { time: 3_600_000, who: "A B" } },
    { line: "at 1h A beats every 1s", slots: { time: 3_600_000, who: "A", span: 1_000 } },
    { line: "at 1h A beats on ops", slots: { time: 3_600_000, who: "A", channel: "ops" } },
    { line: "at 1h A beats every 1s on ops", slots: { time: 3_600_000, who: "A", span: 1_000, channel: "ops" } },
  ])("takes $line", ({ line, slots }) => {
    expect(match(line)).toEqual({ kind: "match", slots });
  });

  it.each([
    { line: "at", at: 1, expected: ["a time since the start, such as 3d or 4d12h30min"] },
    { line: 'at "1h" A beats', at: 1, expected: ["a time since the start, such as 3d or 4d12h30min"] },
    { line: "on 1h", at: 0, expected: ['"at"'] },
    { line: 'at 1h A "beats"', at: 3, expected: ['"beats"'] },
    { line: "at 1h A beats every", at: 5, expected: ["a length of time above zero, such as 4h or 15min"] },
    { line: "at 1h A beats every 0s", at: 5, expected: ["a length of time above zero, such as 4h or 15min"] },
    { line: "at 1h A beats twice", at: 4, expected: ['"every"', '"on"', "the end of the line"] },
    { line: "at 1h A beats on ops every 1s", at: 6, expected: ["the end of the line"] },
  ])("says what it expected of $line", ({ line, at, expected }) => {
    expect(match(line)).toEqual({ kind: "mismatch", at, expected });
  });
});

describe("partsOf()", () => {
  it("refuses a place whose type does not exist", () => {
    expect(() => partsOf("at <tme>")).toThrow('"tme"');
  });
});

describe("SlotsOf", () => {
  it("knows the types of a form's places, and which may be left out", () => {
    expectTypeOf<SlotsOf<typeof FORM>["time"]>().toEqualTypeOf<number>();
    expectTypeOf<SlotsOf<typeof FORM>["who"]>().toEqualTypeOf<string>();
    expectTypeOf<SlotsOf<typeof FORM>["channel"]>().toEqualTypeOf<string | undefined>();
  });
});
