import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "../../scripts/openapi/operations.ts";
import type { AlertsBody } from "../../src/http/contract/alerts.ts";
import type { ConnectionsBody } from "../../src/http/contract/connections.ts";
import type { DailyBody } from "../../src/http/contract/daily.ts";
import type { DeliveriesBody } from "../../src/http/contract/deliveries.ts";
import type { PreviewBody } from "../../src/http/contract/preview.ts";
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

interface DaysBody {
  readonly value: readonly DailyBody[];
  readonly nextLink?: string;
}

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
    replayDelivery: () => ({ body: WHO, params: { id: "8204665599999.none" } }),
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

  it("are as documented for the days of a connection, page by page, as rows, and when they are known", async () => {
    await world.rollUp(named(BEATING).connectionKey);
    const query = `?view=daily&connection=${named(BEATING).connectionKey}`;

    const whole = await ask("getHistory", { query });
    const known = await ask("getHistory", { query, headers: { "If-None-Match": whole.headers.get("etag") ?? "" } });
    const first = await ask("getHistory", { query: `${query}&maxpagesize=1` });
    const { value: newest, nextLink } = (await first.json()) as DaysBody;
    const second = await ask("getHistory", { query: new URL(nextLink ?? "").search });
    const { value: oldest, nextLink: end } = (await second.json()) as DaysBody;
    const yesterday = await ask("getHistory", { query: `${query}&from=${newest[0]?.date}T00:00:00Z` });
    const csv = await ask("getHistory", { query: `${query}&format=csv` });

    expect(known.status).toBe(304);
    expect([...newest, ...oldest]).toEqual(((await whole.json()) as DaysBody).value);
    expect(newest[0]).toMatchObject({ downSeconds: 21_600, coveredSeconds: 86_400, ratio: 0.75, fired: 1 });
    expect(oldest[0]).toMatchObject({ verdictSeconds: { ok: 86_400 }, ratio: 1, fired: 0 });
    expect(end).toBeUndefined();
    expect(((await yesterday.json()) as DaysBody).value).toEqual(newest);
    expect((await csv.text()).trimEnd().split("\r\n")).toHaveLength(3);
  });

  it.each([
    { query: "", parameter: "view" },
    { query: "&connection=KEY&rule=heartbeat-age", parameter: "rule" },
    { query: "&connection=KEY&severity=error", parameter: "severity" },
    { query: "&connection=KEY&maxpagesize=0", parameter: "maxpagesize" },
    { query: "&connection=KEY&maxpagesize=10&format=csv", parameter: "maxpagesize" },
    { query: "&connection=KEY&pagetoken=v1.other.0", parameter: "pagetoken" },
    { query: "&connection=KEY&from=2026-11-22", parameter: "from" },
    { query: "&connection=KEY&from=2020-01-01T00:00:00Z", parameter: "from" },
    { query: "&connection=jamf", parameter: "connection" },
  ])("are 400 for days by $query, and name $parameter", async ({ query, parameter }) => {
    const whole = `?view=daily${query.replace("KEY", named(BEATING).connectionKey)}`;

    const answer = await ask("getHistory", { query: whole });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ parameter }] });
  });

  it("are 404 for the days of a connection that is not there", async () => {
    expect((await ask("getHistory", { query: `?view=daily&connection=${"0".repeat(32)}` })).status).toBe(404);
  });

  it("are as documented for a preview of one connection, by key and by id, beside what polls told of it", async () => {
    const { connectionKey, reading, alerts } = named(STAYING);
    const rules = { "noncompliance-deadline": { errorWithin: "P40D", criticalWithin: "P35D" } };

    for (const connection of [connectionKey, reading.connectionId]) {
      const { snapshots, value } = (await (
        await ask("previewRules", { body: { connection, rules } })
      ).json()) as PreviewBody;

      const [first] = value[0]?.rules ?? [];
      const told = alerts.find(({ ruleId }) => ruleId === "noncompliance-deadline")?.episode;
      expect(snapshots).toBeGreaterThan(0);
      expect(first?.current.episodes).toMatchObject([{ firedDateTime: told?.firedDateTime, severity: "warning" }]);
      expect(first?.tried.episodes).toMatchObject([{ firedDateTime: told?.firedDateTime, severity: "critical" }]);
    }
  });

  it("are as documented for a preview that has nothing to replay, and of a rule that would be off", async () => {
    const rules = { "noncompliance-deadline": { enabled: false } };
    const past = { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" };

    const empty = (await (await ask("previewRules", { body: { rules, ...past } })).json()) as PreviewBody;
    const off = (await (
      await ask("previewRules", { body: { rules, connection: named(STAYING).connectionKey } })
    ).json()) as PreviewBody;

    expect(empty).toMatchObject({ ...past, snapshots: 0, value: [] });
    expect(off.value[0]?.rules[0]?.tried).toMatchObject({ settings: { enabled: false }, fired: 0, episodes: [] });
  });

  it("tell the limits that can be tried, and a preview of them is as it is", async () => {
    const replayed = new Set<string>();
    for (const { connectionKey, ruleLimits } of connections.value) {
      const rules = Object.fromEntries(
        ruleLimits.map(({ ruleId, enabled, limits }) => [ruleId, { enabled, ...limits }]),
      );
      if (ruleLimits.length === 0) continue;

      const answer = await ask("previewRules", { body: { connection: connectionKey, rules } });

      for (const { ruleId, current, tried } of ((await answer.json()) as PreviewBody).value[0]?.rules ?? []) {
        expect(tried).toEqual(current);
        replayed.add(ruleId);
      }
    }
    expect(replayed).toEqual(new Set(["heartbeat-age", "noncompliance-deadline", "removal-deadline"]));
  });

  it.each([
    {
      what: "limits that contradict",
      body: { rules: { "heartbeat-age": { errorFrom: "P8D" } } },
      parameters: ["rules.heartbeat-age.errorFrom", "rules.heartbeat-age.criticalFrom"],
    },
    {
      what: "a limit that is no duration",
      body: { rules: { "heartbeat-age": { warnAfter: "36h" } } },
      parameters: ["rules.heartbeat-age.warnAfter"],
    },
    {
      what: "a limit that the rule does not know",
      body: { rules: { expiry: { warnAfter: "PT36H" } } },
      parameters: ["rules.expiry.warnAfter"],
    },
    { what: "an unknown rule", body: { rules: { age: {} } }, parameters: ["rules.age"] },
    {
      what: "a rule that readings do not tell",
      body: { rules: { "connection-missing": {} } },
      parameters: ["rules.connection-missing"],
    },
    { what: "no rule", body: { rules: {} }, parameters: ["rules"] },
    {
      what: "a window that is too long",
      body: { rules: { expiry: {} }, from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z" },
      parameters: ["from"],
    },
    { what: "no connection", body: { rules: { expiry: {} }, connection: "jamf" }, parameters: ["connection"] },
    { what: "what is no member", body: { rules: { expiry: {} }, save: true }, parameters: ["save"] },
  ])("are 400 for a preview of $what, and name it", async ({ body, parameters }) => {
    const answer = await ask("previewRules", { body });

    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: readonly { parameter: string }[] };
    expect(errors.map(({ parameter }) => parameter)).toEqual(parameters);
  });

  it("are 400 for a preview of the fleet, and 404 for one of a connection that is not there", async () => {
    const body = { rules: { expiry: {} } };

    const fleet = await ask("previewRules", { body, query: "?tenant=fleet" });
    const none = await ask("previewRules", { body: { ...body, connection: "0".repeat(32) } });

    expect([fleet.status, none.status]).toEqual([400, 404]);
  });

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

  it.each([
    { kind: "throttle", status: 503, retryAfter: true },
    { kind: "forbid", status: 500, retryAfter: false },
  ] as const)("are $status while storage answers with $kind, and say nothing of why", async (fault) => {
    const answers = await world.failing(fault.kind, () => Promise.all(closed.map(({ id }) => ask(id))));

    for (const answer of answers) {
      expect([answer.status, answer.headers.has("retry-after")]).toEqual([fault.status, fault.retryAfter]);
      expect(await answer.text()).not.toMatch(/AuthorizationFailure|ServerBusy/);
    }
  });

  it("are as documented for a silence from its order to its end", async () => {
    const body = { ...WHO, until: inAnHour() };

    const ordered = await ask("orderSilence", { body });
    const { id } = (await ordered.json()) as { id: string };
    const ended = await ask("endSilence", { params: { id } });
    const again = await ask("orderSilence", { body });

    expect([ordered.status, ended.status, again.status]).toEqual([201, 204, 409]);
  });

  it("are as documented for an acknowledgement of an alert in the list over all tenants, from beginning to end", async () => {
    const { value } = (await (await ask("listAlerts")).json()) as AlertsBody;
    const listed = value.find(({ connectionName, phase }) => connectionName === STAYING && phase === "firing");

    const acknowledged = await ask("acknowledgeAlert", { params: { alertKey: listed?.alertKey ?? "" } });
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
