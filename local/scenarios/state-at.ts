import type { FaultPlace } from "../graph/fault.schema.ts";
import { durationMs } from "./duration.ts";
import {
  type CompliancePartnerRow,
  type ConnectorRow,
  compliancePartnerRow,
  connectorRow,
  type DevicePartnerRow,
  devicePartnerRow,
} from "./rows.ts";
import type { PlannedFault, Scenario, SimulatedTenant } from "./scenario.schema.ts";
import { isListed } from "./timeline.ts";

/** The rows that each source of a tenant shows at one time, in the order of the scenario. */
export interface TenantState {
  readonly deviceManagementPartners: readonly DevicePartnerRow[];
  readonly complianceManagementPartners: readonly CompliancePartnerRow[];
  readonly connectorStatus: readonly ConnectorRow[];
}

/**
 * Returns the rows of a tenant so many ms after the scenario's zero, as if nothing were wrong with the sources.
 *
 * @throws {RangeError} When the scenario has no such tenant.
 */
export function stateAt(scenario: Scenario, tenantId: string, elapsedMs: number): TenantState {
  const listed = tenantOf(scenario, tenantId).connections.filter((row) => isListed(row.timeline, elapsedMs));
  return {
    deviceManagementPartners: listed
      .filter((row) => row.kind === "device-management-partner")
      .map((row) => devicePartnerRow(row, elapsedMs)),
    complianceManagementPartners: listed
      .filter((row) => row.kind === "compliance-management-partner")
      .map((row) => compliancePartnerRow(row, elapsedMs)),
    connectorStatus: listed.filter((row) => row.kind === "connector").map((row) => connectorRow(row, elapsedMs)),
  };
}

/** Returns the fault that a place of the tenant has by its scenario at that time; of several the first of the file. */
export function faultAt(tenant: SimulatedTenant, place: FaultPlace, elapsedMs: number): PlannedFault | undefined {
  return tenant.faults.find(
    (fault) =>
      (fault.source ?? place) === place && durationMs(fault.from) <= elapsedMs && elapsedMs < durationMs(fault.to),
  );
}

/**
 * Returns the tenant with this id.
 *
 * @throws {RangeError} When the scenario has no such tenant.
 */
export function tenantOf(scenario: Scenario, tenantId: string): SimulatedTenant {
  const tenant = scenario.tenants.find(({ id }) => id === tenantId);
  if (tenant === undefined) {
    throw new RangeError(
      `Cannot find a tenant: one of scenario ${scenario.name} is wanted, current value is "${tenantId}"`,
    );
  }
  return tenant;
}
