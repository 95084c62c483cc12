import { matchesGlob } from "../domain/glob.ts";
import { FLEET } from "../domain/poll/fleet.ts";
import type { MaintenanceWindow } from "../domain/suppression/maintenance-window.ts";
import type { MaintenanceConfig } from "./maintenance.schema.ts";

/** Returns the windows of one tenant; those of the fleet are for no tenant, whatever it is called. */
export function windowsOfTenant(
  maintenance: readonly MaintenanceConfig[],
  { id, name }: { readonly id: string; readonly name: string },
): readonly MaintenanceWindow[] {
  return maintenance
    .filter(({ tenant = "*" }) => tenant !== FLEET && (matchesGlob(tenant, id) || matchesGlob(tenant, name)))
    .map(({ window }) => window);
}

/** Returns the windows of the fleet: those that name it. */
export function windowsOfFleet(maintenance: readonly MaintenanceConfig[]): readonly MaintenanceWindow[] {
  return maintenance.filter(({ tenant }) => tenant === FLEET).map(({ window }) => window);
}
