import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FUNCTION_KEY, MASTER_KEY, type SampleHost, startSample } from "./sample-host.ts";

const CODE = `
const echo = async (request, context) => {
  const body = await request.text();
  return { jsonBody: {
    name: context.functionName, url: request.url, params: request.params, query: [...request.query], body,
    headers: Object.fromEntries(request.headers),
  } };
};
app.http("echo", { authLevel: "anonymous", methods: ["GET", "POST"], route: "v1/echo/{id?}", handler: echo });
app.http("aFirst", { authLevel: "anonymous", methods: ["GET"], route: "v1/both", handler: echo });
app.http("zSecond", { authLevel: "anonymous", methods: ["GET", "PUT"], route: "v1/both", handler: echo });
app.http("keyed", { authLevel: "function", methods: ["GET"], route: "v1/keyed", handler: echo });
app.http("master", { authLevel: "admin", methods: ["GET"], route: "v1/master", handler: echo });
app.http("off", { authLevel: "function", methods: ["GET"], route: "v1/off", handler: echo });
app.http("unrouted", { authLevel: "anonymous", handler: echo });
const answers = {
  nothing: () => undefined,
  text: () => ({ body: "hello", headers: { "x-own": "1" } }),
  created: () => ({ status: 201, jsonBody: { a: 1 } }),
  empty: () => ({ status: 204, body: "dropped" }),
  unchanged: () => ({ status: 304, body: "dropped", headers: { etag: '"1"' } }),
  bytes: () => ({ body: new Uint8Array([0, 255, 7]) }),
  string: () => "not an object",
  status: () => ({ status: 42 }),
  throws: () => { throw new Error("secret detail"); },
  cookie: () => ({ cookies: [{ name: "a", value: "b" }] }),
};
app.http("answers", { authLevel: "anonymous", methods: ["GET"], route: "answers/{kind}", handler: (r) => answers[r.params.kind]() });
`;

