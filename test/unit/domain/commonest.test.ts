import { describe, expect, it } from "vitest";
import { commonest } from "../../../src/domain/commonest.ts";

describe("commonest()", () => {
  it.each([
    { items: ["a", "b", "b"], want: "b" },
    { items: ["b", "a", "a", "b"], want: "b" },
    { items: [], want: undefined },
  ])("returns $want for $items", ({ items, want }) => {
    expect(commonest(items)).toBe(want);
  });
});
