import { describe, expect, it } from "vitest";
import { createRequestPollRoute } from "../../../src/http/request-poll-route.ts";
import { bodyOf, TENANT } from "./builders.ts";
import { aWrite, aWriteWorld, NOW } from "./write-world.ts";

const ORDER = { reason: "just repaired", by: "Ann" };

async function aWorld() {
  const world = await aWriteWorld();
  return { ...world, route: createRequestPollRoute(world) };
}

function ask(write: { readonly headers?: Record<string, string>; readonly body?: unknown } = {}, query = "") {
  return aWrite("POST", `/api/v1/polls${query}`, { body: ORDER, ...write });
}

describe("createRequestPollRoute()", () => {
  it("asks for a poll now, with who and why", async () => {
    const { route, queue, audit } = await aWorld();

    const reply = await route(ask());

    expect(reply.status).toBe(202);
    expect(bodyOf(reply)).toEqual({ tenantId: TENANT.tenantId, slotDateTime: NOW });
    expect(queue.takePolls()).toHaveLength(1);
    expect(audit()).toEqual([expect.objectContaining({ action: "request-poll", target: TENANT.tenantId, ...ORDER })]);
  });

  it("answers 429 with the seconds to wait when it is asked again", async () => {
    const { route, queue } = await aWorld();
    await route(ask());

    const reply = await route(ask());

    expect([reply.status, reply.headers["Retry-After"]]).toEqual([429, "60"]);
    expect(bodyOf(reply).title).toBe("Too Many Requests");
    expect(queue.takePolls()).toHaveLength(1);
  });

  it.each([
    { what: "the right key", write: { headers: {} }, query: "", status: 403 },
    { what: "a reason", write: { body: { by: "Ann" } }, query: "", status: 400 },
    {
      what: "a tenant that is configured",
      write: {},
      query: "?tenant=00000000-0000-4000-8000-00000000ffff",
      status: 404,
    },
    { what: "a tenant that is one", write: {}, query: "?tenant=fleet", status: 400 },
    { what: "a parameter that it knows", write: {}, query: "?slot=1", status: 400 },
  ])("answers $status without $what, and asks for nothing", async ({ write, query, status }) => {
    const { route, queue, audit } = await aWorld();

    expect((await route(ask(write, query))).status).toBe(status);
    expect(queue.takePolls()).toEqual([]);
    expect(audit()).toEqual([]);
  });
});
