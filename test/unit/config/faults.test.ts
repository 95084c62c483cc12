import { describe, expect, it } from "vitest";
import { z } from "zod";
import { expectationOf, formatPath, toFaults } from "../../../src/config/faults.ts";

/** What a schema finds, in words. */
function expectationsOf(schema: z.ZodType, given: unknown): readonly string[] {
  const { error } = schema.safeParse(given, { error: expectationOf });
  return error === undefined ? [] : toFaults(error).map(({ path, expected }) => `${formatPath(path)}: ${expected}`);
}

describe("expectationOf()", () => {
  it.each([
    ["a text", z.strictObject({ a: z.string() }), { a: 5 }, "a: a text"],
    ["a list", z.strictObject({ a: z.array(z.string()) }), { a: "secret" }, "a: a list"],
    ["a switch", z.strictObject({ a: z.boolean() }), { a: "secret" }, "a: true or false"],
    ["another type", z.strictObject({ a: z.number() }), { a: "secret" }, "a: a number"],
    ["an object", z.strictObject({ a: z.strictObject({}) }), { a: "secret" }, "a: an object"],
    ["a choice", z.strictObject({ a: z.enum(["x", "y"]) }), { a: "secret" }, "a: one of x, y"],
    ["too few", z.array(z.string()).min(1), [], ": at least 1 of them"],
    ["too many", z.array(z.string()).max(1), ["secret", "secret"], ": at most 1 of them"],
    ["another form", z.strictObject({ a: z.url() }), { a: "secret" }, "a: of another form"],
  ])("names what was expected for %s, and no value", (_case, schema, given, expected) => {
    expect(expectationsOf(schema, given)).toEqual([expected]);
  });
});

describe("toFaults()", () => {
  it("gives each unknown member a fault of its own", () => {
    const found = expectationsOf(z.strictObject({ in: z.strictObject({}) }), { in: { a: 1, b: 2 } });

    expect(found).toEqual([
      "in.a: left out, for there is no such setting",
      "in.b: left out, for there is no such setting",
    ]);
  });
});

describe("formatPath()", () => {
  it("writes members and places", () => {
    expect(formatPath(["tenants", 0, "id"])).toBe("tenants[0].id");
  });

  it("cuts a name that may be anything", () => {
    expect(formatPath(["a".repeat(100)])).toBe("a".repeat(64));
  });
});
