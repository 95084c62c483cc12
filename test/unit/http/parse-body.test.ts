import { describe, expect, it } from "vitest";
import { parseBody } from "../../../src/http/parse-body.ts";
import { silenceBodySchema } from "../../../src/http/silence-body.schema.ts";
import { reasonBodySchema } from "../../../src/http/write-body.schema.ts";
import { bodyOf } from "./builders.ts";
import { aWrite } from "./write-world.ts";

function parse(body: unknown, headers?: Record<string, string>) {
  const input = aWrite("POST", "/api/v1/silences?code=s3cret", { body, ...(headers === undefined ? {} : { headers }) });
  return parseBody(silenceBodySchema, input);
}

describe("parseBody()", () => {
  it("reads a body, and takes what hides out of its texts", async () => {
    const body = { until: "2026-11-23T10:00:00Z", reason: " known\u202E\n trouble ", by: "Ann" };

    expect(await parse(body)).toEqual({
      kind: "ok",
      body: { match: {}, until: Date.UTC(2026, 10, 23, 10), reason: "known trouble", by: "Ann" },
    });
  });

  it("reads an empty body as an object without members", async () => {
    const parsed = await parseBody(reasonBodySchema, aWrite("DELETE", "/x", { body: "" }));

    expect(parsed.kind === "refused" && bodyOf(parsed.reply).errors).toEqual([
      { parameter: "reason", message: "must be a text of 1 to 200 characters" },
    ]);
  });

  const bad = [
    { body: "{", parameter: "body", message: "must be a JSON object" },
    { body: [], parameter: "body", message: "must be a JSON object" },
    { body: { reason: "\u200B", until: "2026-11-23T10:00:00Z" }, parameter: "reason", message: "1 to 200" },
    { body: { reason: "x".repeat(201), until: "2026-11-23T10:00:00Z" }, parameter: "reason", message: "1 to 200" },
    { body: { reason: "x", until: "tomorrow" }, parameter: "until", message: "RFC 3339" },
    { body: { reason: "x" }, parameter: "until", message: "RFC 3339" },
    {
      body: { reason: "x", until: "2026-11-23T10:00:00Z", forever: true },
      parameter: "forever",
      message: "not a member",
    },
    {
      body: { reason: "x", until: "2026-11-23T10:00:00Z", match: { severity: "awful" } },
      parameter: "match.severity",
      message: "must be one of info, warning, error, critical",
    },
    {
      body: { reason: "x", until: "2026-11-23T10:00:00Z", match: { tenant: "*" } },
      parameter: "match.tenant",
      message: "not a member",
    },
  ];

  it.each(bad)("answers 400 for $parameter of $body", async ({ body, parameter, message }) => {
    const parsed = await parse(body);

    expect(parsed.kind).toBe("refused");
    if (parsed.kind === "ok") return;
    expect(parsed.reply.status).toBe(400);
    expect(bodyOf(parsed.reply).errors).toEqual([{ parameter, message: expect.stringContaining(message) }]);
    expect(parsed.reply.body).not.toContain("s3cret");
  });

  it("answers 413 for a body that says it is too long, unread, and for one that does not say it", async () => {
    const unread = await parseBody(silenceBodySchema, {
      ...aWrite("POST", "/x", { headers: { "content-length": "16385" } }),
      text: () => Promise.reject(new Error("read")),
    });
    const silent = await parse({ reason: "x".repeat(16_384) });

    for (const parsed of [unread, silent]) expect(parsed.kind === "refused" && parsed.reply.status).toBe(413);
  });
});
