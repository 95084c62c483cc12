import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../local/graph/fault.schema.ts";
import type { SentMail } from "../../../local/graph/send-mail.ts";
import { type SimulatedGraph, startSimulatedGraph } from "../../../local/graph/start-simulated-graph.ts";
import { developmentToken } from "../../../local/graph/tokens.ts";
import { durationMs } from "../../../local/scenarios/duration.ts";
import { loadScenario } from "../../../local/scenarios/load-scenario.ts";

const ZERO_MS = Date.UTC(2026, 6, 1);
const CONTOSO = "00000000-0000-4000-8000-0000000000a1";
const NORTHWIND = "00000000-0000-4000-8000-0000000000c1";
const DEVICE_PARTNERS = "/v1.0/deviceManagement/deviceManagementPartners";
const COMPLIANCE_PARTNERS = "/v1.0/deviceManagement/complianceManagementPartners";
const CONNECTOR_STATUS = "/beta/deviceManagement/connectorStatus";

const SEND_MAIL = "/v1.0/users/it%40contoso.example/sendMail";

let graph: SimulatedGraph;
let mails: SentMail[];
let nowMs = ZERO_MS;

beforeAll(async () => {
  graph = await startSimulatedGraph({
    scenario: loadScenario("demo"),
    zeroMs: ZERO_MS,
    nowMs: () => nowMs,
    onMail: (mail) => mails.push(mail),
  });
});

beforeEach(() => {
  nowMs = ZERO_MS + durationMs("P1D");
  graph.clearFaults();
  mails = [];
});

afterAll(() => graph.stop());

/** What the answers hold, as far as these tests look into them. */
interface Body {
  readonly "@odata.nextLink": string;
  readonly value: readonly Readonly<Record<string, string>>[];
  readonly error: { readonly code: string; readonly message: string };
}

async function bodyOf(answer: Response): Promise<Body> {
  return (await answer.json()) as Body;
}

function bearer(claims: Partial<Parameters<typeof developmentToken>[0]> = {}): string {
  return `Bearer ${developmentToken({ tenantId: CONTOSO, audience: graph.url, ...claims })}`;
}

type Init = Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> };

function get(path: string, init: Init = {}): Promise<Response> {
  const headers = { authorization: bearer(), ...init.headers };
  return fetch(`${graph.url}${path}`, { redirect: "manual", ...init, headers });
}

describe("startSimulatedGraph()", () => {
  it("listens on loopback and says where", () => {
    expect(graph.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each([
    { path: DEVICE_PARTNERS, count: 2 },
    { path: COMPLIANCE_PARTNERS, count: 3 },
    { path: CONNECTOR_STATUS, count: 3 },
  ])("serves $count rows at $path", async ({ path, count }) => {
    const answer = await get(path);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ value: { length: count } });
  });

  it("moves its rows with the virtual clock", async () => {
    const rows = [];
    for (const at of ["P1D", "P1DT4H"]) {
      nowMs = ZERO_MS + durationMs(at);
      rows.push((await bodyOf(await get(COMPLIANCE_PARTNERS))).value[0]?.["lastHeartbeatDateTime"]);
    }

    expect(rows).toEqual(["2026-07-01T21:19:00Z", "2026-07-02T01:19:00Z"]);
  });

  it("marks every answer with ids, diagnostics and the virtual date", async () => {
    const clientRequestId = "00000000-0000-4000-8000-00000000cafe";

    const good = await get(DEVICE_PARTNERS, { headers: { "client-request-id": clientRequestId } });
    const bad = await get("/v1.0/nothing");

    expect(good.headers.get("client-request-id")).toBe(clientRequestId);
    expect(bad.headers.get("client-request-id")).toBe(bad.headers.get("request-id"));
    expect(bad.headers.get("request-id")).not.toBe(good.headers.get("request-id"));
    for (const { headers } of [good, bad]) {
      expect(headers.get("date")).toBe("Thu, 02 Jul 2026 00:00:00 GMT");
      expect(headers.get("x-ms-ags-diagnostic")).toContain("DataCenter");
      expect(headers.get("content-type")).toContain("odata.metadata=minimal");
    }
  });

  it.each([
    { what: "no token", authorization: () => "", message: "JWT is not well formed" },
    { what: "an expired token", authorization: () => bearer({ expiresAtMs: Date.now() - 1000 }), message: "expired" },
    {
      what: "a token for another audience",
      authorization: () => bearer({ audience: "https://graph.example.com" }),
      message: "audience",
    },
    { what: "a tenant that it does not have", authorization: () => bearer({ tenantId: "nobody" }), message: "tenant" },
  ])("refuses $what with 401 and a challenge", async ({ authorization, message }) => {
    const answer = await get(DEVICE_PARTNERS, { headers: { authorization: authorization() } });

    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect((await bodyOf(answer)).error).toMatchObject({
      code: "InvalidAuthenticationToken",
      message: expect.stringContaining(message),
    });
  });

  it("answers a tenant without Intune with 400 and a token without its role with 403", async () => {
    const unlicensed = await get(DEVICE_PARTNERS, { headers: { authorization: bearer({ tenantId: NORTHWIND }) } });
    const forbidden = await get(CONNECTOR_STATUS, {
      headers: { authorization: bearer({ roles: ["DeviceManagementServiceConfig.Read.All"] }) },
    });

    expect([unlicensed.status, forbidden.status]).toEqual([400, 403]);
    expect(await unlicensed.text()).toContain("Request not applicable to target tenant.");
    expect(JSON.parse((await bodyOf(forbidden)).error.message).Message).toContain(
      "DeviceManagementConfiguration.Read.All",
    );
  });

  it("changes its behaviour while it runs", async () => {
    graph.setBehaviour({ connectorStatusForms: ["select"] });
    const property = await get(CONNECTOR_STATUS);
    const select = await get("/beta/deviceManagement?$select=connectorStatus");
    graph.setBehaviour({ connectorStatusForms: ["property", "select", "root"] });

    expect([property.status, select.status]).toEqual([400, 200]);
    expect(await select.json()).toMatchObject({ connectorStatus: { length: 3 } });
  });

  it("zips an answer when it is asked to", async () => {
    const zipped = await get(DEVICE_PARTNERS, { headers: { "accept-encoding": "gzip" } });
    const plain = await get(DEVICE_PARTNERS, { headers: { "accept-encoding": "identity" } });

    expect([zipped, plain].map((answer) => answer.headers.get("content-encoding"))).toEqual(["gzip", null]);
    expect(await zipped.text()).toBe(await plain.text());
  });

  it.each(["//", "//example.org/v1.0", "*", "/%zz"])("survives the path %s", async (path) => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(graph.url);
      const outgoing = request({ port, path, host: "127.0.0.1", headers: { authorization: bearer() } });
      outgoing.on("response", (response) => void text(response).then(() => resolve(response.statusCode)));
      outgoing.on("error", reject).end();
    });

    expect(status).toBe(400);
  });
});

