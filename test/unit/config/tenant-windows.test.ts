import { describe, expect, it } from "vitest";
import { maintenanceSchema } from "../../../src/config/maintenance.schema.ts";
import { windowsOfFleet, windowsOfTenant } from "../../../src/config/tenant-windows.ts";
import { aMaintenance, TENANT_ID } from "./config-builders.ts";

const contoso = { id: TENANT_ID, name: "Contoso" };

function maintenanceFor(...tenants: readonly (string | undefined)[]) {
  return maintenanceSchema.parse(
    tenants.map((tenant, index) =>
      aMaintenance({ name: `window ${index}`, ...(tenant === undefined ? {} : { match: { tenant } }) }),
    ),
  );
}

describe("windowsOfTenant()", () => {
  it.each([
    { label: "no tenant", tenant: undefined, want: true },
    { label: "all", tenant: "*", want: true },
    { label: "its id", tenant: TENANT_ID.toUpperCase(), want: true },
    { label: "a pattern over its id", tenant: "11111111-*", want: true },
    { label: "a pattern over its name", tenant: "con*", want: true },
    { label: "another name", tenant: "Fabrikam", want: false },
    { label: "the fleet", tenant: "fleet", want: false },
  ])("gives a window that names $label: $want", ({ tenant, want }) => {
    expect(windowsOfTenant(maintenanceFor(tenant), contoso)).toHaveLength(want ? 1 : 0);
  });

  it("gives a tenant that is called like the fleet its windows, and not those of the fleet", () => {
    const windows = windowsOfTenant(maintenanceFor("fleet", "FLEET*"), { id: TENANT_ID, name: "fleet" });

    expect(windows.map(({ name }) => name)).toEqual(["window 1"]);
  });

  it("keeps the order of the document", () => {
    const windows = windowsOfTenant(maintenanceFor("*", "Fabrikam", "Contoso"), contoso);

    expect(windows.map(({ name }) => name)).toEqual(["window 0", "window 2"]);
  });
});

describe("windowsOfFleet()", () => {
  it("gives the windows that name the fleet, and none that a pattern would lead to", () => {
    const windows = windowsOfFleet(maintenanceFor(undefined, "*", "fleet", "fleet*", "Contoso"));

    expect(windows.map(({ name }) => name)).toEqual(["window 2"]);
  });
});
