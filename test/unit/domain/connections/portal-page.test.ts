import { describe, expect, it } from "vitest";
import { portalPage } from "../../../../src/domain/connections/portal-page.ts";
import { aCompliancePartner, aConnector, aPartner, aSource, aTenant } from "./a-reading.ts";

describe("portalPage()", () => {
  it.each([
    { reading: aPartner(), want: "Partner device management" },
    { reading: aCompliancePartner(), want: "Partner compliance management" },
    { reading: aConnector(), want: "Apple VPP Tokens" },
    { reading: aConnector({ connectorName: "aNameOfTheFuture" }), want: "Connector status" },
    { reading: aSource(), want: "Tenant status" },
    { reading: aTenant(), want: "Tenant status" },
  ])("leads to $want", ({ reading, want }) => {
    const page = portalPage(reading);

    expect(page.split(" > ").at(-1)).toBe(want);
  });
});
