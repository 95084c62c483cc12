import { describe, expect, it } from "vitest";
import { durationMs } from "../../../../local/scenarios/duration.ts";
import {
  defineScenario,
  listScenarios,
  loadScenario,
  parseScenario,
  ScenarioError,
} from "../../../../local/scenarios/load-scenario.ts";
import { faultAt, stateAt, tenantOf } from "../../../../local/scenarios/state-at.ts";

const CONTOSO = "00000000-0000-4000-8000-0000000000a1";

function stateOf(name: string, at: string) {
  return stateAt(loadScenario(name), CONTOSO, durationMs(at));
}

/** A right scenario but for one event of its only connection. */
function aFile(event: object): unknown {
  const connections = [{ kind: "connector", connectorName: "n", timeline: [event] }];
  return { name: "x", title: "x", tenants: [{ id: CONTOSO, name: "Contoso (simulated)", connections }] };
}

describe("listScenarios()", () => {
  it("names the scenarios that are promised", () => {
    const promised = ["connector-expiring", "demo", "graph-throttled", "healthy", "partner-quiet"];

    expect(listScenarios()).toEqual([
      ...promised,
      "partner-terminated",
      "retired-jamf",
      "source-forbidden",
      "unlicensed",
    ]);
  });
});

describe("loadScenario()", () => {
  it.each(listScenarios())("loads %s", (name) => {
    expect(loadScenario(name).name).toBe(name);
  });

  it("names the scenarios there are when asked for another", () => {
    expect(() => loadScenario("../demo")).toThrow(/one of .*demo.*healthy.* is wanted, current value is "\.\.\/demo"$/);
  });
});

describe("parseScenario()", () => {
  it.each([
    {
      what: "a bad text",
      raw: aFile({ at: "4h", do: "silence" }),
      want: /^Cannot load scenario x\.json: tenants\[0\]\.connections\[0\]\.timeline\[0\]\.at: expected an ISO 8601 .*, current value is "4h"$/,
    },
    {
      what: "a wrong choice",
      raw: aFile({ at: "P1D", do: "die" }),
      want: /timeline\[0\]\.do: expected one of beat, silence, .*, current value is "die"$/,
    },
    {
      what: "a missing key",
      raw: aFile({ do: "silence" }),
      want: /timeline\[0\]\.at: expected string, .*, current value is nothing$/,
    },
    {
      what: "no object",
      raw: [],
      want: /^Cannot load scenario x\.json: file: expected object, .*, current value is \[\]$/,
    },
  ])("names file, path, wanted and current value of $what", ({ raw, want }) => {
    expect(() => parseScenario(raw, "x.json")).toThrow(ScenarioError);
    expect(() => parseScenario(raw, "x.json")).toThrow(want);
  });

  it("tells all problems at once", () => {
    expect(() => parseScenario(aFile({ at: "x", do: "beat", every: "y" }), "x.json")).toThrow(
      /timeline\[0\]\.at: .*; .*timeline\[0\]\.every: /,
    );
  });
});

describe("defineScenario()", () => {
  it("checks a scenario made in code and names it", () => {
    expect(() => defineScenario({ name: "mine", title: "x", tenants: [] })).toThrow(
      /^Cannot load scenario mine: tenants: /,
    );
  });
});

describe("partner-quiet.json", () => {
  it.each([
    { at: "P2D", state: "enabled", age: "PT0S" },
    { at: "P3DT13H", state: "enabled", age: "PT37H" },
    { at: "P8DT23H", state: "enabled", age: "PT167H" },
    { at: "P9D", state: "unresponsive", age: "P7D" },
    { at: "P10D", state: "enabled", age: "PT0S" },
    { at: "P11D", state: "enabled", age: "PT0S" },
  ])("is $state with an age of $age at $at", ({ at, state, age }) => {
    const [partner] = stateOf("partner-quiet", at).complianceManagementPartners;

    expect(partner).toMatchObject({ state, lastBeatMs: durationMs(at) - durationMs(age) });
  });
});

describe("partner-terminated.json", () => {
  it.each([
    { at: "P1DT23H", state: "enabled", removalMs: undefined, noncomplianceMs: undefined },
    { at: "P2D", state: "terminated", removalMs: durationMs("P92D"), noncomplianceMs: durationMs("P32D") },
  ])("is $state at $at", ({ at, ...want }) => {
    expect(stateOf("partner-terminated", at).deviceManagementPartners[0]).toMatchObject(want);
  });
});

describe("connector-expiring.json", () => {
  it.each([
    { at: "PT0S", left: "P32D" },
    { at: "P31DT11H59M", left: "PT12H1M" },
    { at: "P31DT12H", left: "P365D" },
  ])("has $left left at $at", ({ at, left }) => {
    expect(stateOf("connector-expiring", at).connectorStatus[0]?.eventMs).toBe(durationMs(at) + durationMs(left));
  });
});

describe("scenarios with faults", () => {
  it.each([
    { name: "source-forbidden", at: "PT23H", partners: undefined, connectors: undefined },
    { name: "source-forbidden", at: "P2D", partners: undefined, connectors: "forbidden" },
    { name: "source-forbidden", at: "P3D", partners: undefined, connectors: undefined },
    { name: "graph-throttled", at: "PT5H59M", partners: undefined, connectors: undefined },
    { name: "graph-throttled", at: "PT6H", partners: "throttled", connectors: "throttled" },
    { name: "graph-throttled", at: "PT6H59M", partners: "throttled", connectors: "throttled" },
    { name: "graph-throttled", at: "PT7H", partners: undefined, connectors: undefined },
  ])("$name at $at: partners $partners, connectors $connectors", ({ name, at, partners, connectors }) => {
    const tenant = tenantOf(loadScenario(name), CONTOSO);

    expect(faultAt(tenant, "complianceManagementPartners", durationMs(at))?.fault.kind).toBe(partners);
    expect(faultAt(tenant, "connectorStatus", durationMs(at))?.fault.kind).toBe(connectors);
  });
});

describe("retired-jamf.json", () => {
  it("shows the old row, over 120 days silent and past its removal, beside the new one", () => {
    const { deviceManagementPartners, complianceManagementPartners } = stateOf("retired-jamf", "PT0S");

    expect(deviceManagementPartners[0]).toMatchObject({ name: "Jamf", state: "terminated" });
    expect(deviceManagementPartners[0]?.lastBeatMs).toBeLessThan(durationMs("-P120D"));
    expect(deviceManagementPartners[0]?.removalMs).toBeLessThan(durationMs("-P7D"));
    expect(complianceManagementPartners[0]).toMatchObject({ name: "Jamf Device Compliance", state: "enabled" });
  });
});

describe("healthy.json and unlicensed.json", () => {
  it("keeps every configured partner in contact for a month", () => {
    for (let hour = 0; hour < 30 * 24; hour += 1) {
      const state = stateOf("healthy", `PT${hour}H`);
      const ages = [...state.deviceManagementPartners, ...state.complianceManagementPartners]
        .filter((partner) => partner.state === "enabled")
        .map((partner) => hour * 3_600_000 - (partner.lastBeatMs ?? -Infinity));
      expect(Math.max(...ages)).toBeLessThan(durationMs("PT4H"));
      expect(state.connectorStatus.map((row) => row.status)).toEqual(["healthy", "healthy"]);
    }
  });

  it("has one tenant without Intune", () => {
    expect(loadScenario("unlicensed").tenants.map((tenant) => tenant.licensed)).toEqual([false, true]);
  });
});
