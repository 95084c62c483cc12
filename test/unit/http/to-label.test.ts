import { describe, expect, it } from "vitest";
import { toLabel } from "../../../src/http/to-label.ts";

describe("toLabel()", () => {
  it.each([
    { name: "as it is", text: "Jamf", want: "Jamf" },
    { name: "on one line", text: " a\r\nb\u202e ", want: "a b" },
    { name: "cut to 64 characters", text: "x".repeat(65), want: `${"x".repeat(63)}…` },
  ])("shows a text $name", ({ text, want }) => {
    expect(toLabel(text)).toBe(want);
  });
});
