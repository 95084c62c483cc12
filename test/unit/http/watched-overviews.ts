import type { WatchedOverview } from "../../../src/app/load-overviews.ts";
import type { ConnectionLine, TenantOverview } from "../../../src/domain/poll/tenant-overview.ts";
import { at, TENANT } from "./builders.ts";

/** A partner in the overview, heard of an hour before the poll. */
export function aLine(overrides: Partial<ConnectionLine> = {}): ConnectionLine {
  return {
    connectionKey: "a".repeat(32),
    kind: "device-management-partner",
    name: "Contoso Bridge",
    standing: "active",
    verdict: "ok",
    state: "enabled",
    lastContactMs: at("2026-11-22T09:00:00Z"),
    alerts: [],
    ...overrides,
  };
}

/** What the last poll said, at 10:00 on 22 November 2026. */
export function anOverview(overrides: Partial<TenantOverview> = {}): TenantOverview {
  return {
    ...TENANT,
    lastSlotMs: at("2026-11-22T10:00:00Z"),
    observedAtMs: at("2026-11-22T10:00:00Z"),
    periodMs: 900_000,
    openAlerts: { info: 0, warning: 1, error: 0, critical: 2 },
    standings: { active: 1, "not-configured": 0, retired: 0, ignored: 0 },
    blindSources: [],
    unreadableRows: 0,
    counts: { polls: 10, failedPolls: 1, notifications: 7 },
    outbox: { waiting: 2, dead: 0 },
    connections: [aLine()],
    more: 0,
    ...overrides,
  };
}

/** A tenant that was polled. */
export function aWatchedTenant(overview: Partial<TenantOverview> = {}): WatchedOverview {
  const full = anOverview(overview);
  return { tenantId: full.tenantId, tenantName: full.tenantName, overview: full };
}
