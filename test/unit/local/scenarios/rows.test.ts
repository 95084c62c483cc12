import { describe, expect, it } from "vitest";
import { durationMs } from "../../../../local/scenarios/duration.ts";
import { defineScenario } from "../../../../local/scenarios/load-scenario.ts";
import { compliancePartnerRow, connectorRow, devicePartnerRow } from "../../../../local/scenarios/rows.ts";
import type { Connection, ScenarioInput } from "../../../../local/scenarios/scenario.schema.ts";

type ConnectionInput = NonNullable<ScenarioInput["tenants"][number]["connections"]>[number];
type Input<K extends ConnectionInput["kind"]> = Extract<ConnectionInput, { readonly kind: K }>;

const ID = "00000000-0000-4000-8000-000000001001";

/** A connection with all its defaults, as a scenario would have it. */
function aConnection<I extends ConnectionInput>(input: I) {
  const tenants = [{ id: ID, name: "Contoso (simulated)", connections: [input] }];
  const [connection] = defineScenario({ name: "test", title: "test", tenants }).tenants[0]?.connections ?? [];
  return connection as Extract<Connection, { readonly kind: I["kind"] }>;
}

function deviceRowAt(at: string, partner: Partial<Input<"device-management-partner">>) {
  const input = { kind: "device-management-partner", id: ID, name: "Bridge", ...partner } as const;
  return devicePartnerRow(aConnection(input), durationMs(at));
}

function complianceRowAt(at: string, partner: Partial<Input<"compliance-management-partner">>) {
  const input = { kind: "compliance-management-partner", id: ID, name: "Kandji", ...partner } as const;
  return compliancePartnerRow(aConnection(input), durationMs(at));
}

function connectorRowAt(at: string, connector: Partial<Input<"connector">>) {
  const input = { kind: "connector", connectorName: "vppTokenLastSyncDateTime", ...connector } as const;
  return connectorRow(aConnection(input), durationMs(at));
}

