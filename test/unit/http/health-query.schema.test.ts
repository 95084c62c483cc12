import { describe, expect, it } from "vitest";
import { healthQuerySchema } from "../../../src/http/health-query.schema.ts";

describe("healthQuerySchema", () => {
  it("accepts an empty query and no unknown parameter", () => {
    expect(healthQuerySchema.safeParse({}).success).toBe(true);
    expect(healthQuerySchema.safeParse({ format: "json" }).success).toBe(false);
  });
});
