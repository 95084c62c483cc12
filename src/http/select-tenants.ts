import { type ConfiguredTenant, FLEET_TENANT, findTenant } from "./find-tenant.ts";
import type { HttpInput, HttpReply } from "./http-types.ts";

/** The tenants that a request is about, or why there are none. */
export type SelectedTenants =
  | { readonly kind: "selected"; readonly tenants: readonly ConfiguredTenant[] }
  | { readonly kind: "refused"; readonly reply: HttpReply };

/** Selects the tenant that a request names or, when it names none, all of them and the fleet. */
export function selectTenants(
  input: HttpInput,
  tenants: readonly ConfiguredTenant[],
  tenantId: string | undefined,
): SelectedTenants {
  if (tenantId === undefined) return { kind: "selected", tenants: [...tenants, FLEET_TENANT] };
  const found = findTenant(input, tenants, tenantId);
  return found.kind === "found" ? { kind: "selected", tenants: [found.tenant] } : found;
}
