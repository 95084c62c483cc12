import { describe, expect, it } from "vitest";
import { getUptime } from "../../../src/app/get-uptime.ts";
import { HOUR_MS } from "../../../src/domain/units.ts";
import { digest } from "../../builders/a-policy.ts";
import { anAlert, aSource, aState, at, PARTNER_ID, TENANT } from "../http/builders.ts";
import { aStoredHistory } from "../http/stored-history.ts";

const SOURCE_ID = "source:complianceManagementPartners";
const RANGE = { tenantId: TENANT.tenantId, fromMs: at("2026-11-22T08:00:00Z"), toMs: at("2026-11-22T10:00:00Z") };

async function ask(connectionId: string) {
  const history = aStoredHistory(TENANT.tenantId);
  await history.addStates(
    aState({ alerts: { "heartbeat-age": anAlert() } }),
    aState({ reading: aSource("complianceManagementPartners") }),
  );
  const request = { range: RANGE, connectionKey: digest(connectionId), nowMs: RANGE.toMs };
  return getUptime({ history, store: history.store, digest }, request);
}

describe("getUptime()", () => {
  it("adds up the window of a connection", async () => {
    expect(await ask(PARTNER_ID)).toMatchObject({ kind: "uptime", uptime: { downMs: 2 * HOUR_MS, ratio: 0 } });
  });

  it("has none of a source: no rule says that one is down", async () => {
    expect(await ask(SOURCE_ID)).toEqual({ kind: "never-down" });
  });

  it("hands on that there is no such connection", async () => {
    expect(await ask("connector:x:default")).toEqual({ kind: "unknown-connection" });
  });
});
