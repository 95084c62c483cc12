import type { HttpInput, HttpReply } from "./http-types.ts";
import { badQueryReply, problemReply } from "./problem.ts";

/** A tenant that is watched. */
export interface ConfiguredTenant {
  /** GUID, lower case. */
  readonly tenantId: string;
  readonly tenantName: string;
}

/** The tenant that a request is about, or why there is none. */
export type FoundTenant =
  | { readonly kind: "found"; readonly tenant: ConfiguredTenant }
  | { readonly kind: "refused"; readonly reply: HttpReply };

/** Finds the tenant that a request names; it may name none where exactly one is configured. */
export function findTenant(
  input: HttpInput,
  tenants: readonly ConfiguredTenant[],
  tenantId: string | undefined,
): FoundTenant {
  const [only, second] = tenants;
  if (tenantId === undefined && second !== undefined) {
    const message = "must be given where several tenants are configured";
    return { kind: "refused", reply: badQueryReply(input, [{ parameter: "tenant", message }]) };
  }
  const tenant = tenantId === undefined ? only : tenants.find((known) => known.tenantId === tenantId);
  return tenant === undefined
    ? { kind: "refused", reply: problemReply(input, { status: 404, detail: "The tenant is not configured here" }) }
    : { kind: "found", tenant };
}
