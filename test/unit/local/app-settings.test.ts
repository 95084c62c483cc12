import { describe, expect, it } from "vitest";
import { realSettings, simulatedSettings } from "../../../local/app-settings.ts";
import { loadScenario } from "../../../local/scenarios/load-scenario.ts";
import { loadSettings } from "../../../src/composition.ts";

const addresses = {
  connectionString: "UseDevelopmentStorage=true",
  graphUrl: "http://127.0.0.1:1",
  inboxUrl: "http://127.0.0.1:2",
  publicUrl: "http://127.0.0.1:3",
  writeKey: "a-key-that-opens-the-writes-of-the-app",
};

describe("simulatedSettings()", () => {
  it("makes settings that the app accepts as they are", async () => {
    const config = await loadSettings(simulatedSettings(loadScenario("demo"), addresses));

    expect(config.periodMs).toBe(60_000);
    expect(config.graphRoot).toBe(addresses.graphUrl);
    expect(config.tenants.map(({ policy }) => policy.tenantName)).toEqual(
      loadScenario("demo").tenants.map(({ name }) => name),
    );
    expect(config.writes.key).toBe(addresses.writeKey);
    expect(config.channels.map(({ name }) => name)).toEqual(["log", "inbox"]);
  });

  it("adds a channel that sends mail when it is wanted", async () => {
    const { channels } = await loadSettings(simulatedSettings(loadScenario("demo"), addresses, { mail: true }));

    expect(channels.map(({ name, settings }) => [name, settings.type])).toEqual([
      ["log", "log"],
      ["inbox", "webhook"],
      ["mail", "email"],
    ]);
  });
});

describe("realSettings()", () => {
  const document = { tenants: [{ id: "11111111-1111-4111-8111-111111111111", name: "Contoso" }] };

  it("hands the shell's settings on, but keeps storage embedded", () => {
    const env = { AZURE_CLIENT_ID: "client", AzureWebJobsStorage: "the account in the cloud", UNSET: undefined };

    expect(realSettings(env, { connectionString: "embedded", document })).toEqual({
      AZURE_CLIENT_ID: "client",
      AzureWebJobsStorage: "embedded",
      POLL_SCHEDULE: "0 */15 * * * *",
      MONITOR_CONFIG: JSON.stringify({ ...document, credential: { kind: "default" } }),
    });
  });

  it("signs in as the person where the app would use its managed identity, which this machine has not", () => {
    const secret = { kind: "client-secret", clientId: "c", secretFrom: "SECRET" };
    const [tenant] = document.tenants;
    const given = {
      credential: { kind: "managed-identity", clientId: "c" },
      tenants: [tenant, { ...tenant, credential: secret }, { ...tenant, credential: { kind: "managed-identity" } }],
    };

    const { MONITOR_CONFIG = "" } = realSettings({}, { connectionString: "embedded", document: given });

    expect(JSON.parse(MONITOR_CONFIG)).toEqual({
      credential: { kind: "default" },
      tenants: [tenant, { ...tenant, credential: secret }, { ...tenant, credential: { kind: "default" } }],
    });
  });

  it.each([
    {},
    { tenants: "none" },
    { tenants: [null, 1] },
    { credential: null },
    { credential: { kind: "nonsense" } },
  ])("leaves it to the app to say what is wrong with %j", (given) => {
    const { MONITOR_CONFIG = "" } = realSettings({}, { connectionString: "embedded", document: given });

    expect(JSON.parse(MONITOR_CONFIG)).toEqual({ credential: { kind: "default" }, ...given });
  });
});
