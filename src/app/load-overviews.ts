import { defined } from "../domain/defined.ts";
import type { TenantOverview } from "../domain/poll/tenant-overview.ts";
import type { OverviewStore } from "../ports/monitor-store.ts";

/** What `loadOverviews` reads from. */
export interface LoadOverviewsDeps {
  readonly overview: Pick<OverviewStore, "loadFullLines">;
}

/** A tenant that is watched, as its last poll left it. */
export interface WatchedOverview {
  readonly tenantId: string;
  readonly tenantName: string;
  /** Absent until its first poll was committed. */
  readonly overview?: TenantOverview;
}

/**
 * Loads what the last polls said of the given tenants, in their order, by one query.
 *
 * @throws {DependencyError} When storage cannot be read.
 */
export async function loadOverviews(
  { overview }: LoadOverviewsDeps,
  tenants: readonly Pick<WatchedOverview, "tenantId" | "tenantName">[],
): Promise<readonly WatchedOverview[]> {
  const lines = new Map((await overview.loadFullLines()).map((line) => [line.tenantId, line]));
  return tenants.map(({ tenantId, tenantName }) => ({
    tenantId,
    tenantName,
    ...defined({ overview: lines.get(tenantId)?.overview }),
  }));
}