describe("startSimulatedGraph() after a request that breaks off", () => {
  it("takes the next one", async () => {
    const socket = connect(Number(new URL(graph.url).port), "127.0.0.1").resume();
    socket.end(`POST ${SEND_MAIL} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\nhalf`);
    await once(socket, "close");

    expect((await get(DEVICE_PARTNERS)).status).toBe(200);
    expect(mails).toEqual([]);
  });
});

describe("startSimulatedGraph() log", () => {
  it("keeps method, path, tenant and status of a request, and never its token", async () => {
    const before = graph.requests.length;
    graph.setFault(undefined, "*", { kind: "reset", times: 1 });

    await expect(get(DEVICE_PARTNERS)).rejects.toThrow(TypeError);
    await get(`${DEVICE_PARTNERS}?$select=id`);
    await get("/v1.0/nothing", { headers: { authorization: "Bearer secret" } });

    expect(graph.requests.slice(before)).toEqual([
      { method: "GET", path: DEVICE_PARTNERS, tenantId: CONTOSO, status: undefined },
      { method: "GET", path: `${DEVICE_PARTNERS}?$select=id`, tenantId: CONTOSO, status: 200 },
      { method: "GET", path: "/v1.0/nothing", tenantId: undefined, status: 401 },
    ]);
  });

  it("remembers any method but GET, and lets a read token terminate a partner", async () => {
    const path = `${DEVICE_PARTNERS}/00000000-0000-4000-8000-00000000a003/terminate`;

    const terminated = await get(path, { method: "POST" });
    const patched = await get("/beta/deviceManagement", { method: "PATCH", body: "{}" });

    expect([terminated.status, patched.status]).toEqual([204, 403]);
    expect(graph.unexpectedMethods()).toEqual([
      { method: "POST", path, tenantId: CONTOSO, status: 204 },
      { method: "PATCH", path: "/beta/deviceManagement", tenantId: CONTOSO, status: 403 },
    ]);
  });
});

describe("startSimulatedGraph() mail", () => {
  const body = JSON.stringify({
    message: {
      subject: "Alert: ü",
      body: { contentType: "HTML", content: "<p>" },
      toRecipients: [{ emailAddress: { address: "ops@contoso.example" } }],
    },
  });
  const post = (roles: readonly string[], path = SEND_MAIL) =>
    get(path, { method: "POST", body, headers: { authorization: bearer({ roles }) } });

  it("is taken with 202 and no body, and is no write that a monitor must not make", async () => {
    const before = graph.unexpectedMethods().length;

    const answer = await post(["Mail.Send"]);

    expect([answer.status, await answer.text()]).toEqual([202, ""]);
    expect(answer.headers.get("request-id")).not.toBeNull();
    expect(mails).toEqual([{ path: SEND_MAIL, body }]);
    expect(graph.unexpectedMethods().slice(before)).toEqual([]);
    expect(graph.requests.at(-1)).toEqual({ method: "POST", path: SEND_MAIL, tenantId: CONTOSO, status: 202 });
  });

  it("is refused with 403 without its role", async () => {
    const answer = await post(["DeviceManagementServiceConfig.Read.All"]);

    expect(answer.status).toBe(403);
    expect((await bodyOf(answer)).error.code).toBe("ErrorAccessDenied");
    expect(mails).toEqual([]);
  });

  it("is throttled when it is told to be", async () => {
    graph.setFault(undefined, "sendMail", { kind: "throttled", retryAfter: { seconds: 120 }, times: 1 });

    const [throttled, taken] = [await post(["Mail.Send"]), await post(["Mail.Send"])];

    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "120"]);
    expect([taken.status, mails.length]).toEqual([202, 1]);
  });

  it.each(["/v1.0/users/it%40contoso.example/messages", "/beta/users/it%40contoso.example/sendMail"])(
    "is not posted to %s",
    async (path) => {
      const answer = await post(["Mail.Send"], path);

      expect(answer.status).toBe(403);
      expect(mails).toEqual([]);
      expect(graph.unexpectedMethods().at(-1)).toMatchObject({ method: "POST", path });
    },
  );
});