describe("devicePartnerRow() and compliancePartnerRow()", () => {
  const flipping = {
    simulatedUnresponsiveAfter: "P7D",
    timeline: [
      { at: "PT0S", do: "beat", every: "PT4H" },
      { at: "PT1H", do: "silence" },
      { at: "P10D", do: "beat", every: "PT4H" },
      { at: "P11D", do: "set", state: "rejected" },
      { at: "P11D", do: "silence" },
    ],
  } as const;

  it.each([
    { at: "P6DT23H59M", state: "enabled" },
    { at: "P7D", state: "unresponsive" },
    { at: "P9DT23H59M", state: "unresponsive" },
    { at: "P10D", state: "enabled" },
    { at: "P11D", state: "rejected" },
    { at: "P30D", state: "rejected" },
  ])("flips an enabled one by its silence: $state at $at", ({ at, state }) => {
    expect(deviceRowAt(at, flipping).state).toBe(state);
    expect(complianceRowAt(at, flipping).state).toBe(state);
  });

  it("keeps the state of one that never beat", () => {
    expect(deviceRowAt("P30D", { simulatedUnresponsiveAfter: "P7D" }).state).toBe("enabled");
  });

  const terminated = {
    timeline: [
      { at: "PT0S", do: "beat", every: "PT4H" },
      { at: "P2D", do: "terminate" },
      { at: "P5D", do: "set", noncompliance: "none" },
      { at: "P6D", do: "set", removal: "P20D", noncompliance: "+P1D" },
      { at: "P7D", do: "set", state: "enabled", removal: "none" },
    ],
  } as const;

  it.each([
    { at: "P1DT23H", state: "enabled", removal: undefined, noncompliance: undefined },
    { at: "P2D", state: "terminated", removal: "P92D", noncompliance: "P92D" },
    { at: "P5D", state: "terminated", removal: "P92D", noncompliance: undefined },
    { at: "P6D", state: "terminated", removal: "P20D", noncompliance: "P7D" },
    { at: "P7D", state: "enabled", removal: undefined, noncompliance: "P7D" },
  ])("sets, moves and clears both dates: at $at", ({ at, state, removal, noncompliance }) => {
    const row = deviceRowAt(at, terminated);

    expect(row.state).toBe(state);
    expect(row.removalMs).toBe(removal && durationMs(removal));
    expect(row.noncomplianceMs).toBe(noncompliance && durationMs(noncompliance));
  });

  it("hears nothing from a terminated one", () => {
    expect(deviceRowAt("P30D", terminated).lastBeatMs).toBe(durationMs("P1DT20H"));
  });

  it("starts enabled, configured and for all users", () => {
    expect(deviceRowAt("PT0S", {})).toMatchObject({
      name: "Bridge",
      state: "enabled",
      isConfigured: true,
      appId: undefined,
      lastBeatMs: undefined,
      assignments: ["all-users"],
    });
  });

  it("changes only what is set, from then on", () => {
    const timeline = [
      { at: "P1D", do: "set", isConfigured: false, name: "Bridge 2" },
      { at: "P2D", do: "set", assignments: [] },
    ] as const;

    expect(deviceRowAt("PT23H", { timeline })).toMatchObject({ name: "Bridge", isConfigured: true });
    expect(deviceRowAt("P1D", { timeline })).toMatchObject({ name: "Bridge 2", isConfigured: false });
    expect(deviceRowAt("P2D", { timeline })).toMatchObject({ name: "Bridge 2", isConfigured: false, assignments: [] });
  });

  it("changes the platforms of a compliance partner", () => {
    const row = { platforms: ["ios", "macOs"], timeline: [{ at: "P1D", do: "set", platforms: ["ios"] }] } as const;

    expect(complianceRowAt("PT23H", row).platforms).toEqual(["ios", "macOs"]);
    expect(complianceRowAt("P1D", row).platforms).toEqual(["ios"]);
  });

  it("shows a corruption until the next replaces it", () => {
    const timeline = [
      { at: "P1D", do: "corrupt", fields: { partnerState: 5 }, omit: ["displayName"] },
      { at: "P2D", do: "corrupt" },
    ] as const;

    expect(deviceRowAt("PT23H", { timeline }).corruption).toBeUndefined();
    expect(deviceRowAt("P1D", { timeline }).corruption).toMatchObject({
      fields: { partnerState: 5 },
      omit: ["displayName"],
    });
    expect(deviceRowAt("P2D", { timeline }).corruption).toMatchObject({ fields: {}, omit: [] });
  });
});

describe("connectorRow()", () => {
  const syncing = {
    timeline: [
      { at: "-PT2H", do: "beat", every: "PT12H" },
      { at: "PT11H", do: "silence" },
    ],
  } as const;
  const expiring = { expires: "P32D", timeline: [{ at: "P31D", do: "renew", expires: "+P365D" }] } as const;

  it.each([
    { what: "a fresh sync", connector: syncing, at: "P1D", event: "PT10H", status: "healthy" },
    { what: "a sync of more than a day ago", connector: syncing, at: "P1DT11H", event: "PT10H", status: "warning" },
    { what: "a sync of three days ago", connector: syncing, at: "P3DT10H", event: "PT10H", status: "unhealthy" },
    { what: "no sync ever", connector: {}, at: "P1D", event: undefined, status: "unknown" },
    { what: "an expiry far ahead", connector: expiring, at: "P24D", event: "P32D", status: "healthy" },
    { what: "an expiry in seven days", connector: expiring, at: "P25D", event: "P32D", status: "warning" },
    { what: "a renewal", connector: expiring, at: "P31D", event: "P396D", status: "healthy" },
    { what: "a passed expiry", connector: { expires: "P32D" }, at: "P32D", event: "P32D", status: "unhealthy" },
  ])("follows Intune's own rule: $status after $what", ({ connector, at, event, status }) => {
    expect(connectorRowAt(at, connector)).toMatchObject({
      status,
      eventMs: event === undefined ? undefined : durationMs(event),
    });
  });

  it("says what it is told to say, until told to be automatic", () => {
    const timeline = [
      { at: "P1D", do: "set", status: "warning" },
      { at: "P2D", do: "set", status: "automatic" },
    ] as const;

    const statuses = ["PT23H", "P1D", "P2D"].map((at) => connectorRowAt(at, { status: "healthy", timeline }).status);

    expect(statuses).toEqual(["healthy", "warning", "unknown"]);
  });
});
