import type { ConnectorStatusForm, SourceId } from "../../domain/connections/source.ts";

/** One way of asking for a source; no query option is ever sent but `$select`, since Intune rejects even harmless ones. */
export interface SourceForm {
  /** Set for `connectorStatus` only. */
  readonly form?: ConnectorStatusForm;
  readonly version: "v1.0" | "beta";
  readonly path: string;
  readonly query?: string;
  /** Set where the rows are a property of an entity; the name of that property. */
  readonly property?: string;
  /** Whether the answer can only be such an entity, never the rows themselves. */
  readonly isEntity?: boolean;
}

/** Where a source is found and what reading it takes. */
export interface SourceEndpoint {
  /** Name of the read in telemetry. */
  readonly operation: string;
  /** The least privileged application permission that is documented for the read. */
  readonly permission: string;
  /** In the order in which they are tried. */
  readonly forms: readonly SourceForm[];
}

/**
 * Tells how each source is read.
 *
 * How `connectorStatus` is asked for is not documented: the property alone, the root with `$select`, or the bare root.
 * Source: Microsoft Graph reference, intune-onboarding and intune-troubleshooting pages of v1.0 and beta, read 2026-11-22.
 */
export const SOURCE_ENDPOINTS: Readonly<Record<SourceId, SourceEndpoint>> = {
  deviceManagementPartners: {
    operation: "list-device-management-partners",
    permission: "DeviceManagementServiceConfig.Read.All",
    forms: [{ version: "v1.0", path: "/deviceManagement/deviceManagementPartners" }],
  },
  complianceManagementPartners: {
    operation: "list-compliance-management-partners",
    permission: "DeviceManagementServiceConfig.Read.All",
    forms: [{ version: "v1.0", path: "/deviceManagement/complianceManagementPartners" }],
  },
  connectorStatus: {
    operation: "list-connector-status",
    permission: "DeviceManagementConfiguration.Read.All",
    forms: [
      { form: "property", version: "beta", path: "/deviceManagement/connectorStatus", property: "connectorStatus" },
      {
        form: "select",
        version: "beta",
        path: "/deviceManagement",
        query: "$select=connectorStatus",
        property: "connectorStatus",
        isEntity: true,
      },
      { form: "root", version: "beta", path: "/deviceManagement", property: "connectorStatus", isEntity: true },
    ],
  },
};
