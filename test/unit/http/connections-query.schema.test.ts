import { describe, expect, it } from "vitest";
import { connectionsQuerySchema } from "../../../src/http/connections-query.schema.ts";

describe("connectionsQuerySchema", () => {
  it("accepts an empty query and no unknown parameter", () => {
    expect(connectionsQuerySchema.safeParse({}).success).toBe(true);
    expect(connectionsQuerySchema.safeParse({ format: "json" }).success).toBe(false);
  });
});
