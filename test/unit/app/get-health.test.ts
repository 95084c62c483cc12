import { describe, expect, it } from "vitest";
import { getHealth } from "../../../src/app/get-health.ts";
import { ConfigError, DependencyError } from "../../../src/domain/errors.ts";
import type { TenantOverview } from "../../../src/domain/poll/tenant-overview.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { aPolicy } from "../../builders/a-policy.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { at, OTHER_TENANT, TENANT } from "../http/builders.ts";

const NOW_MS = at("2026-11-22T10:00:00Z");
const PERIOD_MS = 15 * MINUTE_MS;
const LATE_MS = 4 * PERIOD_MS;

function anOverview(observedAtMs: number, periodMs = PERIOD_MS): TenantOverview {
  return {
    ...TENANT,
    lastSlotMs: observedAtMs,
    observedAtMs,
    periodMs,
    openAlerts: { info: 0, warning: 0, error: 0, critical: 0 },
    standings: { active: 0, "not-configured": 0, retired: 0, ignored: 0 },
    blindSources: [],
    unreadableRows: 0,
    connections: [],
    more: 0,
  };
}

/** What is stored of a tenant. */
interface Line {
  readonly tenantId?: string;
  readonly configuredSinceMs?: number;
  readonly overview?: TenantOverview;
}

async function health(lines: readonly Line[], startedAtMs = NOW_MS - 30 * DAY_MS, fleet = aPolicy()) {
  const overview = createFakeOverviewStore(createMemoryStorage());
  for (const { tenantId = TENANT.tenantId, configuredSinceMs = startedAtMs, overview: projected } of lines) {
    await overview.register(tenantId, configuredSinceMs);
    if (projected !== undefined) await overview.project(projected);
  }
  const tenants = [{ ...TENANT, periodMs: PERIOD_MS }];
  const compose = async () => ({ overview, tenants, fleet, notes: ["only the log channel is configured"] });
  return getHealth({ compose, clock: { nowMs: () => NOW_MS }, startedAtMs });
}

function failing(failure: unknown) {
  return { compose: () => Promise.reject(failure), clock: { nowMs: () => NOW_MS }, startedAtMs: NOW_MS };
}

describe("getHealth()", () => {
  it("is healthy, and passes notes on, when every tenant was polled lately", async () => {
    expect(await health([{ overview: anOverview(NOW_MS) }])).toEqual({
      kind: "healthy",
      tenants: { configured: 1, late: 0, starting: 0 },
      notes: ["only the log channel is configured"],
    });
  });

  it.each([
    { name: "polled exactly 4 periods ago", line: { overview: anOverview(NOW_MS - LATE_MS) }, want: "polled" },
    { name: "polled longer ago", line: { overview: anOverview(NOW_MS - LATE_MS - 1) }, want: "late" },
    {
      name: "polled longer ago, configured anew since",
      line: { overview: anOverview(NOW_MS - LATE_MS - 1), configuredSinceMs: NOW_MS },
      want: "polled",
    },
    {
      name: "polled longer ago at a longer period",
      line: { overview: anOverview(NOW_MS - LATE_MS - 1, 2 * PERIOD_MS) },
      want: "polled",
    },
    {
      name: "polled longer ago at a shorter period",
      line: { overview: anOverview(NOW_MS - LATE_MS, MINUTE_MS) },
      want: "polled",
    },
    { name: "never polled, configured 4 periods ago", line: { configuredSinceMs: NOW_MS - LATE_MS }, want: "starting" },
    { name: "never polled, configured longer ago", line: { configuredSinceMs: NOW_MS - LATE_MS - 1 }, want: "late" },
    { name: "polled by a clock one minute ahead", line: { overview: anOverview(NOW_MS + MINUTE_MS) }, want: "polled" },
    { name: "polled by a clock further ahead", line: { overview: anOverview(NOW_MS + MINUTE_MS + 1) }, want: "polled" },
    { name: "configured by a clock further ahead", line: { configuredSinceMs: NOW_MS + MINUTE_MS + 1 }, want: "late" },
  ])("counts a tenant as $want when it was $name", async ({ line, want }) => {
    const count = (status: string) => (want === status ? 1 : 0);

    expect(await health([line])).toMatchObject({
      kind: want === "late" ? "tenants-late" : "healthy",
      tenants: { configured: 1, late: count("late"), starting: count("starting") },
    });
  });

  it.each([
    { name: "starting", startedAtMs: NOW_MS - LATE_MS, kind: "healthy" },
    { name: "late", startedAtMs: NOW_MS - LATE_MS - 1, kind: "tenants-late" },
  ])("counts a tenant without a line as $name by the age of the process", async ({ startedAtMs, kind }) => {
    expect(await health([], startedAtMs)).toMatchObject({ kind });
  });

  it("gives every tenant a fresh start when the monitor has come back from a gap of its own", async () => {
    const fleet = { tenantId: "fleet", overview: { ...anOverview(NOW_MS), tenantId: "fleet", resumedSlotMs: NOW_MS } };

    expect(await health([fleet, { overview: anOverview(NOW_MS - DAY_MS) }])).toMatchObject({ kind: "healthy" });
  });

  it("goes by the limits of the rule tenant-late", async () => {
    const rules = { ...aPolicy().rules, rules: { "tenant-late": { limits: { warnAfterPeriods: 2 } } } };
    const lines = [{ overview: anOverview(NOW_MS - 2 * PERIOD_MS - 1) }];

    expect(await health(lines)).toMatchObject({ kind: "healthy" });
    expect(await health(lines, NOW_MS - DAY_MS, aPolicy({ rules }))).toMatchObject({ kind: "tenants-late" });
  });

  it("leaves out tenants that are no longer configured", async () => {
    const left = { tenantId: OTHER_TENANT.tenantId };

    expect(await health([left, { overview: anOverview(NOW_MS) }])).toMatchObject({
      kind: "healthy",
      tenants: { configured: 1, late: 0 },
    });
  });

  it("names the settings that cannot be used", async () => {
    const problems = [{ setting: "tenants", expected: "at least one tenant" }];

    expect(await getHealth(failing(new ConfigError(problems)))).toEqual({ kind: "misconfigured", problems });
  });

  it("names the dependency that failed", async () => {
    const error = new DependencyError("no", { dependency: "tables", operation: "load-lines", retryable: true });

    expect(await getHealth(failing(error))).toEqual({ kind: "dependency-failed", dependency: "tables" });
  });

  it("rethrows what it does not know", async () => {
    await expect(getHealth(failing(new TypeError("bug")))).rejects.toThrow("bug");
  });
});
