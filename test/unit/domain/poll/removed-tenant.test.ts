import { describe, expect, it } from "vitest";
import { removedTenant } from "../../../../src/domain/poll/removed-tenant.ts";
import { anOverviewLine } from "./an-overview-line.ts";

describe("removedTenant()", () => {
  it("remembers the name that the last poll left, and has no channels", () => {
    const policy = removedTenant(anOverviewLine({ tenantId: "t", tenantName: "Contoso", polledAtMs: 1 }));

    expect(policy).toMatchObject({ tenantId: "t", tenantName: "Contoso", channels: [], sources: [] });
  });

  it("goes by the id where no poll ever was", () => {
    expect(removedTenant(anOverviewLine({ tenantId: "t" }))).toMatchObject({ tenantName: "t", periodMs: 0 });
  });
});
