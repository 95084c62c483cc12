import type { ConnectionKind } from "./reading.ts";
import type { SourceId } from "./source.ts";

const SOURCE_OF: Readonly<Record<ConnectionKind, SourceId | undefined>> = {
  "device-management-partner": "deviceManagementPartners",
  "compliance-management-partner": "complianceManagementPartners",
  connector: "connectorStatus",
  source: undefined,
  tenant: undefined,
};

/** Returns the source whose rows are connections of a kind; undefined for our own view of a source or tenant. */
export function sourceOf(kind: ConnectionKind): SourceId | undefined {
  return SOURCE_OF[kind];
}
