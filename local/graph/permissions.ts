import type { Behaviour, Resource } from "./resources.ts";

const PARTNERS = ["ServiceConfig", "Configuration"];

/**
 * Returns the application roles of which one is needed to read this.
 *
 * Source: reference/graph.md section 4.1; for connectorStatus the reference page and permissions.json differ.
 */
export function readScopes(resource: Resource, rule: Behaviour["connectorStatusRule"]): readonly string[] {
  if (resource.source !== "connectorStatus") {
    return scopes(PARTNERS, ["Read", "ReadWrite"]);
  }
  const areas =
    rule === "page"
      ? ["Configuration", "ManagedDevices"]
      : ["Apps", "Configuration", "ManagedDevices", "RBAC", "ServiceConfig"];
  return scopes(areas, ["Read", "ReadWrite"]);
}

/** Returns the roles of which one is needed to write partners; `terminate` is documented to accept a read role too. */
export function writeScopes(pathname: string): readonly string[] {
  const isTerminate = /\/deviceManagementPartners\/[^/]+\/terminate$/.test(pathname);
  return scopes(PARTNERS, isTerminate ? ["Read", "ReadWrite"] : ["ReadWrite"]);
}

function scopes(areas: readonly string[], rights: readonly string[]): readonly string[] {
  return areas.flatMap((area) => rights.map((right) => `DeviceManagement${area}.${right}.All`));
}
