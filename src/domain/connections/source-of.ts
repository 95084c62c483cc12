import type { ConnectionKind } from "./reading.ts";
import type { SourceId } from "./source.ts";

const SOURCE_OF: Readonly<Record<ConnectionKind, SourceId | undefined>> = {
  "device-management-partner": "deviceManagementPartners",
  "compliance-management-partner": "complianceManagementPartners",
  connector: "connectorStatus",
  source: undefined,
  tenant: undefined,
  fleet: undefined,
  "tenant-watch": undefined,
  channel: undefined,
};

/** Returns the source whose rows are connections of a kind; undefined for what is no row of Graph. */
export function sourceOf(kind: ConnectionKind): SourceId | undefined {
  return SOURCE_OF[kind];
}
