import { describe, expect, it } from "vitest";
import { ConfigError, DependencyError } from "../../../src/domain/errors.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { createCache } from "../../../src/http/create-cache.ts";
import { createHealthRoute, HEALTH_MAX_AGE_MS, type HealthRouteDeps } from "../../../src/http/health-route.ts";
import { aPolicy } from "../../builders/a-policy.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { aRequest, at, bodyOf, OTHER_TENANT, TENANT } from "./builders.ts";

const NOW_MS = at("2026-11-22T10:00:00Z");

async function aSubject(configuredSinceMs: number, { tenants = [TENANT], fleet = aPolicy() } = {}) {
  const overview = createFakeOverviewStore(createMemoryStorage());
  for (const { tenantId } of tenants) await overview.register(tenantId, configuredSinceMs);
  return {
    overview,
    tenants: tenants.map((tenant) => ({ ...tenant, periodMs: 15 * MINUTE_MS })),
    fleet,
    notes: ["only the log channel is configured"],
  };
}

function aWorld(compose: HealthRouteDeps["compose"]) {
  const time = { nowMs: NOW_MS };
  let looks = 0;
  const route = createHealthRoute({
    compose: () => {
      looks += 1;
      return compose();
    },
    clock: { nowMs: () => time.nowMs },
    startedAtMs: NOW_MS,
    cache: createCache(HEALTH_MAX_AGE_MS),
  });
  return { time, looks: () => looks, get: (path = "/api/v1/health") => route(aRequest(path)) };
}

describe("createHealthRoute()", () => {
  it("answers 200 while all is well", async () => {
    const reply = await aWorld(() => aSubject(NOW_MS)).get();

    expect(reply).toMatchObject({
      status: 200,
      headers: { "Content-Type": "application/json", "Cache-Control": "no-store" },
    });
    expect(bodyOf(reply)).toEqual({
      status: "healthy",
      reasons: [],
      tenants: { configured: 1, late: 0, starting: 1 },
      notes: ["only the log channel is configured"],
    });
  });

  it("answers 503 with the count of late tenants, and not which", async () => {
    const reply = await aWorld(() => aSubject(NOW_MS - 61 * MINUTE_MS)).get();

    expect(reply.status).toBe(503);
    expect(reply.headers["Retry-After"]).toBe("15");
    expect(bodyOf(reply)).toMatchObject({
      status: "unhealthy",
      reasons: ["1 of 1 tenants had no poll for more than 4 periods"],
      tenants: { configured: 1, late: 1, starting: 0 },
    });
    expect(reply.body).not.toContain(TENANT.tenantId);
  });

  it.each([
    { limits: { [TENANT.tenantId]: 2, [OTHER_TENANT.tenantId]: 2 }, want: "for more than 2 periods" },
    { limits: { [TENANT.tenantId]: 1, [OTHER_TENANT.tenantId]: 1 }, want: "for more than 1 period" },
    { limits: { [TENANT.tenantId]: 1, [OTHER_TENANT.tenantId]: 2 }, want: "for longer than their limit" },
  ])("names the limit that holds: $want", async ({ limits, want }) => {
    const overrides = Object.entries(limits).map(([tenantId, warnAfterPeriods]) => ({
      match: { connection: `tenant:${tenantId}` },
      rules: { "tenant-late": { limits: { warnAfterPeriods } } },
    }));
    const fleet = aPolicy({ rules: { preset: "recommended", rules: {}, overrides } });
    const tenants = [TENANT, OTHER_TENANT];

    const reply = await aWorld(() => aSubject(NOW_MS - 31 * MINUTE_MS, { tenants, fleet })).get();

    expect(bodyOf(reply).reasons).toEqual([`2 of 2 tenants had no poll ${want}`]);
  });

  it("answers 503 with the settings that cannot be used", async () => {
    const settings = [{ setting: "tenants[0].id", expected: "a GUID" }];

    const reply = await aWorld(() => Promise.reject(new ConfigError(settings))).get();

    expect(reply.status).toBe(503);
    expect(bodyOf(reply)).toEqual({ status: "unhealthy", reasons: ["settings cannot be used"], settings });
  });

  it("answers 503 when storage cannot be reached, without the error's text", async () => {
    const error = new DependencyError("s3cret", { dependency: "tables", operation: "load-lines", retryable: true });

    const reply = await aWorld(() => Promise.reject(error)).get();

    expect(reply.status).toBe(503);
    expect(bodyOf(reply)).toEqual({ status: "unhealthy", reasons: ["tables cannot be reached"] });
  });

  it("looks once in 15 seconds, whoever asks", async () => {
    const world = aWorld(() => aSubject(NOW_MS));

    await Promise.all([world.get(), world.get()]);
    world.time.nowMs += 14_999;
    await world.get();
    const before = world.looks();
    world.time.nowMs += 1;
    await world.get();

    expect(before).toBe(1);
    expect(world.looks()).toBe(2);
  });

  it("refuses a parameter that it does not know", async () => {
    expect((await aWorld(() => aSubject(NOW_MS)).get("/api/v1/health?verbose=1")).status).toBe(400);
  });
});
