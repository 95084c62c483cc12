import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { sleepUnlessAborted } from "../../../src/adapters/graph/retry.ts";
import { type ConnectorStatusForm, SOURCE_IDS } from "../../../src/domain/connections/source.ts";
import { ConfigError } from "../../../src/domain/errors.ts";
import type { TokenProvider } from "../../../src/ports/token-provider.ts";
import { anAdapter, TENANT_ID } from "./graph-world.ts";
import { type ScriptedAnswer, startScriptedGraph, type WireRequest } from "./scripted-graph.ts";

const PARTNERS = ["deviceManagementPartners"] as const;
const EMPTY: ScriptedAnswer = { status: 200, body: '{"value":[]}' };
const UNKNOWN_SEGMENT: ScriptedAnswer = {
  status: 400,
  body: `{"error":{"code":"BadRequest","message":"Resource not found for the segment 'connectorStatus'."}}`,
};
const EXPIRED: ScriptedAnswer = { status: 401, body: '{"error":{"code":"InvalidAuthenticationToken"}}' };

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function aGraph(answer: (request: WireRequest, count: number) => ScriptedAnswer) {
  const graph = await startScriptedGraph(answer);
  stops.push(graph.stop);
  return graph;
}

/** Gives token-1, and a newer one whenever the current one was refused; counts the newer ones. */
function countingTokens() {
  let current = 1;
  const tokens: TokenProvider = {
    getToken: async (refused) => {
      if (refused === `token-${current}`) current += 1;
      return { kind: "token", token: `token-${current}` };
    },
  };
  return { tokens, made: () => current };
}

describe("createGraphPartnerSource()", () => {
  it("refuses a root that is neither a cloud nor a loopback address", () => {
    expect(() => anAdapter("https://graph.example.com")).toThrow(ConfigError);
  });
});

describe("a good read", () => {
  it("sends one bare GET a source, with a token", async () => {
    const graph = await aGraph(() => EMPTY);

    const reads = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: SOURCE_IDS });

    expect(reads).toEqual([
      { sourceId: "deviceManagementPartners", outcome: "read", rows: [] },
      { sourceId: "complianceManagementPartners", outcome: "read", rows: [] },
      { sourceId: "connectorStatus", outcome: "read", rows: [], form: "property" },
    ]);
    expect(graph.requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      "GET /beta/deviceManagement/connectorStatus",
      "GET /v1.0/deviceManagement/complianceManagementPartners",
      "GET /v1.0/deviceManagement/deviceManagementPartners",
    ]);
    expect(graph.requests.every(({ headers }) => /^Bearer ./.test(headers.authorization ?? ""))).toBe(true);
  });

  it("asks for all sources at once", async () => {
    const waiting: (() => void)[] = [];
    const graph = await aGraph(() => (response) => {
      waiting.push(() => response.end('{"value":[]}'));
      if (waiting.length === SOURCE_IDS.length) for (const answer of waiting) answer();
    });

    const reads = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: SOURCE_IDS });

    expect(reads.map(({ outcome }) => outcome)).toEqual(["read", "read", "read"]);
  });

  it("gives the rows as sent, odd ones too, in a body that is compressed", async () => {
    const rows = [{ id: "1", nested: { list: [1, null] } }, null, "odd", 7, { ünïcode: "\u{1F4F1}" }];
    const graph = await aGraph(() => (response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(JSON.stringify({ value: rows })));
    });

    const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toEqual({ sourceId: "deviceManagementPartners", outcome: "read", rows });
  });

  it("follows an opaque link as it was sent", async () => {
    const query = "$skiptoken=Y29u%2Bc3Ry+dWN0/ZWQ==&$filter=a%20eq%20(b)&x";
    const graph = await aGraph(({ path }) => {
      const link = `${graph.url}/v1.0/deviceManagement/deviceManagementPartners?${query}`;
      return path.includes("?")
        ? EMPTY
        : { status: 200, body: JSON.stringify({ value: [1], "@odata.nextLink": link }) };
    });

    await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    const sent = graph.requests[1]?.path.split("?")[1]?.split("&").sort();
    expect(sent).toEqual(query.split("&").sort());
  });

  it.each([
    { date: "Thu, 23 Jul 2026 17:07:00 GMT", what: "how far Graph's clock is ahead", want: 420_000 },
    { date: "Thu, 23 Jul 2026 16:59:00 GMT", what: "how far Graph's clock is behind", want: -60_000 },
    { date: "yesterday", what: "nothing", want: undefined },
  ])("tells by a date of $date $what", async ({ date, want }) => {
    const graph = await aGraph(() => ({ status: 200, body: '{"value":[]}', headers: { date } }));

    const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read?.clockSkewMs).toBe(want);
  });

  it.each([403, 501, 418])("tells it by an answer of status %i too", async (status) => {
    const headers = { date: "Thu, 23 Jul 2026 17:07:00 GMT" };
    const graph = await aGraph(() => ({ status, body: '{"error":{"code":"NotSupported"}}', headers }));

    const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toMatchObject({ outcome: status === 501 ? "not-available" : "unreadable", clockSkewMs: 420_000 });
  });

  it("asks for the tokens of a tenant once", async () => {
    const asked: string[] = [];
    const graph = await aGraph(() => EMPTY);
    const tokenFor = (tenantId: string): TokenProvider => {
      asked.push(tenantId);
      return countingTokens().tokens;
    };
    const { source } = anAdapter(graph.url, { tokenFor });

    await source.read({ tenantId: "a", sources: SOURCE_IDS });
    await source.read({ tenantId: "a", sources: SOURCE_IDS });
    await source.read({ tenantId: "b", sources: SOURCE_IDS });

    expect(asked).toEqual(["a", "b"]);
  });
});

