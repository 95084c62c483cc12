import { describe, expect, it } from "vitest";
import { z } from "zod";
import { oneOf, pagingParameters } from "../../../src/http/parameters.schema.ts";

describe("pagingParameters", () => {
  const schema = z.strictObject(pagingParameters);

  it.each([
    { given: "1", want: 1 },
    { given: "1000", want: 1000 },
  ])("reads a page size of $given", ({ given, want }) => {
    expect(schema.parse({ maxpagesize: given })).toEqual({ maxpagesize: want });
  });

  it.each(["0", "1001", "-1", "1.5", "01", "1e2", "", " 1"])("refuses a page size of '%s'", (maxpagesize) => {
    expect(schema.safeParse({ maxpagesize }).success).toBe(false);
  });
});

describe("oneOf()", () => {
  it.each([
    { values: ["a", "b"], want: "must be one of a, b" },
    { values: ["a"], want: "must be a" },
  ])("says what is wanted: $want", ({ values, want }) => {
    expect(oneOf(values).safeParse("c").error?.issues[0]?.message).toBe(want);
  });
});
