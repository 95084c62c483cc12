import { ConfigError, type ConfigProblem, DependencyError, type DependencyFailure } from "../domain/errors.ts";
import { MAX_AHEAD_MS } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { OverviewLine, OverviewStore } from "../ports/monitor-store.ts";

/** The part of the program that health is asked of. */
export interface HealthSubject {
  readonly overview: Pick<OverviewStore, "loadLines">;
  readonly tenants: readonly WatchedTenant[];
  /** What operators should know although nothing is wrong, such as "only the log channel is configured". */
  readonly notes: readonly string[];
}

/** A tenant that ought to be polled. */
interface WatchedTenant {
  readonly tenantId: string;
  /** How often. */
  readonly periodMs: number;
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
  /** No committed poll for more than 4 periods. */
  readonly late: number;
  /** Never polled yet, and not late. */
  readonly starting: number;
}

/** Whether the monitor does its work. */
export type Health =
  | { readonly kind: "healthy" | "tenants-late"; readonly tenants: TenantCounts; readonly notes: readonly string[] }
  | { readonly kind: "misconfigured"; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: "dependency-failed"; readonly dependency: DependencyFailure["dependency"] };

/** A tenant is late after so many periods without a committed poll. */
const LATE_AFTER_PERIODS = 4;

/**
 * Says whether the monitor does its work: its settings can be used, storage answers, and no tenant is late.
 *
 * @throws Whatever `compose` throws beside wrong settings and failing dependencies.
 */
export async function getHealth({ compose, clock, startedAtMs }: GetHealthDeps): Promise<Health> {
  try {
    const { overview, tenants, notes } = await compose();
    const lines = new Map((await overview.loadLines()).map((line) => [line.tenantId, line]));
    const nowMs = clock.nowMs();
    const statuses = tenants.map((tenant) => {
      return statusOf(tenant, lines.get(tenant.tenantId) ?? { configuredSinceMs: startedAtMs }, nowMs);
    });
    const count = (wanted: TenantStatus) => statuses.filter((status) => status === wanted).length;
    const counts = { configured: tenants.length, late: count("late"), starting: count("starting") };
    return { kind: counts.late > 0 ? "tenants-late" : "healthy", tenants: counts, notes };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: "misconfigured", problems: error.problems };
    if (error instanceof DependencyError) return { kind: "dependency-failed", dependency: error.failure.dependency };
    throw error;
  }
}

type TenantStatus = "late" | "starting" | "polled";

function statusOf(tenant: WatchedTenant, line: Omit<OverviewLine, "tenantId">, nowMs: number): TenantStatus {
  const { configuredSinceMs, overview } = line;
  const lastMs = [configuredSinceMs, overview?.observedAtMs ?? 0].filter((atMs) => atMs <= nowMs + MAX_AHEAD_MS);
  // The longer of both periods, so that a changed schedule makes nobody late.
  const periodMs = Math.max(tenant.periodMs, overview?.periodMs ?? 0);
  if (nowMs - Math.max(0, ...lastMs) > LATE_AFTER_PERIODS * periodMs) return "late";
  return overview === undefined ? "starting" : "polled";
}
