import { CONNECTOR_STATUS_PAGE, connectorType } from "./connector-catalogue.ts";
import type { Reading } from "./reading.ts";

/**
 * Returns where in the Intune admin center a connection is looked after.
 *
 * Source: MicrosoftDocs/memdocs, device-compliance-partners.md, conditional-access-integrate-jamf.md and tenant-status.md.
 */
export function portalPage(reading: Reading): string {
  switch (reading.kind) {
    case "device-management-partner":
      return "Tenant administration > Connectors and tokens > Partner device management";
    case "compliance-management-partner":
      return "Tenant administration > Connectors and tokens > Partner compliance management";
    case "connector":
      return connectorType(reading.connectorName)?.portal ?? CONNECTOR_STATUS_PAGE;
    case "source":
    case "tenant":
      return "Tenant administration > Tenant status";
  }
}
