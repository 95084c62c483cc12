import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseObject } from "../../../src/config/parse-object.ts";

const whole = z.strictObject({ a: z.string(), b: z.int().default(1) });
const schemas = { whole, partial: whole.partial() };

describe("parseObject()", () => {
  it("returns the whole object when nothing is wrong", () => {
    const reported: string[] = [];

    const parsed = parseObject(schemas, { a: "x" }, (setting) => reported.push(setting));

    expect(parsed).toEqual({ kind: "whole", values: { a: "x", b: 1 }, bad: new Set() });
    expect(reported).toEqual([]);
  });

  it("reports every problem and returns the members that can be used", () => {
    const reported: string[] = [];

    const parsed = parseObject(schemas, { a: "x", b: "no number", c: 3 }, (setting) => reported.push(setting));

    expect(reported).toEqual(["b", "c"]);
    expect(parsed).toMatchObject({ kind: "partial", values: { a: "x" }, bad: new Set(["b", "c"]) });
  });

  it("reports a member that is missing", () => {
    const reported: string[] = [];

    const parsed = parseObject(schemas, {}, (setting) => reported.push(setting));

    expect(reported).toEqual(["a"]);
    expect(parsed.bad).toEqual(new Set(["a"]));
  });
});
