import { describe, expect, it } from "vitest";
import {
  fromFullOverviewRow,
  fromOverviewRow,
  LINE_COLUMNS,
  toProjection,
  toRegistration,
} from "../../../../src/adapters/tables/overview-row.ts";
import type { TenantOverview } from "../../../../src/domain/poll/tenant-overview.ts";

const tenantId = "00000000-0000-4000-8000-0000000000a1";

const overview: TenantOverview = {
  tenantId,
  tenantName: "Contoso",
  lastSlotMs: 1_795_320_000_000,
  observedAtMs: 1_795_320_002_000,
  periodMs: 900_000,
  openAlerts: { info: 0, warning: 0, error: 0, critical: 0 },
  standings: { active: 1, "not-configured": 0, retired: 0, ignored: 0 },
  blindSources: [],
  unreadableRows: 0,
  connections: [],
  more: 0,
};

describe("fromOverviewRow()", () => {
  it("reads a line by the columns that are selected", () => {
    const row: Record<string, unknown> = { ...toRegistration(5), ...toProjection(overview) };
    const selected = Object.fromEntries(LINE_COLUMNS.map((name) => [name, row[name] ?? null]));
    const { connections: _, ...line } = overview;

    expect(fromOverviewRow(tenantId, selected)).toEqual({ tenantId, configuredSinceMs: 5, overview: line });
  });

  it("takes selected columns that the service gives as null for absent", () => {
    const row = { ...toRegistration(5), v: null, lastSlotMs: null, observedAtMs: null, rest: null };

    expect(fromOverviewRow(tenantId, row)).toEqual({ tenantId, configuredSinceMs: 5 });
  });

  it("counts a line of which nothing can be read as configured ever since, so that its tenant shows as late", () => {
    expect(fromOverviewRow(tenantId, { configuredSinceMs: "soon", rest: "{" })).toEqual({
      tenantId,
      configuredSinceMs: 0,
    });
  });
});

describe("fromFullOverviewRow()", () => {
  const connection = { connectionKey: "k", kind: "connector", name: "Token", standing: "active", alerts: [] } as const;

  it.each([
    { name: "all it can have", extra: { verdict: "ok", state: "healthy", lastContactMs: 1, expiryMs: 2 } as const },
    { name: "what the first version wrote", extra: {} },
  ])("reads a connection with $name", ({ extra }) => {
    const full = { ...overview, connections: [{ ...connection, ...extra }] };

    expect(fromFullOverviewRow(tenantId, { ...toRegistration(5), ...toProjection(full) })).toEqual({
      tenantId,
      configuredSinceMs: 5,
      overview: full,
    });
  });

  it.each([undefined, "{", "{}", '[{"name":1}]'])(
    "takes connections of %s for a tenant not polled yet",
    (connections) => {
      const row = { ...toRegistration(5), ...toProjection(overview), connections };

      expect(fromFullOverviewRow(tenantId, row)).toEqual({ tenantId, configuredSinceMs: 5 });
    },
  );
});

describe("toProjection()", () => {
  it("always writes the same columns, so that a merge leaves nothing behind", () => {
    const { worstSeverity: _, ...calm } = overview;

    expect(Object.keys(toProjection({ ...overview, worstSeverity: "error" }))).toEqual(Object.keys(toProjection(calm)));
  });
});
