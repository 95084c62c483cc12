import { describe, expect, it } from "vitest";
import { portalPage } from "../../../../src/domain/connections/portal-page.ts";
import {
  aChannel,
  aCompliancePartner,
  aConnector,
  aFleet,
  aPartner,
  aSource,
  aTenant,
  aTenantWatch,
} from "./a-reading.ts";

describe("portalPage()", () => {
  it.each([
    { reading: aPartner(), want: "Partner device management" },
    { reading: aCompliancePartner(), want: "Partner compliance management" },
    { reading: aConnector(), want: "Apple VPP Tokens" },
    { reading: aConnector({ connectorName: "aNameOfTheFuture" }), want: "Connector status" },
    { reading: aSource(), want: "Tenant status" },
    { reading: aTenant(), want: "Tenant status" },
    { reading: aFleet(), want: "Tenant status" },
    { reading: aTenantWatch(), want: "Not in Intune: the log of this monitor" },
    { reading: aChannel(), want: "Not in Intune: the log of this monitor" },
  ])("leads to $want", ({ reading, want }) => {
    const page = portalPage(reading);

    expect(page.split(" > ").at(-1)).toBe(want);
  });
});
