import { connectionId } from "../connections/connection-id.ts";
import type { TenantWatchReading } from "../connections/reading.ts";
import { defined } from "../defined.ts";
import { MAX_AHEAD_MS } from "../time.ts";
import { DAY_MS } from "../units.ts";
import type { WatchedTenant } from "./observed.ts";
import type { OverviewLine } from "./tenant-overview.ts";

/** By what a tenant is watched from outside. */
export interface WatchInput {
  readonly tenant: WatchedTenant;
  readonly line: Omit<OverviewLine, "tenantId">;
  /** When the monitor itself came back from its last gap; undefined when that is not known. */
  readonly resumedSlotMs: number | undefined;
}

/**
 * Says what can be seen of a tenant without polling it: how long a poll has been waited for, and what the newest one could
 * not parse.
 *
 * An instant that lies over a minute ahead of our clock was written by a wrong one, or ours was set back: that of a poll
 * counts as one period ago, unless it lies over a day ahead; that one, and any other, counts as unknown.
 */
export function watchTenant({ tenant, line, resumedSlotMs }: WatchInput, nowMs: number): TenantWatchReading {
  const { configuredSinceMs, overview } = line;
  const periodMs = Math.max(tenant.periodMs, overview?.periodMs ?? 0);
  const believed = (atMs = 0) => (atMs <= nowMs + MAX_AHEAD_MS ? atMs : 0);
  const aheadMs = (overview?.observedAtMs ?? 0) - nowMs;
  const isAhead = aheadMs > MAX_AHEAD_MS && aheadMs <= DAY_MS;
  const polledAtMs = isAhead ? nowMs - periodMs : believed(overview?.observedAtMs);
  const waitingSinceMs = Math.max(polledAtMs, believed(configuredSinceMs), believed(resumedSlotMs));
  return {
    kind: "tenant-watch",
    connectionId: connectionId("tenant", tenant.tenantId),
    displayName: tenant.tenantName,
    periodMs,
    waitingSinceMs,
    ...defined({ unreadableRows: overview?.unreadableRows, lastGoodAtMs: overview?.observedAtMs }),
    problems: [],
  };
}
