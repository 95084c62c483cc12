import { describe, expect, it } from "vitest";
import { createMetricsRoute } from "../../../src/http/metrics-route.ts";
import { textOf } from "../../builders/text-of.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { aRequest, at, OTHER_TENANT, TENANT } from "./builders.ts";
import { parseOpenMetrics } from "./open-metrics-text.ts";
import { anOverview } from "./watched-overviews.ts";

const METRICS = "/api/v1/metrics";

async function aWorld() {
  const overview = createFakeOverviewStore(createMemoryStorage());
  await overview.project(anOverview());
  await overview.project(anOverview({ tenantId: "fleet", tenantName: "Fleet", connections: [] }));
  await overview.project(anOverview({ tenantId: "7c9e6679-7425-40de-944b-ffffffffffff" }));
  const clock = { nowMs: () => at("2026-11-22T10:05:00Z") };
  const route = createMetricsRoute({ overview, tenants: [TENANT, OTHER_TENANT], clock });
  return (query = "") => route(aRequest(METRICS + query));
}

function tenantsIn(body = "") {
  const infos = parseOpenMetrics(body).get("intune_monitor_tenant_info")?.metrics ?? [];
  return infos.map(({ labels }) => labels?.["tenant"]);
}

describe("createMetricsRoute()", () => {
  it("answers all configured tenants and the fleet as OpenMetrics, and no other", async () => {
    const reply = await (await aWorld())();

    expect(reply.status).toBe(200);
    expect(reply.headers["Content-Type"]).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
    expect(tenantsIn(textOf(reply))).toEqual([TENANT.tenantId, OTHER_TENANT.tenantId, "fleet"]);
  });

  it.each([TENANT.tenantId, "fleet"])("answers %s alone", async (tenant) => {
    const reply = await (await aWorld())(`?tenant=${tenant}&code=s3cret`);

    expect(tenantsIn(textOf(reply))).toEqual([tenant]);
  });

  it.each([
    { query: "?tenant=x", status: 400 },
    { query: "?format=text", status: 400 },
    { query: "?tenant=7c9e6679-7425-40de-944b-ffffffffffff", status: 404 },
  ])("answers $status to $query", async ({ query, status }) => {
    expect((await (await aWorld())(query)).status).toBe(status);
  });
});
