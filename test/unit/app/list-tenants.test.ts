import { describe, expect, it } from "vitest";
import { listTenants } from "../../../src/app/list-tenants.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import type { OverviewLine } from "../../../src/ports/monitor-store.ts";
import { aPolicy, TENANT_ID } from "../../builders/a-policy.ts";
import { anOverviewLine } from "../domain/poll/an-overview-line.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 4);
const PERIOD_MS = 15 * MINUTE_MS;

function list(lines: readonly OverviewLine[], overrides: Parameters<typeof aPolicy>[0] = {}) {
  return listTenants({
    overview: { loadLines: async () => lines },
    tenants: [aPolicy({ tenantId: "b", tenantName: "Fabrikam" }), aPolicy()],
    fleet: aPolicy({ tenantId: "fleet", tenantName: "Fleet", ...overrides }),
    clock: { nowMs: () => NOW_MS },
  });
}

describe("listTenants()", () => {
  it("lists the tenants as configured, then the fleet, and none that has left", async () => {
    const line = anOverviewLine({ polledAtMs: NOW_MS });
    const fleet = anOverviewLine({ tenantId: "fleet", polledAtMs: NOW_MS });

    expect(await list([line, fleet, anOverviewLine({ tenantId: "gone" })])).toEqual([
      { tenantId: "b", tenantName: "Fabrikam" },
      { tenantId: TENANT_ID, tenantName: "Contoso", line, lateAfterMs: NOW_MS + 4 * PERIOD_MS },
      { tenantId: "fleet", tenantName: "Fleet", line: fleet },
    ]);
  });

  it.each([
    { since: "its last poll", line: { polledAtMs: NOW_MS - PERIOD_MS }, wantMs: NOW_MS + 3 * PERIOD_MS },
    {
      since: "it was configured",
      line: { configuredSinceMs: NOW_MS - DAY_MS },
      wantMs: NOW_MS - DAY_MS + 4 * PERIOD_MS,
    },
  ])("says when a tenant is late, 4 periods since $since", async ({ line, wantMs }) => {
    const found = await list([anOverviewLine(line)]);

    expect(found[1]?.lateAfterMs).toBe(wantMs);
  });

  it("waits from when the monitor came back from its own gap", async () => {
    const lines = [
      anOverviewLine({ polledAtMs: NOW_MS - DAY_MS }),
      anOverviewLine({ tenantId: "fleet", polledAtMs: NOW_MS, resumedSlotMs: NOW_MS - MINUTE_MS }),
    ];

    expect((await list(lines))[1]?.lateAfterMs).toBe(NOW_MS - MINUTE_MS + 4 * PERIOD_MS);
  });
});
