import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config/load-config.ts";
import { DEFAULT_REPEAT_MS } from "../../../src/domain/alerts/decide-notification.ts";
import { ConfigError } from "../../../src/domain/errors.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import {
  aDocument,
  aMaintenance,
  anEnvironment,
  aTenant,
  badSettingsOf,
  CLIENT_ID,
  load,
  OTHER_TENANT_ID,
  problemsOf,
  SIGNING_SECRET,
  TENANT_ID,
} from "./config-builders.ts";

const toGraphRoot = (): string => "https://graph.microsoft.com";

function refuseEndpoint(): string {
  throw new ConfigError([{ setting: "GRAPH_ENDPOINT", expected: "a root" }]);
}

function readAppFile(file: string): Promise<string> {
  return readFile(path.resolve(import.meta.dirname, "../../..", file), "utf8");
}

function failByBug(): string {
  throw new TypeError("a bug");
}

describe("loadConfig()", () => {
  it("makes a policy for each tenant of what the document and the tenant say", async () => {
    const document = aDocument({
      tenants: [
        aTenant({ ignore: [{ connection: "old*", reason: "replaced" }], sources: ["connectorStatus"] }),
        aTenant({
          id: OTHER_TENANT_ID.toUpperCase(),
          name: "Fabrikam",
          channels: ["ops"],
          credential: { kind: "workload-identity", clientId: CLIENT_ID },
          rules: { "sync-age": { confirmPolls: 4 } },
        }),
      ],
      preset: "relaxed",
      ignore: [{ connection: "connector:test*", reason: "test tenant" }],
      watchedConnectors: ["jamfLastSync"],
      channels: [
        { type: "log", name: "log" },
        { type: "webhook", name: "ops", urlFrom: "OPS_URL", secretFrom: "OPS_SECRET", minSeverity: "error" },
      ],
      maintenance: [
        aMaintenance({ match: { tenant: "Fabrikam", kind: "connector" } }),
        aMaintenance({ name: "own", match: { tenant: "fleet" } }),
      ],
      retention: { snapshots: "P30D" },
    });
    const env = anEnvironment({ OPS_URL: "https://ops.example/hook", OPS_SECRET: SIGNING_SECRET });

    const config = await load(document, env);

    const log = { name: "log", minSeverity: "info" };
    const ops = { name: "ops", minSeverity: "error" };
    const logRoute = { ...log, keepsIncidents: false };
    const opsRoute = { ...ops, keepsIncidents: true };
    expect(config.tenants).toEqual([
      {
        credential: { kind: "managed-identity" },
        policy: {
          tenantId: TENANT_ID,
          tenantName: "Contoso",
          periodMs: 15 * MINUTE_MS,
          sources: ["connectorStatus"],
          rules: { preset: "relaxed", rules: {}, overrides: [] },
          ignore: [
            { connection: "old*", reason: "replaced" },
            { connection: "connector:test*", reason: "test tenant" },
          ],
          watchedConnectors: ["jamfLastSync"],
          maintenance: [],
          repeatMs: DEFAULT_REPEAT_MS,
          channels: [logRoute, opsRoute],
        },
      },
      {
        credential: { kind: "workload-identity", clientId: CLIENT_ID },
        policy: {
          tenantId: OTHER_TENANT_ID,
          tenantName: "Fabrikam",
          periodMs: 15 * MINUTE_MS,
          sources: ["deviceManagementPartners", "complianceManagementPartners", "connectorStatus"],
          rules: { preset: "relaxed", rules: { "sync-age": { confirmPolls: 4 } }, overrides: [] },
          ignore: [{ connection: "connector:test*", reason: "test tenant" }],
          watchedConnectors: ["jamfLastSync"],
          maintenance: [
            {
              name: "patch night",
              weekdays: ["sat"],
              startMinute: 1_320,
              durationMs: 4 * HOUR_MS,
              timeZone: "Europe/Berlin",
              match: { kind: "connector" },
            },
          ],
          repeatMs: DEFAULT_REPEAT_MS,
          channels: [opsRoute],
        },
      },
    ]);
    expect(config).toMatchObject({
      graphRoot: "https://graph.microsoft.com",
      periodMs: 15 * MINUTE_MS,
      retention: {
        snapshotsMs: 30 * DAY_MS,
        eventsMs: 400 * DAY_MS,
        dailyMs: 1_825 * DAY_MS,
        deliveriesMs: 90 * DAY_MS,
      },
      channels: [
        { ...log, settings: { type: "log" } },
        {
          ...ops,
          settings: {
            type: "webhook",
            url: "https://ops.example/hook",
            secrets: [SIGNING_SECRET],
            allowPrivate: false,
          },
        },
      ],
    });
  });

  it("knows which channels keep incidents: webhooks and PagerDuty", async () => {
    const channels = [
      { type: "log", name: "log" },
      { type: "teams", name: "teams", urlFrom: "OPS_URL" },
      { type: "slack", name: "slack", urlFrom: "OPS_URL" },
      { type: "webhook", name: "webhook", urlFrom: "OPS_URL" },
      { type: "pagerduty", name: "pagerduty", routingKeyFrom: "PAGER_KEY" },
    ];
    const env = anEnvironment({ OPS_URL: "https://ops.example/hook", PAGER_KEY: "a".repeat(32) });

    const { tenants } = await load(aDocument({ channels }), env);

    const keeping = tenants[0]?.policy.channels.filter(({ keepsIncidents }) => keepsIncidents);
    expect(keeping?.map(({ name }) => name)).toEqual(["webhook", "pagerduty"]);
  });

  it("gives both an override of the document and one of a tenant to that tenant", async () => {
    const common = { match: { name: "all" }, rules: { "sync-age": { warnAfter: "PT40H" } } };
    const own = { match: { name: "own" }, rules: { "sync-age": { warnAfter: "PT41H" } } };
    const document = aDocument({ tenants: [aTenant({ overrides: [own] })], overrides: [common] });

    const { tenants } = await load(document);

    expect(tenants[0]?.policy.rules.overrides).toEqual([
      { match: { name: "all" }, rules: { "sync-age": { limits: { warnAfterMs: 40 * HOUR_MS } } } },
      { match: { name: "own" }, rules: { "sync-age": { limits: { warnAfterMs: 41 * HOUR_MS } } } },
    ]);
  });

  it.each([
    ["monitor.config.json", undefined],
    ["settings/other.json", "settings/other.json"],
  ])("reads the document from %s when MONITOR_CONFIG is %s", async (expectedPath, stated) => {
    const asked: string[] = [];
    const readTextFile = async (file: string): Promise<string> => {
      asked.push(file);
      return `\uFEFF${JSON.stringify(aDocument())}`;
    };

    const { tenants } = await loadConfig({ env: anEnvironment({ MONITOR_CONFIG: stated }), readTextFile, toGraphRoot });

    expect(asked).toEqual([expectedPath]);
    expect(tenants).toHaveLength(1);
  });

  it.each([
    ["a file that cannot be read", () => Promise.reject(new Error("ENOENT: /secret/path")), undefined],
    ["a file that holds no JSON", async () => "tenants: s3cret", undefined],
    ["a file that holds no object", async () => '["s3cret"]', undefined],
    ["a setting that is cut off", async () => "", '{ "tenants": "s3cret"'],
  ])("refuses %s by the name of the setting", async (_case, readTextFile, MONITOR_CONFIG) => {
    const loading = loadConfig({ env: anEnvironment({ MONITOR_CONFIG }), readTextFile, toGraphRoot });

    expect(await problemsOf(loading)).toEqual([
      { setting: "MONITOR_CONFIG", expected: expect.stringContaining("or a JSON object") },
    ]);
  });

  it("names every problem of app settings and document in one error", async () => {
    const document = aDocument({
      tenants: [aTenant({ id: "contoso", nmae: "x" })],
      credential: { kind: "client-secret", clientId: CLIENT_ID, secretFrom: "CLIENT_SECRET" },
      rules: { "heartbeat-age": { warnAfter: "P9D" } },
      channels: [
        { type: "teams", name: "ops", urlFrom: "OPS_URL" },
        { type: "log", name: "a" },
      ],
      retention: { events: "P1Y" },
      colour: "blue",
    });
    const env = anEnvironment({ POLL_SCHEDULE: "0 0 3 * * *", AzureWebJobsStorage: undefined });

    const settings = await badSettingsOf(load(document, env, { toGraphRoot: refuseEndpoint }));

    expect(settings.toSorted()).toEqual([
      "AzureWebJobsStorage",
      "GRAPH_ENDPOINT",
      "POLL_PERIOD",
      "channels[0].urlFrom",
      "colour",
      "credential.secretFrom",
      "retention.events",
      "rules.heartbeat-age",
      "tenants[0].id",
      "tenants[0].nmae",
    ]);
  });

  it("never repeats a value, be it a secret or not", async () => {
    const planted = "pl4nted-s3cret";
    const document = aDocument({
      tenants: [{ id: planted, name: 7, sources: [planted], channels: [planted] }],
      preset: planted,
      credential: { kind: "client-secret", clientId: planted, secretFrom: planted },
      rules: { "sync-age": { warnAfter: planted } },
      maintenance: [aMaintenance({ weekdays: [planted], start: planted, timeZone: planted })],
      channels: [
        { type: "webhook", name: `-${planted}`, urlFrom: `https://${planted}.example`, secretFrom: planted },
        { type: "teams", name: "ops", urlFrom: "BAD_URL" },
        { type: planted },
      ],
      retention: { events: planted },
    });
    const env = anEnvironment({
      POLL_SCHEDULE: planted,
      POLL_PERIOD: planted,
      AzureWebJobsStorage: planted,
      MONITOR_TABLE_PREFIX: planted,
      PUBLIC_URL: planted,
      BAD_URL: planted,
    });

    const problems = await problemsOf(load(document, env));

    expect(problems.length).toBeGreaterThan(10);
    expect(JSON.stringify(problems)).not.toContain(planted);
    expect(new ConfigError(problems).message).not.toContain(planted);
  });

  it("says the same of one setting once", async () => {
    const document = aDocument({
      tenants: [aTenant(), aTenant({ id: OTHER_TENANT_ID })],
      credential: { kind: "development-token" },
    });

    expect(await badSettingsOf(load(document))).toEqual(["credential"]);
  });

  it("does not take a fault of its own sources for a wrong setting", async () => {
    await expect(load(aDocument(), anEnvironment(), { toGraphRoot: failByBug })).rejects.toThrow(TypeError);
  });

  it("takes the two sample files as they are", async () => {
    const { Values }: { Values: Record<string, string> } = JSON.parse(await readAppFile("local.settings.sample.json"));
    const readTextFile = (file: string) => readAppFile(file.replace(/\.json$/, ".sample.json"));

    const { channels } = await loadConfig({ env: Values, readTextFile, toGraphRoot });

    const types = ["log", "teams", "webhook", "webhook", "slack", "pagerduty", "email"];
    expect(channels.map(({ settings }) => settings.type)).toEqual(types);
  });
});
