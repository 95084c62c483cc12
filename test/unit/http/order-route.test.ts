import { describe, expect, it } from "vitest";
import { acknowledgementBodySchema } from "../../../src/http/acknowledgement-body.schema.ts";
import { readTenant } from "../../../src/http/find-connection.ts";
import { createOrderRoute } from "../../../src/http/order-route.ts";
import { at, TENANT } from "./builders.ts";
import { aWrite, aWriteWorld, WRITE_KEY } from "./write-world.ts";

const BODY = { until: "2026-11-23T10:00:00Z", reason: "on it", by: "Ann" };

/** A route whose orders are kept. */
async function aRoute() {
  const { tenants, access } = await aWriteWorld();
  const followed: unknown[] = [];
  const route = createOrderRoute({
    access,
    ask: (input) => readTenant(input, tenants),
    schema: acknowledgementBodySchema,
    follow: async (_input, order) => {
      followed.push(order);
      return { status: 204, headers: {} };
    },
  });
  return { route, followed };
}

describe("createOrderRoute()", () => {
  it("follows an order by what it is about, what it says, and who gives it", async () => {
    const { route, followed } = await aRoute();

    const reply = await route(aWrite("PUT", "/x", { body: BODY }));

    expect(reply.status).toBe(204);
    const until = at("2026-11-23T10:00:00Z");
    const person = { by: "Ann", byVerified: false };
    expect(followed).toEqual([{ ...BODY, until, kind: "found", tenant: TENANT, person }]);
  });

  it.each([
    { what: "a subject that is not there, before the right to write", path: "/x?tenant=fle", headers: {}, status: 400 },
    { what: "who may not write, before the body", path: "/x", headers: {}, body: "{", status: 403 },
    { what: "a body that cannot be used", path: "/x", body: "{", status: 400 },
  ])("refuses $what", async ({ path, headers = { "x-monitor-write-key": WRITE_KEY }, body = BODY, status }) => {
    const { route, followed } = await aRoute();

    const reply = await route(aWrite("PUT", path, { body, headers }));

    expect(reply.status).toBe(status);
    expect(followed).toEqual([]);
  });
});
