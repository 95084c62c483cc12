import { describe, expect, it } from "vitest";
import { acknowledgementBodySchema } from "../../../src/http/acknowledgement-body.schema.ts";
import { readOrder } from "../../../src/http/read-order.ts";
import { bodyOf } from "./builders.ts";
import { aWrite, WRITE_KEY } from "./write-world.ts";

const BODY = { until: "2026-11-23T10:00:00Z", reason: "on it" };
const claims = [
  { typ: "name", val: "Zoë" },
  { typ: "roles", val: "Monitor.Operator" },
];
const PRINCIPAL = Buffer.from(JSON.stringify({ claims })).toString("base64");

function read(body: unknown, headers: Record<string, string> = { "x-monitor-write-key": WRITE_KEY }) {
  const access = { isKey: (given: string) => given === WRITE_KEY, trustsPlatform: true };
  return readOrder(acknowledgementBodySchema, aWrite("PUT", "/x", { body, headers }), access);
}

describe("readOrder()", () => {
  it("takes a person at their word, and says that nobody vouches for it", async () => {
    const order = await read({ ...BODY, by: "Ann" });

    expect(order).toMatchObject({ kind: "ok", person: { by: "Ann", byVerified: false } });
  });

  it("prefers the name that the platform vouches for", async () => {
    const order = await read({ ...BODY, by: "Ann" }, { "x-ms-client-principal": PRINCIPAL });

    expect(order).toMatchObject({ kind: "ok", person: { by: "Zoë", byVerified: true } });
  });

  it.each([
    { what: "nobody", body: BODY, headers: undefined, status: 400, parameter: "by" },
    { what: "a bad body", body: { by: "Ann" }, headers: undefined, status: 400, parameter: "until" },
    { what: "no key, before the body is looked at", body: "{", headers: {}, status: 403, parameter: undefined },
  ])("refuses $what", async ({ body, headers, status, parameter }) => {
    const order = await read(body, headers);

    expect(order.kind).toBe("refused");
    if (order.kind === "ok") return;
    expect(order.reply.status).toBe(status);
    expect(bodyOf(order.reply).errors?.[0].parameter).toBe(parameter);
  });
});