describe("startSimulatedGraph() faults", () => {
  it.each([
    { fault: { kind: "throttled", retryAfter: { seconds: 30 } }, status: 429, body: /TooManyRequests/ },
    { fault: { kind: "server-error", status: 502, html: true }, status: 502, body: /^<html>/ },
    { fault: { kind: "truncated" }, status: 200, body: /^\{"@odata.context".*[^}]$/ },
    { fault: { kind: "empty" }, status: 200, body: /^$/ },
    { fault: { kind: "redirect" }, status: 302, body: /^$/ },
    { fault: { kind: "body", status: 403, body: "<html>\r\n" }, status: 403, body: /^<html>\r\n$/ },
  ] satisfies readonly { fault: Fault; status: number; body: RegExp }[])(
    "sends $fault",
    async ({ fault, status, body }) => {
      graph.setFault(CONTOSO, "deviceManagementPartners", fault);

      const answer = await get(DEVICE_PARTNERS);

      expect(answer.status).toBe(status);
      expect(await answer.text()).toMatch(body);
      expect(answer.headers.get("request-id")).not.toBeNull();
    },
  );

  it("sends Retry-After and Location", async () => {
    graph.setFault(CONTOSO, "deviceManagementPartners", { kind: "throttled", retryAfter: { text: "soon" } });
    graph.setFault(CONTOSO, "connectorStatus", { kind: "redirect", location: "https://example.org/" });

    expect((await get(DEVICE_PARTNERS)).headers.get("retry-after")).toBe("soon");
    expect((await get(CONNECTOR_STATUS)).headers.get("location")).toBe("https://example.org/");
  });

  it("resets the connection so often as it is told to", async () => {
    graph.setFault(undefined, "*", { kind: "reset", times: 2 });

    await expect(get(DEVICE_PARTNERS)).rejects.toThrow(TypeError);
    await expect(get(COMPLIANCE_PARTNERS)).rejects.toThrow(TypeError);
    expect((await get(DEVICE_PARTNERS)).status).toBe(200);
  });

  it("begins an answer that never ends", async () => {
    graph.setFault(undefined, "*", { kind: "never-ends" });
    const client = new AbortController();

    const answer = await get(DEVICE_PARTNERS, { signal: client.signal });
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    const rest = reader?.read();
    client.abort();

    expect(answer.status).toBe(200);
    expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^\{"@odata.context"/);
    await expect(rest).rejects.toThrow("aborted");
  });

  it("pages a list by links that lead back to it", async () => {
    graph.setFault(undefined, "complianceManagementPartners", { kind: "paging", mode: "two-pages" });
    const whole = ["Jamf Device Compliance", "VMware Workspace ONE UEM", "Kandji"];

    const first = await bodyOf(await get(COMPLIANCE_PARTNERS));
    const second = await bodyOf(await get(first["@odata.nextLink"].slice(graph.url.length)));

    expect([...first.value, ...second.value].map((row) => row["displayName"])).toEqual(whole);
    expect(second).not.toHaveProperty("@odata.nextLink");
  });
});

describe("startSimulatedGraph() stop", () => {
  it("ends also an answer that never ends, and may be called twice", async () => {
    const other = await startSimulatedGraph({ scenario: loadScenario("demo"), zeroMs: ZERO_MS, nowMs: () => ZERO_MS });
    const authorization = bearer({ audience: other.url });
    other.setFault(undefined, "*", { kind: "never-ends" });
    const answer = await fetch(`${other.url}${DEVICE_PARTNERS}`, { headers: { authorization } });

    await other.stop();
    await other.stop();

    await expect(answer.text()).rejects.toThrow(TypeError);
    await expect(fetch(other.url)).rejects.toThrow(TypeError);
  });

  it("cannot take a port that is in use", async () => {
    const port = Number(new URL(graph.url).port);

    const second = startSimulatedGraph({ scenario: loadScenario("demo"), zeroMs: ZERO_MS, nowMs: () => ZERO_MS, port });

    await expect(second).rejects.toThrow(`Cannot listen on 127.0.0.1: a free port is wanted, current value is ${port}`);
  });
});
