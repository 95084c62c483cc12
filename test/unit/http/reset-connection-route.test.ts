import { describe, expect, it } from "vitest";
import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import { createResetConnectionRoute } from "../../../src/http/reset-connection-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { aState, bodyOf, PARTNER_ID, TENANT } from "./builders.ts";
import { aWrite, aWriteWorld } from "./write-world.ts";

const KEY = digest(PARTNER_ID);
const ORDER = { reason: "edited by hand", by: "Ann" };

async function aWorld() {
  const world = await aWriteWorld([aState()]);
  return {
    ...world,
    route: createResetConnectionRoute(world),
    spoil: () => world.storage.corrupt(TENANT.tenantId, stateKey(KEY)),
  };
}

function reset(
  write: { readonly headers?: Record<string, string>; readonly body?: unknown; readonly key?: string } = {},
) {
  const { key: connectionKey = KEY, ...rest } = write;
  const path = `/api/v1/connections/${connectionKey}/reset`;
  return aWrite("POST", path, { body: ORDER, params: { connectionKey }, ...rest });
}

describe("createResetConnectionRoute()", () => {
  it("sets an unreadable state aside, with who and why, and does it once", async () => {
    const { route, spoil, store, audit } = await aWorld();
    spoil();

    const replies = [await route(reset()), await route(reset())];

    expect(replies.map(({ status }) => status)).toEqual([204, 204]);
    expect((await store.loadLive(TENANT.tenantId)).unreadable).toEqual([]);
    expect(audit()).toEqual([expect.objectContaining({ action: "reset-connection", target: KEY, ...ORDER })]);
  });

  it("answers 409 for a state that can be read", async () => {
    const { route, audit } = await aWorld();

    const reply = await route(reset());

    expect([reply.status, bodyOf(reply).detail]).toEqual([409, expect.stringContaining("nothing to reset")]);
    expect(audit()).toEqual([]);
  });

  it("answers 409 when somebody else was faster", async () => {
    const world = await aWorld();
    world.spoil();
    const operators = { ...world.operators, setAside: async () => "conflict" as const };

    const reply = await createResetConnectionRoute({ ...world, operators })(reset());

    expect([reply.status, bodyOf(reply).detail]).toEqual([409, expect.stringContaining("ask again")]);
  });

  it.each([
    { what: "the right key", write: { headers: {} }, status: 403 },
    { what: "a reason", write: { body: { by: "Ann" } }, status: 400 },
    { what: "a connection", write: { key: "0".repeat(32) }, status: 404 },
    { what: "a key that may be one", write: { key: "x" }, status: 404 },
  ])("answers $status without $what, and writes nothing", async ({ write, status }) => {
    const { route, spoil, audit } = await aWorld();
    spoil();

    expect((await route(reset(write))).status).toBe(status);
    expect(audit()).toEqual([]);
  });
});
