import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { HttpRequest, InvocationContext } from "@azure/functions";
import { beforeAll, describe, expect, it } from "vitest";
import { installStandInCore } from "../fakes/stand-in-core.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../functions");
const files = readdirSync(FOLDER);
const core = installStandInCore();

const http = (route: string, authLevel: "function" | "anonymous", methods: readonly string[] = ["GET"]) => ({
  type: "httpTrigger",
  methods,
  authLevel,
  route,
});
const queue = (queueName: string) => ({ type: "queueTrigger", queueName, connection: "AzureWebJobsStorage" });

const TRIGGERS = {
  schedulePolls: { type: "timerTrigger", schedule: "%POLL_SCHEDULE%" },
  tidyHistory: { type: "timerTrigger", schedule: "0 17 3 * * *" },
  pollTenant: queue("poll-requests"),
  deliverNotifications: queue("delivery-requests"),
  getHistory: http("v1/history", "function"),
  listConnections: http("v1/connections", "function"),
  getConnection: http("v1/connections/{connectionKey}", "function"),
  acceptRemoval: http("v1/connections/{connectionKey}", "function", ["DELETE"]),
  resetConnection: http("v1/connections/{connectionKey}/reset", "function", ["POST"]),
  listTenants: http("v1/tenants", "function"),
  listAlerts: http("v1/alerts", "function"),
  acknowledgeAlert: http("v1/alerts/{alertKey}/acknowledgement", "function", ["PUT", "DELETE"]),
  silences: http("v1/silences", "function", ["GET", "POST"]),
  endSilence: http("v1/silences/{id}", "function", ["DELETE"]),
  listDeliveries: http("v1/deliveries", "function"),
  replayDelivery: http("v1/deliveries/{id}/replay", "function", ["POST"]),
  testChannel: http("v1/channels/{name}/test", "function", ["POST"]),
  requestPoll: http("v1/polls", "function", ["POST"]),
  previewRules: http("v1/rules/preview", "function", ["POST"]),
  getDeadlines: http("v1/deadlines.ics", "function"),
  getMetrics: http("v1/metrics", "function"),
  getHealth: http("v1/health", "anonymous"),
  getOpenapi: http("v1/openapi.json", "anonymous"),
  getDashboard: http("dashboard/{*asset}", "anonymous"),
} as const;

/** What answers only with settings: health says what is wrong with them, and two others need none. */
const NEEDING_SETTINGS = [
  "getHistory",
  "listConnections",
  "getConnection",
  "acceptRemoval",
  "resetConnection",
  "listTenants",
  "listAlerts",
  "acknowledgeAlert",
  "silences",
  "endSilence",
  "listDeliveries",
  "replayDelivery",
  "previewRules",
  "testChannel",
  "requestPoll",
  "getDeadlines",
  "getMetrics",
] as const;

beforeAll(async () => {
  for (const file of files) {
    await import(pathToFileURL(path.join(FOLDER, file)).href);
  }
});

/** Runs a function as the host does, in a process that has no settings at all; returns the result and what was logged. */
async function run(name: keyof typeof TRIGGERS, input: unknown) {
  const lines: string[] = [];
  const context = new InvocationContext({
    functionName: name,
    invocationId: "call-1",
    logHandler: (_level, line) => lines.push(String(line)),
  });
  const handler = core.functions.get(name)?.handler;
  const [result] = await Promise.allSettled([Promise.resolve(handler?.(input, context))]);
  return { result, lines };
}

describe("the trigger files", () => {
  it.each(Object.entries(TRIGGERS))("register %s with its trigger", (name, trigger) => {
    expect(core.functions.get(name)?.trigger).toMatchObject(trigger);
  });

  it("register one function each, named after the file", () => {
    const named = files.flatMap((file) => {
      const [stem = "", kind] = file.split(".");
      return kind === "ts" ? [] : [stem.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase())];
    });

    expect([...core.functions.keys()].toSorted()).toEqual(named.toSorted());
    expect(named.toSorted()).toEqual(Object.keys(TRIGGERS).toSorted());
  });

  it("flush telemetry when the app is terminated", () => {
    expect(core.hooks).toEqual(["appTerminate"]);
  });

  it.each([
    ["schedulePolls", {}],
    ["tidyHistory", {}],
    ["pollTenant", { tenantId: "11111111-1111-4111-8111-111111111111", slotMs: 0 }],
    ["deliverNotifications", { tenantId: "11111111-1111-4111-8111-111111111111" }],
  ] as const)("let %s fail visibly when settings are missing, and record it", async (name, input) => {
    const { result, lines } = await run(name, input);

    expect(result).toMatchObject({ status: "rejected", reason: { name: "ConfigError" } });
    expect(lines).toEqual([expect.stringContaining('"record":"exception","name":"ConfigError"')]);
  });

  it.each(["pollTenant", "deliverNotifications"] as const)(
    "let %s fail on a message that is no request, so that the host poisons it",
    async (name) => {
      const { result, lines } = await run(name, { tenantId: "s3cret" });

      expect(result).toMatchObject({
        status: "rejected",
        reason: { message: expect.stringMatching(/^Cannot read the \w+ request: tenantId must be/) },
      });
      expect(lines.join("\n")).not.toContain("s3cret");
    },
  );

  it.each(NEEDING_SETTINGS)("let %s answer 503 when settings are missing", async (name) => {
    const request = new HttpRequest({ method: "GET", url: "http://localhost/api/v1/x?code=s3cret" });

    const { result } = await run(name, request);

    expect(result).toMatchObject({ status: "fulfilled", value: { status: 503 } });
    expect(JSON.stringify(result)).toContain("POLL_SCHEDULE");
    expect(JSON.stringify(result)).not.toContain("s3cret");
  });

  it("let getHealth name the missing settings", async () => {
    const { result } = await run(
      "getHealth",
      new HttpRequest({ method: "GET", url: "http://localhost/api/v1/health" }),
    );

    expect(result).toMatchObject({ status: "fulfilled", value: { status: 503 } });
    for (const setting of ["POLL_SCHEDULE", "AzureWebJobsStorage"]) {
      expect(JSON.stringify(result)).toContain(setting);
    }
  });
});