describe("startLocalHost() serving HTTP", () => {
  let host: SampleHost;

  beforeAll(async () => {
    const settings = { "AzureWebJobs.off.Disabled": "1", FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "1000" };
    host = await startSample({ code: CODE, options: { settings } });
  });

  afterAll(() => host.stop());

  async function send(path: string, init: RequestInit = {}) {
    const response = await fetch(`${host.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  }

  /** Sends what fetch cannot: repeated headers, and a chunked body. */
  function sendRaw(path: string, headers: Record<string, string | string[]>): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${host.url}${path}`, { method: "POST", headers }, (response) => {
        response.toArray().then((chunks) => resolve(Buffer.concat(chunks).toString()), reject);
      });
      request.write("part");
      request.end();
    });
  }

  async function echoOf(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
    return JSON.parse((await send(path, init)).text);
  }

  it.each([
    { path: "/api/v1/echo/7", want: 200 },
    { path: "/API/V1/Echo", want: 200 },
    { path: "/api/v1/echo/7/8", want: 404 },
    { path: "/api/unrouted", want: 200 },
    { path: "/v1/echo/7", want: 404 },
    { path: "/api", want: 404 },
    { path: "/", want: 200 },
    { path: "/admin/host/ping", want: 200 },
    { path: "/admin/host/status", want: 401 },
    { path: "/admin/functions", want: 401 },
    { path: "/admin/functions/echo", want: 404 },
    { path: "/admin/host/keys", want: 404 },
  ])("answers $want for GET $path without a key", async ({ path, want }) => {
    const { status } = await send(path);

    expect(status).toBe(want);
  });

  it.each(["HEAD", "PUT", "DELETE", "OPTIONS"])(
    "answers 404 for a %s that the function does not declare",
    async (method) => {
      const { status } = await send("/api/v1/echo/7", { method });

      expect(status).toBe(404);
    },
  );

  it("tries routes in the order of function names", async () => {
    const got = await echoOf("/api/v1/both");
    const put = await echoOf("/api/v1/both", { method: "PUT" });

    expect([got["name"], put["name"]]).toEqual(["aFirst", "zSecond"]);
  });

  it.each([
    { path: "keyed", given: "no key", headers: {}, want: 401 },
    { path: "keyed", given: "a wrong key", headers: { "x-functions-key": "wrong" }, want: 401 },
    { path: "keyed", given: "the function key", headers: { "x-functions-key": FUNCTION_KEY }, want: 200 },
    { path: "keyed", given: "the master key", headers: { "x-functions-key": MASTER_KEY }, want: 200 },
    { path: `keyed?code=${FUNCTION_KEY}`, given: "the function key in the query", headers: {}, want: 200 },
    { path: `keyed?code=${FUNCTION_KEY}`, given: "a wrong header", headers: { "x-functions-key": "wrong" }, want: 401 },
    { path: "master", given: "the function key", headers: { "x-functions-key": FUNCTION_KEY }, want: 401 },
    { path: "master", given: "the master key", headers: { "x-functions-key": MASTER_KEY }, want: 200 },
    { path: "off", given: "no key", headers: {}, want: 401 },
    { path: "off", given: "the function key", headers: { "x-functions-key": FUNCTION_KEY }, want: 404 },
    { path: "off", given: "the master key", headers: { "x-functions-key": MASTER_KEY }, want: 200 },
  ])("answers $want for $path with $given", async ({ path, headers, want }) => {
    const { status, text } = await send(`/api/v1/${path}`, { headers });

    expect(status).toBe(want);
    expect(text === "").toBe(want !== 200);
  });

  it("joins repeated query keys and repeated headers by a comma", async () => {
    const text = await sendRaw("/api/v1/echo?q=1&Q=2&empty=&r=a%20b", { "X-Many": ["1", "2"] });

    const echo = JSON.parse(text);
    expect(echo["query"]).toEqual([
      ["q", "1,2"],
      ["empty", ""],
      ["r", "a b"],
    ]);
    expect(echo["headers"]).toMatchObject({ "x-many": "1,2" });
  });

  it("hands over the address as it was asked for", async () => {
    const echo = await echoOf("/api/v1/echo/a%20b?code=x");

    expect(echo["url"]).toBe(`${host.url}/api/v1/echo/a%20b?code=x`);
    expect(echo["params"]).toEqual({ id: "a b" });
  });

  it("leaves an absent optional parameter out", async () => {
    const echo = await echoOf("/api/v1/echo");

    expect(echo["params"]).toEqual({});
  });

  it("strips the principal headers that only the platform may set", async () => {
    const headers = { "x-ms-client-principal": "x", "X-MS-CLIENT-PRINCIPAL-ID": "y", "x-ms-other": "z" };
    const echo = await echoOf("/api/v1/echo", { headers });

    const seen = Object.keys(echo["headers"] ?? {}).filter((name) => name.startsWith("x-ms-"));
    expect(seen).toEqual(["x-ms-other"]);
  });

  it("hands over a body of known length", async () => {
    const echo = await echoOf("/api/v1/echo", { method: "POST", body: "héllo" });

    expect(echo["body"]).toBe("héllo");
  });

  it("hands over no chunked body, as the real host", async () => {
    const text = await sendRaw("/api/v1/echo", { "transfer-encoding": "chunked" });

    expect(JSON.parse(text)).toMatchObject({ body: "" });
  });

  it("refuses a body over the limit", async () => {
    const { status } = await send("/api/v1/echo", { method: "POST", body: "x".repeat(1001) });

    expect(status).toBe(413);
  });

  it.each([
    { kind: "nothing", status: 204, type: null, text: "" },
    { kind: "text", status: 200, type: "text/plain;charset=UTF-8", text: "hello" },
    { kind: "created", status: 201, type: "application/json", text: '{"a":1}' },
    { kind: "empty", status: 204, type: null, text: "" },
    { kind: "unchanged", status: 304, type: null, text: "" },
    { kind: "string", status: 500, type: null, text: "" },
    { kind: "status", status: 500, type: null, text: "" },
    { kind: "throws", status: 500, type: null, text: "" },
    { kind: "cookie", status: 500, type: null, text: "" },
  ])("answers $status when the handler returns $kind", async ({ kind, status, type, text }) => {
    const answer = await send(`/api/answers/${kind}`);

    expect(answer).toMatchObject({ status, text });
    expect(answer.headers.get("content-type")).toBe(type);
  });

  it("sends headers and bytes of the handler unchanged", async () => {
    const { headers } = await send("/api/answers/text");
    const bytes = await (await fetch(`${host.url}/api/answers/bytes`)).bytes();

    expect(headers.get("x-own")).toBe("1");
    expect([...bytes]).toEqual([0, 255, 7]);
  });

  it("logs why a handler failed, under the name of its function", async () => {
    await send("/api/answers/throws");
    const entry = await host.line(/secret detail/);

    expect(entry).toMatchObject({ level: "error", category: "Function.answers", functionName: "answers" });
  });

  it("lists functions to a holder of the master key", async () => {
    const headers = { "x-functions-key": MASTER_KEY };
    const all = await send("/admin/functions", { headers });
    const status = await send("/admin/host/status", { headers });

    expect(JSON.parse(all.text)).toHaveLength(8);
    expect(JSON.parse(all.text)).toContainEqual(expect.objectContaining({ name: "off", isDisabled: true }));
    expect(JSON.parse(status.text)).toMatchObject({ state: "Running" });
  });

  it.each([
    { name: "missing", headers: { "x-functions-key": MASTER_KEY }, want: 404 },
    { name: "echo", headers: { "x-functions-key": MASTER_KEY }, want: 400 },
    { name: "echo", headers: { "x-functions-key": FUNCTION_KEY }, want: 401 },
  ])("answers $want to a call of $name by hand", async ({ name, headers, want }) => {
    const { status } = await send(`/admin/functions/${name}`, { method: "POST", headers, body: '{"input":""}' });

    expect(status).toBe(want);
  });

  it("tells names, types and routes of its functions", () => {
    const listed = host.functions.map((fn) => [fn.name, fn.type, fn.type === "http" ? fn.route : ""]);

    expect(listed.slice(0, 3)).toEqual([
      ["aFirst", "http", "api/v1/both"],
      ["answers", "http", "api/answers/{kind}"],
      ["echo", "http", "api/v1/echo/{id?}"],
    ]);
  });
});

describe("startLocalHost() with routes at the root", () => {
  it("serves functions without a prefix, and the home page only where no function is", async () => {
    const code = `app.http("page", { authLevel: "anonymous", route: "page", handler: () => ({ body: "page" }) });`;
    const hostJson = { extensions: { http: { routePrefix: "" } } };
    const options = { settings: { AzureWebJobsDisableHomepage: "true" } };
    const host = await startSample({ code, hostJson, options });

    const page = await fetch(`${host.url}/page`);
    const home = await fetch(`${host.url}/`);
    await host.stop();

    expect([page.status, home.status]).toEqual([200, 204]);
  });
});
