import { describe, expect, it } from "vitest";
import { selectTenants } from "../../../src/http/select-tenants.ts";
import { aRequest, OTHER_TENANT, TENANT } from "./builders.ts";

const FLEET = { tenantId: "fleet", tenantName: expect.any(String) };

function select(tenantId?: string) {
  return selectTenants(aRequest("/"), [TENANT, OTHER_TENANT], tenantId);
}

describe("selectTenants()", () => {
  it.each([
    { name: "all and the fleet when none is named", tenantId: undefined, want: [TENANT, OTHER_TENANT, FLEET] },
    { name: "the one that is named", tenantId: OTHER_TENANT.tenantId, want: [OTHER_TENANT] },
    { name: "the fleet", tenantId: "fleet", want: [FLEET] },
  ])("selects $name", ({ tenantId, want }) => {
    expect(select(tenantId)).toEqual({ kind: "selected", tenants: want });
  });

  it("refuses a tenant that is not configured", () => {
    expect(select("7c9e6679-7425-40de-944b-ffffffffffff")).toMatchObject({ kind: "refused", reply: { status: 404 } });
  });
});
