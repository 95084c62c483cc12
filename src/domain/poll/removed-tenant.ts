import type { OverviewLine } from "./tenant-overview.ts";
import type { TenantPolicy } from "./tenant-policy.ts";

/** Returns the policy of a tenant that has left the configuration: its name is remembered, and nobody is told anything new. */
export function removedTenant({ tenantId, overview }: OverviewLine): TenantPolicy {
  return {
    tenantId,
    tenantName: overview?.tenantName ?? tenantId,
    periodMs: overview?.periodMs ?? 0,
    sources: [],
    rules: { preset: "recommended", rules: {}, overrides: [] },
    ignore: [],
    watchedConnectors: [],
    maintenance: [],
    repeatMs: {},
    channels: [],
  };
}
