import { defined } from "../domain/defined.ts";
import { FLEET } from "../domain/poll/fleet.ts";
import type { WatchedTenant } from "../domain/poll/observed.ts";
import type { OverviewLine } from "../domain/poll/tenant-overview.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import { watchTenant } from "../domain/poll/watch-tenant.ts";
import { resolveSettings } from "../domain/rules/resolve-settings.ts";
import { patienceMs, tenantLate } from "../domain/rules/tenant-late.ts";
import type { Clock } from "../ports/clock.ts";
import type { OverviewStore } from "../ports/monitor-store.ts";

/** What `listTenants` needs. */
export interface ListTenantsDeps {
  readonly overview: Pick<OverviewStore, "loadLines">;
  readonly tenants: readonly WatchedTenant[];
  /** How the fleet is judged: by its rule `tenant-late` a tenant is late here too. */
  readonly fleet: Pick<TenantPolicy, "tenantId" | "tenantName" | "rules">;
  readonly clock: Clock;
}

/** One tenant, or the fleet, as its last poll left it. */
export interface TenantLine {
  readonly tenantId: string;
  readonly tenantName: string;
  /** Absent until it was scheduled for the first time. */
  readonly line?: OverviewLine;
  /** After this instant it is late, unless a poll is committed before; absent for the fleet, and before the first schedule. */
  readonly lateAfterMs?: number;
}

/**
 * Lists every configured tenant in the order of the configuration, then the fleet, by one query.
 *
 * @throws {DependencyError} When storage cannot be read.
 */
export async function listTenants(deps: ListTenantsDeps): Promise<readonly TenantLine[]> {
  const { overview, tenants, fleet } = deps;
  const lines = new Map((await overview.loadLines()).map((line) => [line.tenantId, line]));
  const resumedSlotMs = lines.get(FLEET)?.overview?.resumedSlotMs;
  const watched = tenants.map((tenant) => {
    const line = lines.get(tenant.tenantId);
    const lateAfterMs = line && findLateAfter(deps, { tenant, line, resumedSlotMs });
    return { tenantId: tenant.tenantId, tenantName: tenant.tenantName, ...defined({ line, lateAfterMs }) };
  });
  const { tenantId, tenantName } = fleet;
  return [...watched, { tenantId, tenantName, ...defined({ line: lines.get(tenantId) }) }];
}

function findLateAfter(
  { fleet, clock }: ListTenantsDeps,
  watch: Parameters<typeof watchTenant>[0],
): number | undefined {
  const reading = watchTenant(watch, clock.nowMs());
  const lateAfterMs =
    reading.waitingSinceMs + patienceMs(reading, resolveSettings(fleet.rules, reading, tenantLate.id).limits);
  return Number.isFinite(lateAfterMs) ? lateAfterMs : undefined;
}
