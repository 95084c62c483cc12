import { describe, expect, it } from "vitest";
import { describeValue } from "../../../../src/domain/connections/describe-value.ts";

describe("describeValue()", () => {
  it.each([
    { value: "text", want: "text" },
    { value: 7, want: "7" },
    { value: null, want: "null" },
    { value: { b: 1, a: [true] }, want: '{"a":[true],"b":1}' },
    { value: "x".repeat(100), want: `${"x".repeat(63)}…` },
  ])("shows $value", ({ value, want }) => {
    const shown = describeValue(value);

    expect(shown).toBe(want);
  });
});
