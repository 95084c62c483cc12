import { FLEET, FLEET_NAME } from "../domain/poll/fleet.ts";
import type { RulePolicy } from "../domain/rules/resolve-settings.ts";
import type { MaintenanceWindow } from "../domain/suppression/maintenance-window.ts";
import type { Asked, HttpInput } from "./http-types.ts";
import { badQueryReply, problemReply } from "./problem.ts";

/** A tenant that is watched. */
export interface ConfiguredTenant {
  /** GUID, lower case, or `fleet`. */
  readonly tenantId: string;
  readonly tenantName: string;
  /** How its connections are judged; the fleet judges by the fleet's own rules. */
  readonly rules?: RulePolicy;
  readonly maintenance?: readonly MaintenanceWindow[];
}

/** The tenant that a request is about, or why there is none. */
export type AskedTenant = Asked<{ readonly tenant: ConfiguredTenant }>;

/** The monitor's watch over itself, which is read and silenced like a tenant. */
export const FLEET_TENANT: ConfiguredTenant = { tenantId: FLEET, tenantName: FLEET_NAME };

/** Finds the tenant that a request names, `fleet` among them; it may name none where exactly one is configured. */
export function findTenant(
  input: HttpInput,
  tenants: readonly ConfiguredTenant[],
  tenantId: string | undefined,
): AskedTenant {
  const [only, second] = tenants;
  if (tenantId === undefined && second !== undefined) {
    const message = "must be given where several tenants are configured";
    return { kind: "refused", reply: badQueryReply(input, [{ parameter: "tenant", message }]) };
  }
  const known = tenantId === FLEET ? FLEET_TENANT : tenants.find((tenant) => tenant.tenantId === tenantId);
  const tenant = tenantId === undefined ? only : known;
  return tenant === undefined
    ? { kind: "refused", reply: problemReply(input, { status: 404, detail: "The tenant is not configured here" }) }
    : { kind: "found", tenant };
}
