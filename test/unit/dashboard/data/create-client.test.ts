import { describe, expect, it } from "vitest";
import { createClient } from "../../../../dashboard/data/create-client.ts";

interface Sent {
  readonly path: string;
  readonly init: RequestInit;
}

/** A client of a server that answers with these, one after the other. */
function aClient(...answers: readonly (Response | Error)[]) {
  const sent: Sent[] = [];
  const keys = { functionKey: "f-key", writeKey: "w-key" };
  const client = createClient({
    root: "/api",
    keys,
    clockMs: () => Date.parse("2026-11-22T12:00:00Z"),
    deadline: () => new AbortController().signal,
    fetch: async (path, init) => {
      sent.push({ path, init });
      const answer = answers[sent.length - 1];
      if (answer instanceof Response) return answer;
      throw answer ?? new TypeError("no more answers");
    },
  });
  return { client, sent };
}

function json(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** Its head arrives, its body does not. */
function brokenOff(): Response {
  const body = new ReadableStream({ start: (controller) => controller.error(new TypeError("gone")) });
  return new Response(body, { headers: { etag: '"2"' } });
}

describe("createClient()", () => {
  it("sends the key in a header and never in the address", async () => {
    const { client, sent } = aClient(json({}));

    await client.read("v1/tenants");

    expect(sent[0]).toMatchObject({ path: "/api/v1/tenants", init: { headers: { "x-functions-key": "f-key" } } });
    expect(JSON.stringify(sent[0]?.init.headers)).not.toContain("w-key");
  });

  it("asks by ETag the second time, and says that nothing has changed", async () => {
    const { client, sent } = aClient(json({ a: 1 }, { etag: 'W/"1"' }), new Response(null, { status: 304 }));

    expect(await client.read("v1/tenants")).toEqual({ kind: "new", body: { a: 1 } });
    expect(await client.read("v1/tenants")).toEqual({ kind: "same" });
    expect(sent[1]?.init.headers).toMatchObject({ "if-none-match": 'W/"1"' });
  });

  it("asks for the whole answer again of what it was told to forget", async () => {
    const { client, sent } = aClient(json({ a: 1 }, { etag: '"1"' }), json({ a: 1 }));
    await client.read("v1/tenants");

    client.forget("v1/tenants");
    await client.read("v1/tenants");

    expect(sent[1]?.init.headers).not.toHaveProperty("if-none-match");
  });

  it.each([
    { what: "breaks off", cut: brokenOff(), failure: "offline" },
    { what: "is no JSON", cut: new Response("<html>", { headers: { etag: '"2"' } }), failure: "failed" },
  ])("keeps no ETag of an answer that $what", async ({ cut, failure }) => {
    const { client, sent } = aClient(json({ a: 1 }, { etag: '"1"' }), cut, new Response(null, { status: 304 }));
    await client.read("a");

    const answer = await client.read("a");
    await client.read("a");

    expect(answer).toMatchObject({ kind: "failed", failure: { kind: failure } });
    expect(sent[2]?.init.headers).toMatchObject({ "if-none-match": '"1"' });
  });

  it("waits for an answer no longer than its deadline", async () => {
    const patience = new AbortController();
    const client = createClient({
      root: "/api",
      keys: { functionKey: "f-key", writeKey: "" },
      clockMs: () => 0,
      deadline: () => patience.signal,
      fetch: (_path, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted")))),
    });

    const read = client.read("a");
    patience.abort();

    expect(await read).toMatchObject({ kind: "failed", failure: { kind: "offline" } });
  });

  it("does not use the ETag of one address for another", async () => {
    const { client, sent } = aClient(json({}, { etag: '"1"' }), json({}));

    await client.read("a");
    await client.read("b");

    expect(sent[1]?.init.headers).not.toHaveProperty("if-none-match");
  });

  it("writes with both keys", async () => {
    const { client, sent } = aClient(new Response(null, { status: 204 }));

    const outcome = await client.write({ method: "PUT", path: "v1/x", body: { reason: "r" } });

    expect(outcome).toEqual({ kind: "done", body: undefined });
    expect(sent[0]?.init).toMatchObject({
      method: "PUT",
      body: '{"reason":"r"}',
      headers: { "x-functions-key": "f-key", "x-monitor-write-key": "w-key" },
    });
  });

  it.each([
    { name: "no key", answer: new Response("", { status: 401 }), kind: "unauthorized", message: /not accepted/ },
    {
      name: "no way to write",
      answer: json({ detail: "Writes are off" }, {}, 403),
      kind: "forbidden",
      message: "Writes are off",
    },
    { name: "no such thing", answer: new Response("", { status: 404 }), kind: "missing", message: /nothing here/ },
    {
      name: "bad input, by parameter",
      answer: json({ detail: "d", errors: [{ parameter: "until", message: "must be ahead" }] }, {}, 400),
      kind: "bad",
      message: "until must be ahead",
      errors: [{ parameter: "until", message: "must be ahead" }],
    },
    {
      name: "a server that waits",
      answer: new Response("busy", { status: 503 }),
      kind: "unavailable",
      message: /cannot answer/,
    },
    { name: "a server that fails", answer: new Response("", { status: 500 }), kind: "failed", message: /its log/ },
    { name: "no server", answer: new TypeError("fetch failed"), kind: "offline", message: /cannot be reached/ },
  ])("says what is wrong: $name", async ({ answer, kind, message, errors }) => {
    const { client } = aClient(answer);

    expect(await client.read("v1/x")).toEqual({
      kind: "failed",
      failure: { kind, message: expect.stringMatching(message), errors },
    });
  });

  it("goes by the server's clock, but for what the way takes", async () => {
    const { client } = aClient(
      json({}, { date: "Sun, 22 Nov 2026 11:00:00 GMT" }),
      json({}, { date: "Sun, 22 Nov 2026 12:00:03 GMT" }),
    );

    await client.read("a");
    const behind = client.nowMs();
    await client.read("a");

    expect(new Date(behind).toISOString()).toBe("2026-11-22T11:00:00.000Z");
    expect(new Date(client.nowMs()).toISOString()).toBe("2026-11-22T12:00:00.000Z");
  });

  it("saves a file under the name that the server gives", async () => {
    const headers = { "content-type": "text/csv", "content-disposition": 'attachment; filename="events.csv"' };
    const { client } = aClient(new Response("a,b", { headers }), new Response("", { status: 404 }));

    expect(await client.download("v1/x")).toEqual({ text: "a,b", type: "text/csv", name: "events.csv" });
    expect(await client.download("v1/x")).toMatchObject({ kind: "missing" });
  });
});
