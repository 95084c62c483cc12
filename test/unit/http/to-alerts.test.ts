import { describe, expect, it } from "vitest";
import { toIso } from "../../../src/domain/time.ts";
import { alertsOfConnection, alertsOfOverview } from "../../../src/http/to-alerts.ts";
import { anOverview, SLOT_MS } from "../../contract/storage/storage-builders.ts";
import { anAlert, aState, TENANT } from "./builders.ts";

describe("alertsOfConnection()", () => {
  it("names the connection of each alert that is not inactive", () => {
    const quiet = anAlert({ ruleId: "partner-state", phase: "inactive" });
    const state = aState({ alerts: { "heartbeat-age": anAlert(), "partner-state": quiet } });

    expect(alertsOfConnection({ state, verdict: "error" }, TENANT)).toEqual([
      expect.objectContaining({
        ...TENANT,
        connectionKey: state.connectionKey,
        connectionKind: "compliance-management-partner",
        connectionName: "Jamf",
        ruleId: "heartbeat-age",
        phase: "firing",
      }),
    ]);
  });
});

describe("alertsOfOverview()", () => {
  it("names the connection of each alert, its key and since when it is so", () => {
    const overview = anOverview();

    expect(alertsOfOverview({ ...TENANT, overview })).toEqual([
      {
        ...TENANT,
        connectionKey: overview.connections[0]?.connectionKey,
        connectionKind: "connector",
        connectionName: "Apple push certificate",
        ruleId: "expiry",
        title: expect.any(String),
        phase: "firing",
        severity: "error",
        alertKey: "e".repeat(32),
        sinceDateTime: toIso(SLOT_MS),
      },
    ]);
  });

  it("knows of none before the first poll", () => {
    expect(alertsOfOverview(TENANT)).toEqual([]);
  });
});
