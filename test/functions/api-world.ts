import { TableClient } from "@azure/data-tables";
import { QueueClient } from "@azure/storage-queue";
import { startSimulatedGraph } from "../../local/graph/start-simulated-graph.ts";
import { startInbox } from "../../local/inbox/start-inbox.ts";
import { defineScenario } from "../../local/scenarios/load-scenario.ts";
import { startAzurite } from "../../local/storage/start-azurite.ts";
import { dailyRow } from "../../src/adapters/tables/history-rows.ts";
import { dayKey } from "../../src/adapters/tables/row-keys.ts";
import { startProxiedAzurite } from "../fakes/proxied-azurite.ts";
import { type BuiltApp, startBuiltApp } from "./built-app-host.ts";

const TENANT_ID = "00000000-0000-4000-8000-0000000000a1";
const PERIOD_MS = 900_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What `MONITOR_WRITE_KEY` is. */
export const WRITE_KEY = "pl4nted-write-key-of-24-characters";

/** Two partners were terminated a day ago, so that alerts of them fire, and one of them vanishes; the third one beats. */
const scenario = defineScenario({
  name: "api",
  title: "Two partners are terminated, and one of them vanishes",
  tenants: [
    {
      id: TENANT_ID,
      name: "Contoso (simulated)",
      connections: [
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-000000001001",
          name: "Contoso Mac Management",
          timeline: [{ at: "P1D", do: "terminate", noncompliance: "+P30D", removal: "+P90D" }],
        },
        {
          kind: "device-management-partner",
          id: "00000000-0000-4000-8000-000000001002",
          name: "Vanishing Mac Management",
          timeline: [
            { at: "P1D", do: "terminate", noncompliance: "+P30D", removal: "+P90D" },
            { at: "P1DT23H30M", do: "disappear" },
          ],
        },
        {
          kind: "compliance-management-partner",
          id: "00000000-0000-4000-8000-000000001003",
          name: "Jamf Device Compliance",
          platforms: ["macOs"],
          timeline: [{ at: "-PT2H", do: "beat", every: "PT4H" }],
        },
      ],
    },
  ],
});

/** The built app after its first poll, with a channel that gives up at once, and one beside it whose settings are wrong. */
export interface ApiWorld {
  readonly app: BuiltApp;
  readonly broken: BuiltApp;
  /** Lets the partner vanish, and polls until it counts as missing. */
  readonly vanish: () => Promise<void>;
  /** Makes the state row of a connection unreadable. */
  readonly corrupt: (connectionKey: string) => Promise<void>;
  /** Rolls up the two days before today of a connection: well on the first, critical for a quarter of the second. */
  readonly rollUp: (connectionKey: string) => Promise<void>;
  /** Dates the last poll back by an hour. */
  readonly age: () => Promise<void>;
  /** Lets all calls to tables fail meanwhile. */
  readonly failing: <T>(kind: "throttle" | "forbid", work: () => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/** Starts both apps, and polls the one tenant of the first for a slot an hour ago. */
export async function startApiWorld(): Promise<ApiWorld> {
  const firstSlotMs = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS - HOUR_MS;
  let behindMs = HOUR_MS;
  // Each app has a storage of its own: one would take the messages of the other.
  const [azurite, other, inbox] = await Promise.all([startProxiedAzurite(), startAzurite(), startInbox()]);
  inbox.respondWith(() => ({ status: 400 }));
  const graph = await startSimulatedGraph({
    scenario,
    zeroMs: Date.now() - 2 * DAY_MS,
    nowMs: () => Date.now() - behindMs,
  });
  const { connectionString } = azurite;
  const start = (tenantId: string, storageConnectionString: string) =>
    startBuiltApp({
      storageConnectionString,
      settings: {
        POLL_SCHEDULE: "0 */15 * * * *",
        GRAPH_ENDPOINT: graph.url,
        HOOK_URL: inbox.url,
        HOOK_SECRET: `whsec_${Buffer.from("pl4nted-signing-secret-of-a-test").toString("base64")}`,
        MONITOR_WRITE_KEY: WRITE_KEY,
        MONITOR_CONFIG: configOf(tenantId),
      },
    });
  const [app, broken] = await Promise.all([
    start(TENANT_ID, connectionString),
    start("pl4nted", other.connectionString),
  ]);
  const poll = async (slotMs: number) => {
    await send(connectionString, { tenantId: TENANT_ID, slotMs });
    await app.recorded("TenantPolled", (fields) => fields["slotMs"] === slotMs);
  };
  await poll(firstSlotMs);
  await app.recorded("NotificationsDelivered");
  return {
    app,
    broken,
    vanish: async () => {
      behindMs = 0;
      for (const count of [1, 2, 3, 4]) await poll(firstSlotMs + count * PERIOD_MS);
    },
    corrupt: (connectionKey) =>
      merge(connectionString, "monitor", {
        partitionKey: TENANT_ID,
        rowKey: `live|state|${connectionKey}`,
        v: 1,
        rest: "{",
      }),
    rollUp: async (connectionKey) => {
      const todayMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
      const well = { verdictsMs: { ok: DAY_MS }, partsMs: { up: DAY_MS }, fired: 0 };
      const parts = { up: 18 * HOUR_MS, down: 6 * HOUR_MS };
      const bad = { verdictsMs: { ok: parts.up, critical: parts.down }, partsMs: parts, fired: 1 };
      for (const [index, totals] of [bad, well].entries()) {
        const day = { ...totals, connectionKey, dayMs: todayMs - (index + 1) * DAY_MS };
        const row = { partitionKey: TENANT_ID, rowKey: dayKey(day), ...dailyRow.toColumns(day) };
        await merge(connectionString, "monitor", row);
      }
    },
    age: () =>
      merge(connectionString, "overview", {
        partitionKey: "tenants",
        rowKey: TENANT_ID,
        observedAtMs: { type: "Int64", value: String(Date.now() - HOUR_MS) },
      }),
    failing: async (kind, work) => {
      azurite.inject({ kind, times: Number.POSITIVE_INFINITY, matches: ({ service }) => service === "table" });
      try {
        return await work();
      } finally {
        azurite.reset();
      }
    },
    stop: async () => {
      await Promise.all([app.stop(), broken.stop()]);
      await Promise.all([graph.stop(), inbox.stop(), azurite.stop(), other.stop()]);
    },
  };
}

function configOf(tenantId: string): string {
  return JSON.stringify({
    tenants: [{ id: tenantId, name: "Contoso" }],
    credential: { kind: "development-token" },
    channels: [
      { name: "log", type: "log" },
      { name: "hook", type: "webhook", urlFrom: "HOOK_URL", secretFrom: "HOOK_SECRET", allowPrivate: true },
    ],
  });
}

async function merge(
  connectionString: string,
  table: string,
  row: { readonly partitionKey: string; readonly rowKey: string; readonly [column: string]: unknown },
): Promise<void> {
  const client = TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection: true });
  await client.upsertEntity(row, "Merge");
}

async function send(connectionString: string, message: object): Promise<void> {
  const queue = new QueueClient(connectionString, "poll-requests");
  await queue.createIfNotExists();
  await queue.sendMessage(Buffer.from(JSON.stringify(message)).toString("base64"));
}