describe("connectorStatus", () => {
  const forms: readonly { readonly form: ConnectorStatusForm; readonly path: string; readonly requests: number }[] = [
    { form: "property", path: "/beta/deviceManagement/connectorStatus", requests: 1 },
    { form: "select", path: "/beta/deviceManagement?$select=connectorStatus", requests: 2 },
    { form: "root", path: "/beta/deviceManagement", requests: 3 },
  ];
  const ROWS = '{"connectorStatus":[{"connectorName":"futureValue"}]}';

  it.each(forms)("is found in the form $form with $requests requests", async ({ form, path, requests }) => {
    const graph = await aGraph((request) => (request.path === path ? { status: 200, body: ROWS } : UNKNOWN_SEGMENT));

    const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: ["connectorStatus"] });

    expect(read).toMatchObject({ outcome: "read", rows: [{ connectorName: "futureValue" }], form });
    expect(graph.requests).toHaveLength(requests);
  });

  it.each(forms)("is asked for once in the form $form when that is remembered", async ({ form, path }) => {
    const graph = await aGraph((request) => (request.path === path ? { status: 200, body: ROWS } : UNKNOWN_SEGMENT));

    const [read] = await anAdapter(graph.url).source.read({
      tenantId: TENANT_ID,
      sources: ["connectorStatus"],
      connectorStatusForm: form,
    });

    expect(read).toMatchObject({ outcome: "read", form });
    expect(graph.requests).toHaveLength(1);
  });

  it("is looked for elsewhere in a good answer that does not hold it", async () => {
    const graph = await aGraph(({ path }) => ({
      status: 200,
      body: path.endsWith("Management") ? ROWS : '{"id":"1"}',
    }));

    const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: ["connectorStatus"] });

    expect(read).toMatchObject({ outcome: "read", form: "root" });
  });
});

