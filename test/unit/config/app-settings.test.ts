import { describe, expect, it } from "vitest";
import { type AppSettings, readAppSettings } from "../../../src/config/app-settings.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { anEnvironment, CLIENT_ID } from "./config-builders.ts";

/** Reads app settings that must be right. */
function read(changes: Record<string, string | undefined>): AppSettings | undefined {
  return readAppSettings(anEnvironment(changes), (setting, expected) => {
    throw new Error(`${setting} must be ${expected}`);
  });
}

/** Returns the names of the app settings that are reported. */
function reported(changes: Record<string, string | undefined>): readonly string[] {
  const settings: string[] = [];
  const found = readAppSettings(anEnvironment(changes), (setting) => settings.push(setting));
  expect(found).toBeUndefined();
  return settings;
}

describe("readAppSettings()", () => {
  it.each([
    ["a simple schedule", { POLL_SCHEDULE: "0 */5 * * * *" }, 5 * MINUTE_MS],
    ["a simple schedule with its period", { POLL_SCHEDULE: "0 0 * * * *", POLL_PERIOD: "PT60M" }, HOUR_MS],
    ["another schedule with its period", { POLL_SCHEDULE: "0 0 6,18 * * *", POLL_PERIOD: "PT12H" }, 12 * HOUR_MS],
    ["the longest period", { POLL_SCHEDULE: "0 30 4 * * *", POLL_PERIOD: "P1D" }, DAY_MS],
  ])("reads the period from %s", (_case, changes, periodMs) => {
    expect(read(changes)?.periodMs).toBe(periodMs);
  });

  it.each([
    ["no schedule", { POLL_SCHEDULE: undefined }, ["POLL_SCHEDULE"]],
    ["a blank schedule", { POLL_SCHEDULE: " " }, ["POLL_SCHEDULE"]],
    ["a period that the schedule contradicts", { POLL_PERIOD: "PT5M" }, ["POLL_PERIOD"]],
    ["another schedule without period", { POLL_SCHEDULE: "0 0 6,18 * * *" }, ["POLL_PERIOD"]],
    ["a period below a minute", { POLL_SCHEDULE: "*/30 * * * * *", POLL_PERIOD: "PT30S" }, ["POLL_PERIOD"]],
    ["a period above a day", { POLL_SCHEDULE: "0 0 0 * * 1", POLL_PERIOD: "P7D" }, ["POLL_PERIOD"]],
    ["no storage", { AzureWebJobsStorage: undefined }, ["AzureWebJobsStorage"]],
    ["storage that is no connection string", { AzureWebJobsStorage: "account" }, ["AzureWebJobsStorage"]],
    [
      "only one of the two services",
      { AzureWebJobsStorage: undefined, AzureWebJobsStorage__tableServiceUri: "https://t.example" },
      ["AzureWebJobsStorage"],
    ],
    [
      "a service without TLS",
      {
        AzureWebJobsStorage: undefined,
        AzureWebJobsStorage__tableServiceUri: "http://t.example",
        AzureWebJobsStorage__queueServiceUri: "https://q.example",
      },
      ["AzureWebJobsStorage__tableServiceUri"],
    ],
    [
      "a bad account name",
      { AzureWebJobsStorage: undefined, AzureWebJobsStorage__accountName: "My-Account" },
      ["AzureWebJobsStorage__accountName"],
    ],
    ["a bad table prefix", { MONITOR_TABLE_PREFIX: "9lives" }, ["MONITOR_TABLE_PREFIX"]],
    ["a table prefix that is too long", { MONITOR_TABLE_PREFIX: "a".repeat(21) }, ["MONITOR_TABLE_PREFIX"]],
    ["a public address of another kind", { PUBLIC_URL: "ftp://monitor.example" }, ["PUBLIC_URL"]],
    ["a public address with a path", { PUBLIC_URL: "https://monitor.example/api" }, ["PUBLIC_URL"]],
    [
      "several at once",
      { POLL_SCHEDULE: undefined, AzureWebJobsStorage: undefined, PUBLIC_URL: "monitor" },
      ["POLL_SCHEDULE", "PUBLIC_URL", "AzureWebJobsStorage"],
    ],
  ])("reports %s", (_case, changes, settings) => {
    expect(reported(changes).toSorted()).toEqual(settings.toSorted());
  });

  it("reads storage by connection string", () => {
    expect(read({})?.storage).toEqual({ kind: "connection-string", connectionString: "UseDevelopmentStorage=true" });
  });

  it("reads storage by account name", () => {
    const storage = read({ AzureWebJobsStorage: undefined, AzureWebJobsStorage__accountName: "monitor1" })?.storage;

    expect(storage).toEqual({
      kind: "identity",
      tableServiceUrl: "https://monitor1.table.core.windows.net",
      queueServiceUrl: "https://monitor1.queue.core.windows.net",
    });
  });

  it("reads storage by the addresses of its services and an identity", () => {
    const settings = read({
      AzureWebJobsStorage: undefined,
      AzureWebJobsStorage__tableServiceUri: "https://m.table.core.usgovcloudapi.net/",
      AzureWebJobsStorage__queueServiceUri: "https://m.queue.core.usgovcloudapi.net",
      AzureWebJobsStorage__clientId: CLIENT_ID,
    });

    expect(settings?.storage).toEqual({
      kind: "identity",
      tableServiceUrl: "https://m.table.core.usgovcloudapi.net",
      queueServiceUrl: "https://m.queue.core.usgovcloudapi.net",
      clientId: CLIENT_ID,
    });
  });

  it.each([
    [
      "its setting",
      { PUBLIC_URL: "https://monitor.example/", WEBSITE_HOSTNAME: "app.azurewebsites.net" },
      "https://monitor.example",
    ],
    ["the platform", { WEBSITE_HOSTNAME: "app.azurewebsites.net" }, "https://app.azurewebsites.net"],
    ["the request, on a local host", { WEBSITE_HOSTNAME: "localhost:7071" }, undefined],
    ["the request, on a loopback address", { WEBSITE_HOSTNAME: "127.0.0.1:7071" }, undefined],
    ["the request, where nothing is known", {}, undefined],
  ])("takes the public address from %s", (_case, changes, publicUrl) => {
    expect(read(changes)?.publicUrl).toBe(publicUrl);
  });

  it("reads what opens the writes, and whether the platform authenticates", () => {
    const key = "k".repeat(24);

    expect(read({})).toMatchObject({ hasPlatformAuthentication: false });
    expect(read({})).not.toHaveProperty("writeKey");
    expect(read({ MONITOR_WRITE_KEY: key, WEBSITE_AUTH_ENABLED: "True" })).toMatchObject({
      writeKey: key,
      hasPlatformAuthentication: true,
    });
  });

  it("refuses a short key for writes, and does not repeat it", () => {
    const problems: string[] = [];

    readAppSettings(anEnvironment({ MONITOR_WRITE_KEY: "hunter2" }), (setting, expected) => {
      problems.push(`${setting}: ${expected}`);
    });

    expect(problems).toEqual([expect.stringMatching(/^MONITOR_WRITE_KEY: at least 24 characters(?!.*hunter2)/)]);
  });

  it("reads the table prefix", () => {
    expect([read({})?.tablePrefix, read({ MONITOR_TABLE_PREFIX: "test1" })?.tablePrefix]).toEqual(["", "test1"]);
  });
});
