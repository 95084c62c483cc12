import { describe, expect, it } from "vitest";
import { durationMs } from "../../../local/scenarios/duration.ts";
import { loadScenario } from "../../../local/scenarios/load-scenario.ts";
import { stateAt } from "../../../local/scenarios/state-at.ts";

const LIVE_MS = durationMs("P14D");
const LATE_AFTER_MS = durationMs("PT36H");

const demo = loadScenario("demo");

function ageOf(name: string, elapsedMs: number): number | undefined {
  const partner = demo.tenants.flatMap((tenant) => partnersAt(tenant.id, elapsedMs)).find((row) => row.name === name);
  return partner?.lastBeatMs === undefined ? undefined : elapsedMs - partner.lastBeatMs;
}

function partnersAt(tenantId: string, elapsedMs: number) {
  const state = stateAt(demo, tenantId, elapsedMs);
  return [...state.deviceManagementPartners, ...state.complianceManagementPartners];
}

/** Everything with a contact time, as `name: late or not`. */
function lateness(elapsedMs: number): readonly string[] {
  return demo.tenants.flatMap((tenant) => {
    const partners = partnersAt(tenant.id, elapsedMs);
    const contacts = [
      ...partners.map((row) => ({ name: row.name, atMs: row.lastBeatMs })),
      ...stateAt(demo, tenant.id, elapsedMs).connectorStatus.map((row) => ({
        name: row.connectorName,
        atMs: row.eventMs,
      })),
    ];
    return contacts.map(({ name, atMs }) => `${name}: ${atMs !== undefined && elapsedMs - atMs > LATE_AFTER_MS}`);
  });
}

describe("demo.json", () => {
  it("has three made-up tenants with 14 to 16 connections, one of them without Intune", () => {
    const connections = demo.tenants.flatMap((tenant) => tenant.connections);

    expect(
      demo.tenants.map((tenant) => tenant.id).filter((id) => id.startsWith("00000000-0000-4000-8000-")),
    ).toHaveLength(3);
    expect(demo.tenants.map((tenant) => tenant.licensed)).toEqual([true, true, false]);
    expect(connections.length).toBeGreaterThanOrEqual(14);
    expect(connections.length).toBeLessThanOrEqual(16);
  });

  it.each([
    { at: "P14DT1M30S", age: "PT36H" },
    { at: "P14DT5M59.999S", age: "PT36H4M29.999S" },
    { at: "P14DT6M", age: "PT0S" },
    { at: "P14DT9M59S", age: "PT3M59S" },
    { at: "P14DT10M", age: "PT0S" },
  ])("lets Kandji be silent for $age at $at", ({ at, age }) => {
    expect(ageOf("Kandji", durationMs(at))).toBe(durationMs(age));
  });

  it("lets nothing else become late or recover in the first ten minutes of live", () => {
    const before = lateness(LIVE_MS);
    const after = lateness(LIVE_MS + durationMs("PT5M"));
    const later = lateness(LIVE_MS + durationMs("PT10M"));

    expect(after.filter((line, index) => line !== before[index])).toEqual(["Kandji: true"]);
    expect(later).toEqual(before);
  });

  it("makes SOTI late and well again at least twice", () => {
    const hours = Array.from(
      { length: 14 * 24 },
      (_, hour) => (ageOf("SOTI MobiControl", hour * 3_600_000) ?? 0) > LATE_AFTER_MS,
    );

    const turns = hours.filter((isLate, hour) => isLate && hours[hour - 1] === false);

    expect(turns.length).toBeGreaterThanOrEqual(2);
    expect(hours.at(-1)).toBe(false);
  });

  it("shows a removal date before live starts", () => {
    const [before, live] = ["P9DT11H29M", "P14D"].map(
      (at) => stateAt(demo, "00000000-0000-4000-8000-0000000000b1", durationMs(at)).deviceManagementPartners[0],
    );

    expect(before).toMatchObject({ state: "unresponsive", removalMs: undefined });
    expect(live).toMatchObject({ state: "unresponsive", removalMs: durationMs("P99DT11H30M") });
  });

  it("leaves the push certificate less than seven days at live start", () => {
    const [apns] = stateAt(demo, "00000000-0000-4000-8000-0000000000a1", LIVE_MS).connectorStatus;

    expect(apns).toMatchObject({ status: "warning", eventMs: durationMs("P20DT7H39M") });
  });

  it("blinds one source for six hours of history", () => {
    const blind = demo.tenants.flatMap((tenant) => tenant.faults).filter((fault) => durationMs(fault.to) < LIVE_MS);

    expect(blind.map((fault) => durationMs(fault.to) - durationMs(fault.from))).toEqual([durationMs("PT6H")]);
  });
});
