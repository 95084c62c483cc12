import { describe, expect, it } from "vitest";
import { createTenantsRoute } from "../../../src/http/tenants-route.ts";
import type { OverviewLine } from "../../../src/ports/monitor-store.ts";
import { aPolicy, digest } from "../../builders/a-policy.ts";
import { anOverviewLine } from "../domain/poll/an-overview-line.ts";
import { aRequest, at, bodyOf, TENANT } from "./builders.ts";

const NOW_MS = at("2026-11-22T10:00:00Z");
const TENANTS = "/api/v1/tenants";

function aRoute(lines: readonly OverviewLine[]) {
  return createTenantsRoute({
    overview: { loadLines: async () => lines },
    tenants: [aPolicy(TENANT)],
    fleet: aPolicy({ tenantId: "fleet", tenantName: "Fleet" }),
    clock: { nowMs: () => NOW_MS },
    digest,
  });
}

describe("createTenantsRoute()", () => {
  it("answers what the last poll of each tenant said, and when it is late", async () => {
    const line = anOverviewLine({
      tenantId: TENANT.tenantId,
      configuredSinceMs: at("2026-11-01T00:00:00Z"),
      polledAtMs: at("2026-11-22T09:45:00Z"),
      blindSources: ["connectorStatus: forbidden"],
      unreadableReason: "forbidden",
      worstSeverity: "error",
      openAlerts: { info: 0, warning: 1, error: 2, critical: 0 },
      standings: { active: 4, "not-configured": 1, retired: 0, ignored: 0 },
      unreadableRows: 3,
      outbox: { waiting: 1, dead: 2 },
    });

    const reply = await aRoute([line])(aRequest(TENANTS));

    expect(reply.status).toBe(200);
    expect(bodyOf(reply)).toEqual({
      value: [
        {
          ...TENANT,
          configuredSinceDateTime: "2026-11-01T00:00:00Z",
          lateAfterDateTime: "2026-11-22T10:45:00Z",
          lastPoll: {
            slotDateTime: "2026-11-22T09:45:00Z",
            observedDateTime: "2026-11-22T09:45:00Z",
            period: "PT15M",
            blindSources: [{ sourceId: "connectorStatus", reason: "forbidden" }],
            unreadableReason: "forbidden",
            worstSeverity: "error",
            openAlerts: { info: 0, warning: 1, error: 2, critical: 0 },
            standings: { active: 4, "not-configured": 1, retired: 0, ignored: 0 },
            unreadableRows: 3,
            outbox: { waiting: 1, dead: 2 },
          },
        },
        { tenantId: "fleet", tenantName: "Fleet" },
      ],
    });
  });

  it("answers 304 until a poll says something else", async () => {
    const before = await aRoute([anOverviewLine(TENANT)])(aRequest(TENANTS));
    const again = (lines: readonly OverviewLine[]) =>
      aRoute(lines)(aRequest(TENANTS, { "If-None-Match": before.headers["ETag"] ?? "" }));

    expect((await again([anOverviewLine(TENANT)])).status).toBe(304);
    expect((await again([anOverviewLine({ ...TENANT, polledAtMs: NOW_MS })])).status).toBe(200);
  });

  it("takes no parameter", async () => {
    const reply = await aRoute([])(aRequest(`${TENANTS}?tenant=fleet`));

    expect([reply.status, bodyOf(reply).errors[0].parameter]).toEqual([400, "tenant"]);
  });
});
