import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, isJsonObject } from "../../../../src/domain/connections/canonical-json.ts";

describe("canonicalJson()", () => {
  it("writes equal values equally, whatever the order of their keys", () => {
    const text = canonicalJson({ b: [1, "two", null], a: { d: true, c: {} } });

    expect(text).toBe('{"a":{"c":{},"d":true},"b":[1,"two",null]}');
  });

  it("writes JSON that means the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const again: unknown = JSON.parse(canonicalJson(value));

        expect(again).toStrictEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("cuts a value that is nested deeper than the stack could bear", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);

    const text = canonicalJson(deep);

    expect(text).toBe('[[[[[[[[[["…"]]]]]]]]]]');
  });
});

describe("isJsonObject()", () => {
  it.each([
    { value: {}, want: true },
    { value: [], want: false },
    { value: null, want: false },
    { value: "{}", want: false },
  ])("says $want of $value", ({ value, want }) => {
    expect(isJsonObject(value)).toBe(want);
  });
});
