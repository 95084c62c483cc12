import { describe, expect, it } from "vitest";
import { findTenant } from "../../../src/http/find-tenant.ts";
import { aRequest, bodyOf, OTHER_TENANT, TENANT } from "./builders.ts";

const INPUT = aRequest("/api/v1/connections");

describe("findTenant()", () => {
  it.each([
    { name: "the only one when none is named", tenants: [TENANT], id: undefined, want: TENANT },
    { name: "the one that is named", tenants: [TENANT, OTHER_TENANT], id: OTHER_TENANT.tenantId, want: OTHER_TENANT },
  ])("finds $name", ({ tenants, id, want }) => {
    expect(findTenant(INPUT, tenants, id)).toEqual({ kind: "found", tenant: want });
  });

  it.each([
    { name: "a tenant that is not configured", tenants: [TENANT], id: OTHER_TENANT.tenantId, status: 404 },
    { name: "no tenant where there is none", tenants: [], id: undefined, status: 404 },
    { name: "no tenant where there are several", tenants: [TENANT, OTHER_TENANT], id: undefined, status: 400 },
  ])("answers $status to $name", ({ tenants, id, status }) => {
    expect(findTenant(INPUT, tenants, id)).toMatchObject({ kind: "refused", reply: { status } });
  });

  it("names the parameter that must be given", () => {
    const found = findTenant(INPUT, [TENANT, OTHER_TENANT], undefined);

    expect(found.kind === "refused" && bodyOf(found.reply).errors).toEqual([
      { parameter: "tenant", message: "must be given where several tenants are configured" },
    ]);
  });
});
