import { ConfigError, type ConfigProblem, DependencyError, type DependencyFailure } from "../domain/errors.ts";
import { findLateTenants } from "../domain/poll/find-late-tenants.ts";
import type { WatchedTenant } from "../domain/poll/observed.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import type { Clock } from "../ports/clock.ts";
import type { OverviewStore } from "../ports/monitor-store.ts";

/** The part of the program that health is asked of. */
export interface HealthSubject {
  readonly overview: Pick<OverviewStore, "loadLines">;
  readonly tenants: readonly WatchedTenant[];
  /** How the fleet is judged: by its rule `tenant-late` a tenant is late here too. */
  readonly fleet: Pick<TenantPolicy, "rules">;
  /** What operators should know although nothing is wrong, such as "only the log channel is configured". */
  readonly notes: readonly string[];
}

/** What `getHealth` needs. */
export interface GetHealthDeps {
  /**
   * Builds the program, or gives the one that was built.
   *
   * @throws {ConfigError} When settings are wrong.
   */
  readonly compose: () => Promise<HealthSubject>;
  readonly clock: Clock;
  /** When this process began: a tenant that was never scheduled counts as configured since then. */
  readonly startedAtMs: number;
}

/** How many tenants are in which state; never which. */
interface TenantCounts {
  readonly configured: number;
  /** No committed poll for longer than the rule `tenant-late` allows. */
  readonly late: number;
  /** Never polled yet, and not late. */
  readonly starting: number;
}

/** Whether the monitor does its work. */
export type Health =
  | { readonly kind: "healthy"; readonly tenants: TenantCounts; readonly notes: readonly string[] }
  | {
      readonly kind: "tenants-late";
      readonly tenants: TenantCounts;
      /** So many periods those that are late may go without a poll; absent when they differ in it. */
      readonly allowedPeriods?: number;
      readonly notes: readonly string[];
    }
  | { readonly kind: "misconfigured"; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: "dependency-failed"; readonly dependency: DependencyFailure["dependency"] };

/**
 * Says whether the monitor does its work: its settings can be used, storage answers, and no tenant is late.
 *
 * @throws Whatever `compose` throws beside wrong settings and failing dependencies.
 */
export async function getHealth({ compose, clock, startedAtMs }: GetHealthDeps): Promise<Health> {
  try {
    const { overview, tenants, notes, fleet } = await compose();
    const lines = await overview.loadLines();
    const lateness = { tenants, lines, unregisteredSinceMs: startedAtMs, rules: fleet.rules };
    const late = findLateTenants(lateness, clock.nowMs());
    const polled = new Set(lines.flatMap((line) => (line.overview === undefined ? [] : line.tenantId)));
    const starting = tenants.filter(({ tenantId }) => !late.has(tenantId) && !polled.has(tenantId));
    const counts = { configured: tenants.length, late: late.size, starting: starting.length };
    const [allowedPeriods, ...others] = new Set(late.values());
    if (allowedPeriods === undefined) return { kind: "healthy", tenants: counts, notes };
    return { kind: "tenants-late", tenants: counts, notes, ...(others.length === 0 && { allowedPeriods }) };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: "misconfigured", problems: error.problems };
    if (error instanceof DependencyError) return { kind: "dependency-failed", dependency: error.failure.dependency };
    throw error;
  }
}
