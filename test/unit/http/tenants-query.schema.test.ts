import { describe, expect, it } from "vitest";
import { tenantsQuerySchema } from "../../../src/http/tenants-query.schema.ts";
import { TENANT } from "./builders.ts";

describe("tenantsQuerySchema", () => {
  it("accepts no parameter or a tenant, and no unknown one", () => {
    expect(tenantsQuerySchema.safeParse({}).success).toBe(true);
    expect(tenantsQuerySchema.parse({ tenant: TENANT.tenantId.toUpperCase() })).toEqual({ tenant: TENANT.tenantId });
    expect(tenantsQuerySchema.safeParse({ format: "json" }).success).toBe(false);
  });
});
