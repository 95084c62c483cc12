import { TableClient } from "@azure/data-tables";
import { QueueClient } from "@azure/storage-queue";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedGraph, startSimulatedGraph } from "../../local/graph/start-simulated-graph.ts";
import { type Inbox, startInbox } from "../../local/inbox/start-inbox.ts";
import { defineScenario } from "../../local/scenarios/load-scenario.ts";
import { type Azurite, startAzurite } from "../../local/storage/start-azurite.ts";
import type { AlertsBody } from "../../src/http/contract/alerts.ts";
import type { ConnectionDetailBody, ConnectionsBody } from "../../src/http/contract/connections.ts";
import type { DeliveriesBody } from "../../src/http/contract/deliveries.ts";
import type { HistoryBody } from "../../src/http/contract/history.ts";
import type { TenantsBody } from "../../src/http/contract/tenants.ts";
import { type BuiltApp, FUNCTION_KEY, startBuiltApp } from "./built-app-host.ts";

const TENANT_ID = "00000000-0000-4000-8000-0000000000a1";
const OTHER_TENANT_ID = "00000000-0000-4000-8000-0000000000b2";
const SIGNING_SECRET = `whsec_${Buffer.from("pl4nted-signing-secret-of-a-test").toString("base64")}`;
const WRITE_KEY = "pl4nted-write-key-of-32-characters";

/** An hour ago: history ends with the last full minute, which may not hold the slot that a timer opens now. */
const FIRST_SLOT_MS = Math.floor(Date.now() / 900_000) * 900_000 - 3_600_000;

/** One partner was terminated yesterday, so that two alerts fire at the first poll; the other beats. */
const scenario = defineScenario({
  name: "built-app",
  title: "A partner is terminated",
  tenants: [
    {
      id: TENANT_ID,
      name: "Contoso (simulated)",
      connections: [
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-000000001001",
          name: "Contoso Mac Management",
          timeline: [
            { at: "-PT1H", do: "beat", every: "PT4H" },
            { at: "P1D", do: "terminate", noncompliance: "+P30D", removal: "+P90D" },
          ],
        },
        {
          kind: "compliance-management-partner",
          id: "00000000-0000-4000-8000-000000001002",
          name: "Jamf Device Compliance",
          platforms: ["macOs"],
          timeline: [{ at: "-PT2H", do: "beat", every: "PT4H" }],
        },
      ],
    },
  ],
});

let azurite: Azurite;
let graph: SimulatedGraph;
let inbox: Inbox;
let app: BuiltApp;

function settings(config: object): Record<string, string> {
  return {
    POLL_SCHEDULE: "0 */15 * * * *",
    GRAPH_ENDPOINT: graph.url,
    MONITOR_CONFIG: JSON.stringify(config),
    INBOX_URL: `${inbox.url}/alerts?sig=pl4nted-signature`,
    INBOX_SECRET: SIGNING_SECRET,
    MONITOR_WRITE_KEY: WRITE_KEY,
  };
}

beforeAll(async () => {
  [azurite, inbox] = await Promise.all([startAzurite(), startInbox()]);
  graph = await startSimulatedGraph({ scenario, zeroMs: Date.now() - 2 * 86_400_000, nowMs: Date.now });
  app = await startBuiltApp({
    storageConnectionString: azurite.connectionString,
    settings: settings({
      tenants: [{ id: TENANT_ID, name: "Contoso" }],
      credential: { kind: "development-token" },
      channels: [
        { name: "log", type: "log" },
        { name: "inbox", type: "webhook", urlFrom: "INBOX_URL", secretFrom: "INBOX_SECRET", allowPrivate: true },
      ],
    }),
  });
  await send("poll-requests", { tenantId: TENANT_ID, slotMs: FIRST_SLOT_MS });
  await app.recorded("NotificationsDelivered");
});

afterAll(async () => {
  await app.stop();
  await Promise.all([graph.stop(), inbox.stop(), azurite.stop()]);
});

function clientOf(queue: string): QueueClient {
  return new QueueClient(azurite.connectionString, queue);
}

async function send(queue: string, message: unknown): Promise<void> {
  const client = clientOf(queue);
  await client.createIfNotExists();
  await client.sendMessage(Buffer.from(JSON.stringify(message)).toString("base64"));
}

/** Gives an order as a person with the write key would, unless told otherwise. */
async function post(route: string, order: object, { method = "POST", ...headers }: Record<string, string> = {}) {
  return fetch(`${app.url}/api/${route}`, {
    method,
    headers: { "x-functions-key": FUNCTION_KEY, "x-monitor-write-key": WRITE_KEY, ...headers },
    body: JSON.stringify(order),
  });
}

