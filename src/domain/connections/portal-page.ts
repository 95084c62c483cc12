import { CONNECTOR_STATUS_PAGE, connectorType } from "./connector-catalogue.ts";
import type { ConnectionKind, Reading } from "./reading.ts";

const PAGES: Readonly<Record<Exclude<ConnectionKind, "connector">, string>> = {
  "device-management-partner": "Tenant administration > Connectors and tokens > Partner device management",
  "compliance-management-partner": "Tenant administration > Connectors and tokens > Partner compliance management",
  source: "Tenant administration > Tenant status",
  tenant: "Tenant administration > Tenant status",
  fleet: "Tenant administration > Tenant status",
  "tenant-watch": "Not in Intune: the log of this monitor",
  channel: "Not in Intune: the log of this monitor",
};

/**
 * Returns where in the Intune admin center a connection is looked after.
 *
 * Source: MicrosoftDocs/memdocs, device-compliance-partners.md, conditional-access-integrate-jamf.md and tenant-status.md.
 */
export function portalPage(reading: Reading): string {
  if (reading.kind !== "connector") return PAGES[reading.kind];
  return connectorType(reading.connectorName)?.portal ?? CONNECTOR_STATUS_PAGE;
}
