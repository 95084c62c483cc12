import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseQuery } from "../../../src/http/parse-query.ts";

const schema = z.strictObject({
  size: z.string().regex(/^\d+$/, "must be a number").transform(Number).optional(),
  name: z.string().optional(),
});

function parse(query: string) {
  return parseQuery(schema, new URLSearchParams(query));
}

describe("parseQuery()", () => {
  it("gives what the schema makes of the parameters", () => {
    expect(parse("size=12&name=x")).toEqual({ kind: "ok", query: { size: 12, name: "x" } });
  });

  it("passes over the host's own parameters, however often they come", () => {
    expect(parse("code=a&code=b&clientId=default&size=1")).toEqual({ kind: "ok", query: { size: 1 } });
  });

  it("names every parameter that is malformed or unknown, but no value", () => {
    const parsed = parse("size=s3cret&__proto__=s3cret&constructor=s3cret&Name=s3cret");

    expect(parsed).toEqual({
      kind: "bad",
      errors: [
        { parameter: "size", message: "must be a number" },
        { parameter: "__proto__", message: "is not a parameter of this route, which takes size, name" },
        { parameter: "constructor", message: "is not a parameter of this route, which takes size, name" },
        { parameter: "Name", message: "is not a parameter of this route, which takes size, name" },
      ],
    });
  });

  it("says of a route without parameters that it takes none", () => {
    const parsed = parseQuery(z.strictObject({}), new URLSearchParams("size=1"));

    expect(parsed).toMatchObject({ errors: [{ message: "is not a parameter of this route, which takes none" }] });
  });

  it("refuses a parameter that comes twice, once", () => {
    const errors = [{ parameter: "size", message: "must be given once" }];

    expect(parse("size=1&size=1&size=2")).toEqual({ kind: "bad", errors });
  });

  it("cuts and cleans the name of an unknown parameter", () => {
    const parsed = parse(`%E2%80%AE${"n".repeat(500)}=1`);

    expect(parsed).toMatchObject({ errors: [{ parameter: `\uFFFD${"n".repeat(62)}…` }] });
  });
});
