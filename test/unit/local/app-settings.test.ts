import { describe, expect, it } from "vitest";
import { realSettings, simulatedSettings } from "../../../local/app-settings.ts";
import { loadScenario } from "../../../local/scenarios/load-scenario.ts";
import { loadSettings } from "../../../src/composition.ts";

const addresses = {
  connectionString: "UseDevelopmentStorage=true",
  graphUrl: "http://127.0.0.1:1",
  inboxUrl: "http://127.0.0.1:2",
  publicUrl: "http://127.0.0.1:3",
};

describe("simulatedSettings()", () => {
  it("makes settings that the app accepts as they are", async () => {
    const config = await loadSettings(simulatedSettings(loadScenario("demo"), addresses));

    expect(config.periodMs).toBe(60_000);
    expect(config.graphRoot).toBe(addresses.graphUrl);
    expect(config.tenants.map(({ policy }) => policy.tenantName)).toEqual(
      loadScenario("demo").tenants.map(({ name }) => name),
    );
    expect(config.channels.map(({ name }) => name)).toEqual(["log", "inbox"]);
  });
});

describe("realSettings()", () => {
  it("hands the shell's settings on, but keeps storage embedded", () => {
    const env = { AZURE_CLIENT_ID: "client", AzureWebJobsStorage: "the account in the cloud", UNSET: undefined };

    expect(realSettings(env, "embedded")).toEqual({
      AZURE_CLIENT_ID: "client",
      AzureWebJobsStorage: "embedded",
      POLL_SCHEDULE: "0 */15 * * * *",
    });
  });
});
