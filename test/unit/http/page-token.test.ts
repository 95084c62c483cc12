import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePageToken, toPageToken } from "../../../src/http/page-token.ts";
import { digest } from "../../builders/a-policy.ts";

const position = fc.stringMatching(/^[\w.|-]{1,200}$/);

describe("toPageToken()", () => {
  it("writes version, position and digest", () => {
    expect(toPageToken("8204665599999", "view=events", () => "d".repeat(32))).toBe(
      `v1.8204665599999.${"d".repeat(32)}`,
    );
  });
});

describe("parsePageToken()", () => {
  it("gives back the position of every token of its query", () => {
    fc.assert(
      fc.property(position, fc.string(), (place, query) => {
        expect(parsePageToken(toPageToken(place, query, digest), query, digest)).toBe(place);
      }),
    );
  });

  it("refuses every token of another query", () => {
    fc.assert(
      fc.property(position, fc.string(), fc.string(), (place, query, other) => {
        fc.pre(query !== other);

        expect(parsePageToken(toPageToken(place, query, digest), other, digest)).toBeUndefined();
      }),
    );
  });

  it("refuses every token in which one character was changed, lost or added", () => {
    const edit = fc.record({
      at: fc.nat(),
      kind: fc.constantFrom("change", "lose", "add"),
      character: fc.oneof(fc.constantFrom("0", "9", "a", "f", "|", "."), fc.string({ minLength: 1, maxLength: 1 })),
    });
    fc.assert(
      fc.property(position, edit, (place, { at, kind, character }) => {
        const token = toPageToken(place, "query", digest);
        const index = at % token.length;
        const [kept, inserted] = { change: [1, character], lose: [1, ""], add: [0, character] }[kind] as [
          number,
          string,
        ];
        const altered = token.slice(0, index) + inserted + token.slice(index + kept);
        fc.pre(altered !== token);

        expect(parsePageToken(altered, "query", digest)).toBeUndefined();
      }),
    );
  });

  it.each([
    { name: "an empty text", token: "" },
    { name: "another version", token: `v2.1.${digest("1\nquery")}` },
    { name: "an empty position", token: `v1..${digest("\nquery")}` },
    { name: "a position outside its alphabet", token: `v1.a'b.${digest("a'b\nquery")}` },
    { name: "a position that is too long", token: `v1.${"1".repeat(201)}.${digest(`${"1".repeat(201)}\nquery`)}` },
    { name: "a newline behind it", token: `${toPageToken("1", "query", digest)}\n` },
  ])("refuses $name", ({ token }) => {
    expect(parsePageToken(token, "query", digest)).toBeUndefined();
  });
});