describe("a refused token", () => {
  it("is replaced once, and the poll goes on", async () => {
    const { tokens, made } = countingTokens();
    const graph = await aGraph(({ headers }) => (headers.authorization === "Bearer token-1" ? EXPIRED : EMPTY));

    const reads = await anAdapter(graph.url, { tokenFor: () => tokens }).source.read({
      tenantId: TENANT_ID,
      sources: SOURCE_IDS,
    });

    expect(reads.map(({ outcome }) => outcome)).toEqual(["read", "read", "read"]);
    expect(made()).toBe(2);
    expect(graph.requests).toHaveLength(2 * SOURCE_IDS.length);
  });

  it("is replaced once when a claims challenge asks for it", async () => {
    const { tokens } = countingTokens();
    const challenge = 'Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="';
    const graph = await aGraph((_request, count) =>
      count === 1 ? { status: 401, headers: { "www-authenticate": challenge } } : EMPTY,
    );

    const [read] = await anAdapter(graph.url, { tokenFor: () => tokens }).source.read({
      tenantId: TENANT_ID,
      sources: PARTNERS,
    });

    expect(read).toMatchObject({ outcome: "read" });
    expect(graph.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  it("is not replaced twice, over retries and pages", async () => {
    const { tokens, made } = countingTokens();
    const graph = await aGraph((_request, count) => (count === 2 ? { status: 503 } : EXPIRED));

    const [read] = await anAdapter(graph.url, { tokenFor: () => tokens }).source.read({
      tenantId: TENANT_ID,
      sources: PARTNERS,
    });

    expect(read).toEqual({ sourceId: "deviceManagementPartners", outcome: "unreadable", reason: "unauthorized" });
    expect(made()).toBe(2);
  });
});

describe("a token that cannot be had", () => {
  it("makes each source unauthorized, and nothing is sent", async () => {
    const graph = await aGraph(() => EMPTY);
    const tokens: TokenProvider = {
      getToken: async () => ({ kind: "failed", reason: "unauthorized", detail: "Entra ID refuses the credential" }),
    };

    const reads = await anAdapter(graph.url, { tokenFor: () => tokens }).source.read({
      tenantId: TENANT_ID,
      sources: PARTNERS,
    });

    expect(reads).toEqual([
      {
        sourceId: "deviceManagementPartners",
        outcome: "unreadable",
        reason: "unauthorized",
        detail: "Entra ID refuses the credential",
      },
    ]);
    expect(graph.requests).toEqual([]);
  });

  it("is asked for again while the reason may pass", async () => {
    const graph = await aGraph(() => EMPTY);
    let asked = 0;
    const tokens: TokenProvider = {
      getToken: async () => {
        asked += 1;
        return asked < 3 ? { kind: "failed", reason: "unavailable" } : { kind: "token", token: "t" };
      },
    };

    const [read] = await anAdapter(graph.url, { tokenFor: () => tokens }).source.read({
      tenantId: TENANT_ID,
      sources: PARTNERS,
    });

    expect(read).toMatchObject({ outcome: "read" });
  });

  it("is not waited for beyond the budget", async () => {
    const tokens: TokenProvider = { getToken: () => new Promise(() => {}) };
    const { source } = anAdapter("http://127.0.0.1:1", { tokenFor: () => tokens, limits: { budgetMs: 30 } });

    const [read] = await source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toMatchObject({ outcome: "unreadable", reason: "unavailable" });
  });
});

describe("the bounds of a read", () => {
  it("keep the last reason when the budget is used up", async () => {
    const graph = await aGraph(() => ({ status: 429, headers: { "retry-after": "25" } }));
    const { source, delaysMs } = anAdapter(graph.url);

    const [read] = await source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toEqual({ sourceId: "deviceManagementPartners", outcome: "unreadable", reason: "throttled" });
    expect(delaysMs).toEqual([25_000, 25_000]);
  });

  it("hold for the pages together", async () => {
    const graph = await aGraph(({ path }, count) => {
      const link = `${graph.url}/v1.0/deviceManagement/deviceManagementPartners?page=${count}`;
      if (count % 2 === 1) return { status: 429, headers: { "retry-after": "25" } };
      return { status: 200, body: JSON.stringify({ value: [path], "@odata.nextLink": link }) };
    });
    const { source, delaysMs } = anAdapter(graph.url);

    const [read] = await source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toMatchObject({ outcome: "unreadable", reason: "throttled" });
    expect(delaysMs).toEqual([25_000, 25_000]);
  });

  it("end a real wait too, though the clock was set back meanwhile", async () => {
    const graph = await aGraph(() => ({ status: 503 }));
    const times = [10_000, 0];
    const { source } = anAdapter(graph.url, {
      limits: { budgetMs: 40 },
      clock: { nowMs: () => times.shift() ?? 0 },
      sleep: sleepUnlessAborted,
    });
    const startedAtMs = performance.now();

    const [read] = await source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toMatchObject({ outcome: "unreadable", reason: "unavailable" });
    expect(performance.now() - startedAtMs).toBeLessThan(900);
    expect(graph.requests).toHaveLength(1);
  });

  it("refuse a body beyond the limit, once", async () => {
    const graph = await aGraph(() => ({ status: 200, body: JSON.stringify({ value: ["x".repeat(2_000)] }) }));
    const { source } = anAdapter(graph.url, { limits: { maxBodyBytes: 1_000 } });

    const [read] = await source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toMatchObject({ outcome: "unreadable", reason: "malformed", detail: "The answer is too large" });
    expect(graph.requests).toHaveLength(1);
  });

  it("count a compressed body by what it becomes", async () => {
    const graph = await aGraph(() => (response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(`{"value":["${"x".repeat(20_000_000)}"]}`));
    });

    const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toMatchObject({ outcome: "unreadable", reason: "malformed" });
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("of status %i is not followed", async (status) => {
    const other = await aGraph(() => EMPTY);
    const graph = await aGraph(() => ({ status, headers: { location: `${other.url}/v1.0/deviceManagement` } }));

    const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    expect(read).toEqual({ sourceId: "deviceManagementPartners", outcome: "unreadable", reason: "unavailable" });
    expect(other.requests).toEqual([]);
    expect(graph.requests).toHaveLength(1);
  });
});

describe("telemetry", () => {
  it("gets one record an attempt, under a static name", async () => {
    const graph = await aGraph((_request, count) => (count === 1 ? { status: 500 } : EMPTY));
    const { source, calls } = anAdapter(graph.url);

    await source.read({ tenantId: TENANT_ID, sources: PARTNERS });

    const call = { dependency: "graph", operation: "list-device-management-partners", target: TENANT_ID };
    expect(calls).toEqual([
      { ...call, success: false, durationMs: 0, status: 500, reason: "unavailable" },
      { ...call, success: true, durationMs: 0, status: 200 },
    ]);
  });
});

describe("secrets and texts from outside", () => {
  const SECRETS = ["PLANTED-TOKEN", "PLANTED-MESSAGE", "PLANTED-HOST", "PLANTED-ID", "PLANTED-CURSOR", "127.0.0.1"];
  const message = "PLANTED-MESSAGE - Activity ID: PLANTED-ID - Url: https://PLANTED-HOST.example.com/?PLANTED-CURSOR";
  const error = JSON.stringify({ error: { code: "PLANTED-ID", message, innerError: { "request-id": "PLANTED-ID" } } });
  const nested = JSON.stringify({ error: { code: "Forbidden", message: JSON.stringify({ Message: message }) } });

  it.each([
    { named: "an error", answer: { status: 400, body: error } },
    { named: "a missing permission", answer: { status: 403, body: nested } },
    { named: "a refused token", answer: { status: 401, body: error } },
    { named: "a server error", answer: { status: 500, body: error } },
    { named: "a page of HTML", answer: { status: 200, body: "<html>PLANTED-MESSAGE</html>" } },
    { named: "a redirect", answer: { status: 302, headers: { location: "https://PLANTED-HOST/?PLANTED-CURSOR" } } },
    {
      named: "a foreign link",
      answer: { status: 200, body: '{"value":[],"@odata.nextLink":"https://PLANTED-HOST/?PLANTED-CURSOR"}' },
    },
    { named: "a reset", answer: (response: { destroy: () => void }) => response.destroy() },
  ])("are in no result and no record of $named", async ({ answer }) => {
    const graph = await aGraph(() => answer);
    const tokens: TokenProvider = { getToken: async () => ({ kind: "token", token: "PLANTED-TOKEN" }) };
    const { source, calls, records } = anAdapter(graph.url, { tokenFor: () => tokens });

    const reads = await source.read({ tenantId: TENANT_ID, sources: SOURCE_IDS });

    const told = JSON.stringify([reads, calls, records]);
    expect(reads.filter(({ outcome }) => outcome === "read")).toEqual([]);
    expect(SECRETS.filter((secret) => told.includes(secret))).toEqual([]);
  });

  it("are in no error either when a token is unfit for a header", async () => {
    const graph = await aGraph(() => EMPTY);
    const tokens: TokenProvider = { getToken: async () => ({ kind: "token", token: "PLANTED\nTOKEN" }) };

    const [read] = await anAdapter(graph.url, { tokenFor: () => tokens }).source.read({
      tenantId: TENANT_ID,
      sources: PARTNERS,
    });

    expect(read).toEqual({ sourceId: "deviceManagementPartners", outcome: "unreadable", reason: "unavailable" });
  });
});
