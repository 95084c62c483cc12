import { describe, expect, it } from "vitest";
import { durationMs } from "../../../../local/scenarios/duration.ts";
import { defineScenario } from "../../../../local/scenarios/load-scenario.ts";
import type { ScenarioInput } from "../../../../local/scenarios/scenario.schema.ts";
import { faultAt, stateAt, tenantOf } from "../../../../local/scenarios/state-at.ts";

const TENANT = "00000000-0000-4000-8000-0000000000a1";
const ID = "00000000-0000-4000-8000-000000001001";
const OTHER_ID = "00000000-0000-4000-8000-000000001002";

type TenantInput = ScenarioInput["tenants"][number];

function aScenario(tenant: Partial<TenantInput>) {
  return defineScenario({
    name: "test",
    title: "test",
    tenants: [{ id: TENANT, name: "Contoso (simulated)", ...tenant }],
  });
}

describe("stateAt()", () => {
  it("gives each source its own rows, in the order of the scenario", () => {
    const scenario = aScenario({
      connections: [
        { kind: "connector", connectorName: "b" },
        { kind: "compliance-management-partner", id: ID, name: "Kandji" },
        { kind: "connector", connectorName: "a" },
        { kind: "device-management-partner", id: ID, name: "Bridge" },
      ],
    });

    const state = stateAt(scenario, TENANT, 0);

    expect(state.deviceManagementPartners.map((row) => row.name)).toEqual(["Bridge"]);
    expect(state.complianceManagementPartners.map((row) => row.name)).toEqual(["Kandji"]);
    expect(state.connectorStatus.map((row) => row.connectorName)).toEqual(["b", "a"]);
  });

  it("leaves out what has not appeared or has disappeared", () => {
    const scenario = aScenario({
      connections: [
        { kind: "connector", connectorName: "late", timeline: [{ at: "P2D", do: "appear" }] },
        { kind: "connector", connectorName: "early", timeline: [{ at: "P2D", do: "disappear" }] },
      ],
    });

    const names = ["P1D", "P2D"].map((at) =>
      stateAt(scenario, TENANT, durationMs(at)).connectorStatus.map((row) => row.connectorName),
    );

    expect(names).toEqual([["early"], ["late"]]);
  });

  it("refuses a tenant that the scenario does not have", () => {
    expect(() => stateAt(aScenario({}), OTHER_ID, 0)).toThrow(RangeError);
  });
});

describe("faultAt()", () => {
  const tenant = tenantOf(
    aScenario({
      faults: [
        { source: "connectorStatus", from: "P1D", to: "P2D", fault: { kind: "forbidden" } },
        { from: "P1DT12H", to: "P3D", fault: { kind: "reset" } },
      ],
    }),
    TENANT,
  );

  it.each([
    { source: "connectorStatus", at: "PT23H59M59.999S", want: undefined },
    { source: "connectorStatus", at: "P1D", want: "forbidden" },
    { source: "deviceManagementPartners", at: "P1D", want: undefined },
    { source: "connectorStatus", at: "P1DT12H", want: "forbidden" },
    { source: "deviceManagementPartners", at: "P1DT12H", want: "reset" },
    { source: "connectorStatus", at: "P2D", want: "reset" },
    { source: "connectorStatus", at: "P3D", want: undefined },
  ] as const)("is $want for $source at $at", ({ source, at, want }) => {
    expect(faultAt(tenant, source, durationMs(at))?.fault.kind).toBe(want);
  });
});
