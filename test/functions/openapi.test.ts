import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "../../scripts/openapi/operations.ts";
import type { DeliveriesBody } from "../../src/http/contract/deliveries.ts";
import type { ConnectionsBody } from "../../src/http/contract.ts";
import { installStandInCore } from "../fakes/stand-in-core.ts";
import { type ApiWorld, startApiWorld, WRITE_KEY } from "./api-world.ts";
import { FUNCTION_KEY } from "./built-app-host.ts";
import { type AddressedOperation, faultOf, type OpenapiDocument, operationsOf } from "./openapi-answers.ts";

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "../..");
const UNKNOWN_TENANT = "00000000-0000-4000-8000-0000000000ff";
const STAYING = "Contoso Mac Management";
const VANISHING = "Vanishing Mac Management";
const BEATING = "Jamf Device Compliance";
const WHO = { by: "Ann", reason: "a test" };

const core = installStandInCore();

describe("the OpenAPI document", () => {
  it("passes the strict rules of a linter that we did not write", async () => {
    const redocly = path.join(ROOT, "node_modules/@redocly/cli/bin/cli.js");
    const options = ["--extends", "recommended-strict", "--format", "json"];
    const env = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

    const linted = run(process.execPath, [redocly, "lint", "docs/openapi.json", ...options], { env, cwd: ROOT });

    await expect(linted).resolves.toMatchObject({ stdout: expect.stringMatching(/"errors": 0,\s*"warnings": 0/) });
  });

  it("describes every method of every HTTP function with its access, and no other", async () => {
    const folder = path.join(ROOT, "functions");
    for (const file of readdirSync(folder)) await import(pathToFileURL(path.join(folder, file)).href);

    const registered = [...core.functions.values()]
      .map(({ trigger }) => trigger as { type: string; methods: readonly string[]; authLevel: string; route: string })
      .filter(({ type, route }) => type === "httpTrigger" && !route.startsWith("dashboard"))
      .flatMap(({ methods, authLevel, route }) => methods.map((method) => `${authLevel} ${method} ${route}`));

    const described = OPERATIONS.map(
      ({ access, method, route }) =>
        `${access === "nobody" ? "anonymous" : "function"} ${method.toUpperCase()} ${route}`,
    );
    expect(described.toSorted()).toEqual(registered.toSorted());
  });
});

/** What makes a request differ from the one that goes well. */
interface Twist {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  readonly params?: Readonly<Record<string, string>>;
}

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}

