import { describe, expect, it } from "vitest";
import { scenarioSchema } from "../../../../local/scenarios/scenario.schema.ts";

const ID = "00000000-0000-4000-8000-000000001001";
const CONNECTOR = { kind: "connector", connectorName: "n" };
const PARTNER = { kind: "compliance-management-partner", id: ID, name: "n" };

/** The problems of a scenario that is right but for its one tenant, as `path: message`. */
function problemsOf(tenant: object): readonly string[] {
  const whole = { id: ID, name: "Contoso (simulated)", ...tenant };
  const result = scenarioSchema.safeParse({ name: "x", title: "x", tenants: [whole] });
  return (result.error?.issues ?? []).map((issue) => `${issue.path.slice(2).join(".")}: ${issue.message}`);
}

describe("scenarioSchema", () => {
  it("fills the defaults of a partner in", () => {
    const tenants = [{ id: ID, name: "Contoso (simulated)", connections: [PARTNER] }];

    const scenario = scenarioSchema.parse({ name: "x", title: "x", tenants });

    expect(scenario.tenants[0]).toMatchObject({ licensed: true, faults: [] });
    expect(scenario.tenants[0]?.connections[0]).toEqual({
      ...PARTNER,
      state: "enabled",
      assignments: ["all-users"],
      platforms: [],
      timeline: [],
    });
  });

  it.each([
    {
      what: "the same partner id in both kinds",
      connections: [PARTNER, { ...PARTNER, kind: "device-management-partner" }],
    },
    { what: "one connector twice, with two instances", connections: [CONNECTOR, { ...CONNECTOR, instanceId: "b" }] },
    {
      what: "a connector that is renewed",
      connections: [{ ...CONNECTOR, expires: "P9D", timeline: [{ at: "P1D", do: "renew", expires: "+P1D" }] }],
    },
  ])("takes $what", ({ connections }) => {
    expect(problemsOf({ connections })).toEqual([]);
  });

  it.each([
    { what: "a name without its mark", tenant: { name: "Contoso" }, want: /^name: .*"\(simulated\)"/ },
    { what: "a tenant id that is no GUID", tenant: { id: "contoso" }, want: /^id: / },
    { what: "an unknown kind", tenant: { connections: [{ kind: "partner" }] }, want: /^connections\.0\.kind: / },
    {
      what: "a partner without id",
      tenant: { connections: [{ ...PARTNER, id: undefined }] },
      want: /^connections\.0\.id: /,
    },
    {
      what: "an unknown key",
      tenant: { connections: [{ ...CONNECTOR, every: "PT4H" }] },
      want: /^connections\.0: .*"every"/,
    },
    {
      what: "a connector that expires and beats",
      tenant: { connections: [{ ...CONNECTOR, expires: "P9D", timeline: [{ at: "P1D", do: "beat" }] }] },
      want: /^connections\.0\.timeline: expected a connector that either/,
    },
    {
      what: "a renewal of what never expires",
      tenant: { connections: [{ ...CONNECTOR, timeline: [{ at: "P1D", do: "renew", expires: "+P1D" }] }] },
      want: /^connections\.0\.timeline: expected a connector that either/,
    },
    { what: "a connector twice", tenant: { connections: [CONNECTOR, CONNECTOR] }, want: /^connections: expected each/ },
    { what: "a partner twice", tenant: { connections: [PARTNER, PARTNER] }, want: /^connections: expected each/ },
    {
      what: "an unknown fault",
      tenant: { faults: [{ from: "P1D", to: "P2D", fault: { kind: "down" } }] },
      want: /^faults\.0\.fault\.kind: /,
    },
    {
      what: "a fault without end",
      tenant: { faults: [{ from: "P2D", to: "P2D", fault: { kind: "reset" } }] },
      want: /^faults\.0\.to: expected a time after from/,
    },
  ])("refuses $what", ({ tenant, want }) => {
    const problems = problemsOf(tenant);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(want);
  });

  it("refuses one tenant id twice", () => {
    const tenant = { id: ID, name: "Contoso (simulated)" };

    const result = scenarioSchema.safeParse({ name: "x", title: "x", tenants: [tenant, tenant] });

    expect(result.error?.issues.map((issue) => issue.message)).toEqual(["expected each tenant id once"]);
  });
});