async function bodyOf<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

async function rowsOf(table: string): Promise<readonly string[]> {
  const client = TableClient.fromConnectionString(azurite.connectionString, table, { allowInsecureConnection: true });
  const rows: string[] = [];
  for await (const row of client.listEntities())
    rows.push(JSON.stringify(row, (_key, value) => (typeof value === "bigint" ? Number(value) : value)));
  return rows;
}

describe("the built app in the local host", () => {
  it("polls the tenant that a message names, by one GET a source and one transaction", async () => {
    const polled = await app.recorded("TenantPolled");

    expect(polled).toMatchObject({ tenantId: TENANT_ID, slotMs: FIRST_SLOT_MS, kind: "polled", transactions: 1 });
    expect(graph.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
      "GET 200",
      "GET 200",
      "GET 200",
    ]);
  });

  it("sends each notification once, signed", async () => {
    const delivered = await app.recorded("NotificationsDelivered");
    const messages = inbox.messages();

    expect(delivered).toMatchObject({ tenantId: TENANT_ID, sent: 4, failed: 0, dead: 0 });
    expect(messages).toHaveLength(2);
    for (const { headers, body } of messages) {
      expect(() => new Webhook(SIGNING_SECRET).verify(body, headers)).not.toThrow();
    }
    const rules = messages.map(({ body }) => /"ruleId":"([\w-]+)"/.exec(body)?.[1]);
    expect(new Set(rules)).toEqual(new Set(["noncompliance-deadline", "removal-deadline"]));
  });

  it("shows the connections, worst first", async () => {
    const connections = await bodyOf<ConnectionsBody>(app.get("v1/connections"));

    expect(connections).toMatchObject({ tenantName: "Contoso", lastPoll: { period: "PT15M" } });
    expect(connections.value[0]).toMatchObject({
      microsoftVerdict: "terminated",
      reading: { displayName: "Contoso Mac Management" },
    });
  });

  it("looks back page by page, each event once", async () => {
    const whole = await bodyOf<HistoryBody>(app.get("v1/history"));
    const paged: unknown[] = [];

    let next: string | undefined = `${app.url}/api/v1/history?maxpagesize=1`;
    while (next !== undefined) {
      const page: HistoryBody = await bodyOf(fetch(next, { headers: { "x-functions-key": FUNCTION_KEY } }));
      paged.push(...page.value);
      next = page.nextLink;
    }

    expect(whole.value.length).toBeGreaterThan(1);
    expect(paged).toEqual(whole.value);
  });

  it("does not poll a slot twice", async () => {
    const before = graph.requests.length;

    await send("poll-requests", { tenantId: TENANT_ID, slotMs: FIRST_SLOT_MS });
    await app.recorded("TenantPolled", ({ kind }) => kind === "already-polled");

    expect(graph.requests).toHaveLength(before);
  });

  it("polls every tenant for the present slot when the timer fires", async () => {
    const fired = await app.fire("schedulePolls");
    const scheduled = await app.recorded("PollsScheduled");
    const polled = await app.recorded("TenantPolled", ({ slotMs }) => Number(slotMs) > FIRST_SLOT_MS);

    expect(fired.status).toBe(202);
    expect(scheduled).toMatchObject({ requested: 1, registered: 0, closing: 0, late: 0, graphUnavailable: false });
    expect(polled).toMatchObject({ tenantId: TENANT_ID, slotMs: scheduled["slotMs"], kind: "polled" });
  });

  it("lists tenants, alerts and deliveries, and shows one connection with its events", async () => {
    const [tenants, alerts, deliveries] = await Promise.all([
      bodyOf<TenantsBody>(app.get("v1/tenants")),
      bodyOf<AlertsBody>(app.get(`v1/alerts?tenant=${TENANT_ID}&phase=firing`)),
      bodyOf<DeliveriesBody>(app.get("v1/deliveries")),
    ]);
    const [alert] = alerts.value;
    const connection = await bodyOf<ConnectionDetailBody>(app.get(`v1/connections/${alert?.connectionKey}`));

    expect(tenants.value).toMatchObject([
      { tenantId: TENANT_ID, lastPoll: { period: "PT15M", blindSources: [] } },
      { tenantId: "fleet" },
    ]);
    expect(alert).toMatchObject({ connectionName: "Contoso Mac Management", phase: "firing" });
    // What the present slot told may still be on its way; all of the first one was settled before these tests began.
    const ofFirst = deliveries.value.filter(({ slotDateTime }) => Date.parse(slotDateTime) === FIRST_SLOT_MS);
    expect(ofFirst.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => "delivered"));
    expect(new Set(deliveries.value.map(({ status }) => status))).toEqual(new Set(["delivered"]));
    expect(connection.events.length).toBeGreaterThan(0);
  });

  it("tests a channel for who has the write key, and nobody else", async () => {
    const order = { reason: "new address", by: "Ann" };

    const refused = await post("v1/channels/inbox/test", order, { "x-monitor-write-key": "wrong" });
    const tested = await post("v1/channels/inbox/test", order);

    expect(refused.status).toBe(403);
    expect([tested.status, await tested.json()]).toEqual([200, { channel: "inbox", outcome: "delivered" }]);
    // Polls go on meanwhile, and what they tell arrives beside it.
    expect(inbox.messages().filter(({ body }) => body.includes('.test.v1"'))).toHaveLength(1);
  });

  it.each([
    { route: "v1/polls", status: 429 },
    { route: "v1/deliveries/8204665599999.x/replay", status: 404 },
    { route: `v1/connections/${"0".repeat(32)}/reset`, status: 404 },
  ])("answers $status where an order to $route cannot be followed", async ({ route, status }) => {
    expect((await post(route, { reason: "a try", by: "Ann" })).status).toBe(status);
  });

  it("accepts no removal of a connection that is there", async () => {
    const { value } = await bodyOf<ConnectionsBody>(app.get("v1/connections"));

    const reply = await post(
      `v1/connections/${value[0]?.connectionKey}`,
      { reason: "gone", by: "Ann" },
      { method: "DELETE" },
    );

    expect(reply.status).toBe(409);
  });

  it("finishes a message for a tenant that is not configured", async () => {
    await send("poll-requests", { tenantId: OTHER_TENANT_ID, slotMs: 0 });

    expect(await app.recorded("TenantPolled", ({ kind }) => kind === "not-configured")).toEqual({
      tenantId: OTHER_TENANT_ID,
      kind: "not-configured",
    });
  });

  it.each(["poll-requests", "delivery-requests"])(
    "puts a message of %s that it cannot read into the poison queue",
    async (queue) => {
      await send(queue, { tenantId: "pl4nted-text" });
      await app.line(new RegExp(`${queue}-poison`));

      const { peekedMessageItems } = await clientOf(`${queue}-poison`).peekMessages();
      expect(peekedMessageItems).toHaveLength(1);
    },
  );

  it("tidies without complaint", async () => {
    await app.fire("tidyHistory");

    expect(await app.recorded("HistoryTidied")).toEqual({ deleted: 0, retired: 0, unfinished: 0 });
  });

  it.each(["v1/history", "v1/connections", "v1/tenants", "v1/alerts", "v1/deliveries"])(
    "asks for a key at %s",
    async (route) => {
      const statuses = [await app.get(route, ""), await app.get(route, "wrong")].map(({ status }) => status);

      expect(statuses).toEqual([401, 401]);
    },
  );

  it("names a parameter that cannot be used", async () => {
    const response = await app.get("v1/history?view=everything");

    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ errors: [{ parameter: "view" }] });
  });

  it("is healthy for anybody who asks", async () => {
    const response = await app.get("v1/health", "");

    expect([response.status, await response.json()]).toMatchObject([200, { status: "healthy" }]);
  });

  it("lets no secret into log, rows or answers", async () => {
    const answers = await Promise.all(
      ["v1/history", "v1/connections", "v1/health", `v1/history?x=1&code=pl4nted-function-key`].map(async (route) =>
        (await app.get(route)).text(),
      ),
    );
    const said = [
      ...app.logs.map((entry) => JSON.stringify(entry)),
      ...answers,
      ...(await rowsOf("monitor")),
      ...(await rowsOf("overview")),
    ];

    const secrets = /pl4nted|whsec_|eyJ[\w-]+\.|AccountKey/;
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((text) => secrets.test(text))).toEqual([]);
  });
});

describe("the built app with settings that cannot be used", () => {
  it("starts, fails each run visibly and says in its health what is wrong", async () => {
    const broken = await startBuiltApp({
      storageConnectionString: azurite.connectionString,
      settings: settings({ tenants: [{ id: "pl4nted", name: "Contoso" }] }),
    });
    try {
      const health = await broken.get("v1/health", "");
      const history = await broken.get("v1/history");
      await broken.fire("schedulePolls");
      const failure = await broken.line(/"name":"ConfigError"/);

      expect([health.status, history.status]).toEqual([503, 503]);
      expect(JSON.stringify(await health.json())).toContain("tenants[0].id");
      expect(failure.message).toContain("tenants[0].id must be a GUID");
      expect(broken.logs.filter(({ message }) => message.includes("pl4nted"))).toEqual([]);
    } finally {
      await broken.stop();
    }
  });
});
