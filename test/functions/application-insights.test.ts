import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Azurite, startAzurite } from "../../local/storage/start-azurite.ts";
import { CERTIFICATE, CERTIFICATE_KEY } from "../contract/channels/loopback-certificate.ts";
import { startBuiltApp } from "./built-app-host.ts";

/** One record as it reaches the ingestion endpoint. */
interface Envelope {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseData: Readonly<Record<string, unknown>> };
}

const received: Envelope[] = [];
let azurite: Azurite;
let ingestion: Server;

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const isPacked = request.headers["content-encoding"] === "gzip";
  const envelopes: readonly Envelope[] = JSON.parse(String(isPacked ? gunzipSync(body) : body));
  received.push(...envelopes);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ itemsReceived: envelopes.length, itemsAccepted: envelopes.length, errors: [] }));
}

beforeAll(async () => {
  azurite = await startAzurite();
  ingestion = createServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, (request, response) => {
    void receive(request, response);
  });
  await new Promise<void>((resolve) => ingestion.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  ingestion.closeAllConnections();
  await new Promise((resolve) => ingestion.close(resolve));
  await azurite.stop();
});

/** The app settings for records that go to this connection string. */
function settings(connectionString: string): Record<string, string> {
  return {
    POLL_SCHEDULE: "0 */15 * * * *",
    MONITOR_CONFIG: '{"tenants":[]}',
    WEBSITE_SITE_NAME: "monitor-under-test",
    NODE_TLS_REJECT_UNAUTHORIZED: "0", // the exporter takes no certificate of our own
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
  };
}

function ingestionString(): string {
  const address = ingestion.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return `InstrumentationKey=00000000-0000-4000-8000-000000000001;IngestionEndpoint=https://127.0.0.1:${port}/`;
}

describe("the built app with Application Insights", () => {
  it("sends its records, those from before the exporter was loaded too, before it ends", async () => {
    received.length = 0;
    const app = await startBuiltApp({
      storageConnectionString: azurite.connectionString,
      settings: settings(ingestionString()),
    });

    await app.fire("schedulePolls");
    await app.line(/"name":"ConfigError"/);
    await app.stop();

    expect(received.map(({ name, tags, data }) => [name, tags["ai.cloud.role"], data.baseData["exceptions"]])).toEqual([
      [
        "Microsoft.ApplicationInsights.Exception",
        "monitor-under-test",
        [
          expect.objectContaining({
            message: expect.stringContaining("tenants must be a list of at least one tenant"),
          }),
        ],
      ],
    ]);
  });

  it("sends nothing of the calls that the storage clients make", async () => {
    received.length = 0;
    const app = await startBuiltApp({
      storageConnectionString: azurite.connectionString,
      settings: {
        ...settings(ingestionString()),
        MONITOR_CONFIG: '{"tenants":[{"id":"00000000-0000-4000-8000-0000000000a1","name":"Contoso"}]}',
      },
    });

    await app.get("v1/health");
    await app.fire("tidyHistory");
    await app.recorded("HistoryTidied");
    await app.fire("schedulePolls");
    await app.recorded("PollsScheduled");
    await app.stop();

    const kinds = new Set(received.map(({ name }) => name.replace("Microsoft.ApplicationInsights.", "")));
    const events = received.map(({ data }) => data.baseData["name"]);
    expect(events).toEqual(expect.arrayContaining(["HistoryTidied", "PollsScheduled"]));
    expect(kinds).toEqual(new Set(["Event"]));
  });

  it("works without it when the connection string cannot be used, and says so", async ({ signal }) => {
    const app = await startBuiltApp({
      storageConnectionString: azurite.connectionString,
      settings: settings("@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/insights)"),
    });
    const statuses = new Set<number>();

    while (!signal.aborted && !app.logs.some(({ message }) => message.includes("ExporterNotLoaded"))) {
      statuses.add((await app.get("v1/history")).status); // loading goes on behind the first answers
    }
    await app.stop();

    expect(statuses).toEqual(new Set([503]));
    expect(app.logs.filter(({ message }) => /uncaught/i.test(message))).toEqual([]);
  });
});
