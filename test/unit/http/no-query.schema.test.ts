import { describe, expect, it } from "vitest";
import { noQuerySchema } from "../../../src/http/no-query.schema.ts";

describe("noQuerySchema", () => {
  it("accepts an empty query and no unknown parameter", () => {
    expect(noQuerySchema.safeParse({}).success).toBe(true);
    expect(noQuerySchema.safeParse({ format: "json" }).success).toBe(false);
  });
});