describe("the answers of the built app", () => {
  let world: ApiWorld;
  let document: OpenapiDocument;
  let operations: readonly AddressedOperation[];
  let connections: ConnectionsBody;
  const seen = new Set<string>();

  beforeAll(async () => {
    world = await startApiWorld();
    document = (await (await world.app.get("v1/openapi.json", "")).json()) as OpenapiDocument;
    operations = operationsOf(document);
    connections = (await (await world.app.get("v1/connections")).json()) as ConnectionsBody;
  });

  afterAll(() => world.stop());

  const alertOf = (name: string) => ({
    alertKey: named(name).alerts.find(({ phase }) => phase === "firing")?.alertKey ?? "",
  });
  const keyOf = (name: string) => ({ connectionKey: named(name).connectionKey });

  function named(name: string): ConnectionsBody["value"][number] {
    const connection = connections.value.find(({ reading }) => reading.displayName === name);
    if (connection === undefined) throw new Error(`There is no connection ${name}`);
    return connection;
  }

  /** What goes well, by operation; those that need nothing are left out. */
  const GOOD: Readonly<Record<string, () => Twist>> = {
    getConnection: () => ({ params: keyOf(STAYING) }),
    orderSilence: () => ({ body: { ...WHO, until: inAnHour() } }),
    endSilence: () => ({ body: WHO }),
    acknowledgeAlert: () => ({ body: { ...WHO, until: inAnHour() }, params: alertOf(STAYING) }),
    withdrawAcknowledgement: () => ({ body: WHO, params: alertOf(STAYING) }),
    acceptRemoval: () => ({ body: WHO, params: keyOf(VANISHING) }),
    resetConnection: () => ({ body: WHO, params: keyOf(BEATING) }),
    replayDelivery: () => ({ body: WHO }),
    testChannel: () => ({ body: WHO, params: { name: "log" } }),
    requestPoll: () => ({ body: WHO }),
    previewRules: () => ({ body: { rules: { "heartbeat-age": { warnAfter: "PT1H" } } } }),
  };

  /** Asks for what goes well, but for the twist; the answer must be as documented. */
  async function ask(operationId: string, twist: Twist = {}, app = world.app): Promise<Response> {
    const operation = operations.find((known) => known.operationId === operationId);
    if (operation === undefined) throw new Error(`There is no operation ${operationId}`);
    const { query = "", headers, body, params } = { ...GOOD[operationId]?.(), ...twist };
    const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => params?.[name] ?? "0".repeat(32));
    const sent = { "x-functions-key": FUNCTION_KEY, "x-monitor-write-key": WRITE_KEY, ...headers };
    const answer = await fetch(`${app.url}/api${filled}${query}`, {
      method: operation.method,
      headers: Object.entries(sent).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, value]],
      ),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

    expect(await faultOf(document, operation, answer.clone())).toBeUndefined();
    seen.add(`${operationId} ${answer.status}`);
    return answer;
  }

  const each = OPERATIONS.map(({ id, access, body, query, isConditional = false }) => ({
    id,
    access,
    hasBody: body !== undefined,
    takesTenant: "tenant" in query.shape,
    isConditional,
  }));
  const closed = each.filter(({ access }) => access !== "nobody");
  const writes = each.filter(({ access }) => access === "writer");

  it.each(each.filter(({ access }) => access !== "writer"))("are as documented for $id", async ({ id }) => {
    expect((await ask(id)).status).toBe(200);
  });

  it.each(["snapshots", "events", "intervals", "uptime", "daily"])(
    "are as documented for the view %s",
    async (view) => {
      const query = `?view=${view}&connection=${named(STAYING).connectionKey}`;

      for (const format of ["json", "csv", "ndjson"]) {
        expect((await ask("getHistory", { query: `${query}&format=${format}` })).status).toBe(200);
      }
    },
  );

  it.each(["pending", "delivered", "dead"])("are as documented for deliveries that are %s", async (status) => {
    expect((await ask("listDeliveries", { query: `?status=${status}` })).status).toBe(200);
  });

  it.each(each)("are 400 for an unknown parameter of $id", async ({ id }) => {
    expect((await ask(id, { query: "?nonsense=1" })).status).toBe(400);
  });

  it.each(each.filter(({ takesTenant }) => takesTenant))("are 404 for an unknown tenant of $id", async ({ id }) => {
    expect((await ask(id, { query: `?tenant=${UNKNOWN_TENANT}` })).status).toBe(404);
  });

  it.each(closed)("are 401 without a key for $id", async ({ id }) => {
    expect((await ask(id, { headers: { "x-functions-key": undefined } })).status).toBe(401);
  });

  it.each(writes)("are 403 without the right to write for $id", async ({ id }) => {
    expect((await ask(id, { headers: { "x-monitor-write-key": "wrong" } })).status).toBe(403);
  });

  it.each(each.filter(({ hasBody }) => hasBody))("are 413 for a body that is too long for $id", async ({ id }) => {
    expect((await ask(id, { body: { ...WHO, reason: "x".repeat(20_000) } })).status).toBe(413);
  });

  it.each(each.filter(({ isConditional }) => isConditional))(
    "are 304 for facts that $id told before",
    async ({ id }) => {
      const etag = (await ask(id)).headers.get("etag") ?? "";

      expect((await ask(id, { headers: { "If-None-Match": etag } })).status).toBe(304);
    },
  );

  it.each([...closed, { id: "getHealth" }])("are 503 with wrong settings for $id", async ({ id }) => {
    expect((await ask(id, {}, world.broken)).status).toBe(503);
  });

  it("are as documented for a silence from its order to its end", async () => {
    const body = { ...WHO, until: inAnHour() };

    const ordered = await ask("orderSilence", { body });
    const { id } = (await ordered.json()) as { id: string };
    const ended = await ask("endSilence", { params: { id } });
    const again = await ask("orderSilence", { body });

    expect([ordered.status, ended.status, again.status]).toEqual([201, 204, 409]);
  });

  it("are as documented for an acknowledgement from its beginning to its end", async () => {
    const acknowledged = await ask("acknowledgeAlert");
    const shown = await ask("listConnections");
    const withdrawn = await ask("withdrawAcknowledgement");

    expect([acknowledged.status, shown.status, withdrawn.status]).toEqual([200, 200, 204]);
  });

  it("are as documented for tests of a channel that hears it, of one that refuses it, and of none", async () => {
    const heard = await ask("testChannel");
    const refused = await ask("testChannel", { params: { name: "hook" } });
    const none = await ask("testChannel", { params: { name: "no-such" } });

    expect([heard.status, refused.status, none.status]).toEqual([200, 200, 404]);
    expect(await refused.json()).toMatchObject({ outcome: "failed", reason: "http-400" });
  });

  it("are as documented for a connection that vanishes, and for what could not be told of it", async () => {
    const dead = (await (await ask("listDeliveries", { query: "?status=dead" })).json()) as DeliveriesBody;
    const deadOf = (name: string) => dead.value.find(({ connectionName }) => connectionName === name)?.id ?? "";

    const again = await ask("replayDelivery", { params: { id: deadOf(STAYING) } });
    await world.vanish();
    const over = await ask("replayDelivery", { params: { id: deadOf(VANISHING) } });
    const there = await ask("acceptRemoval", { params: keyOf(STAYING) });
    const gone = await ask("acceptRemoval");

    expect([again.status, over.status, there.status, gone.status]).toEqual([202, 409, 409, 204]);
  });

  it("are as documented for a poll by hand, and for another one at once", async () => {
    await world.age();

    const asked = await ask("requestPoll");
    const askedAgain = await ask("requestPoll");

    expect([asked.status, askedAgain.status]).toEqual([202, 429]);
    expect(Number(askedAgain.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("are as documented for a connection whose state cannot be read, until it is reset", async () => {
    const readable = await ask("resetConnection");
    await world.corrupt(named(BEATING).connectionKey);
    const query = `?view=intervals&connection=${named(BEATING).connectionKey}`;

    const shown = await ask("getConnection", { params: keyOf(BEATING) });
    const trial = { ...GOOD["previewRules"]?.().body, connection: named(BEATING).connectionKey };
    const previewed = await ask("previewRules", { body: trial });
    const intervals = await ask("getHistory", { query });
    const reset = await ask("resetConnection");

    expect([readable, shown, previewed, intervals, reset].map(({ status }) => status)).toEqual([
      409, 409, 409, 409, 204,
    ]);
  });

  it("have shown every status that is documented", () => {
    const documented = operations.flatMap(({ operationId, responses }) =>
      Object.keys(responses).map((status) => `${operationId} ${status}`),
    );

    expect([...seen].toSorted()).toEqual(documented.toSorted());
  });
});
