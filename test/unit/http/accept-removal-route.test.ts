import { describe, expect, it } from "vitest";
import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import { createAcceptRemovalRoute } from "../../../src/http/accept-removal-route.ts";
import { aPolicy, digest } from "../../builders/a-policy.ts";
import { aState, bodyOf, PARTNER_ID, TENANT } from "./builders.ts";
import { aWrite, aWriteWorld } from "./write-world.ts";

const KEY = digest(PARTNER_ID);
const ORDER = { reason: "moved to another vendor", by: "Ann" };
const missing = aState({ absentPolls: 4, absentSinceMs: 1 });

async function aWorld(state = missing) {
  const world = await aWriteWorld([state]);
  const tenants = [{ ...TENANT, rules: aPolicy().rules }];
  return { ...world, route: createAcceptRemovalRoute({ ...world, tenants }) };
}

function remove(
  write: { readonly body?: unknown; readonly headers?: Record<string, string>; readonly key?: string } = {},
) {
  const { key: connectionKey = KEY, ...rest } = write;
  return aWrite("DELETE", `/api/v1/connections/${connectionKey}`, { body: ORDER, params: { connectionKey }, ...rest });
}

describe("createAcceptRemovalRoute()", () => {
  it("accepts the removal of a missing connection, with who and why", async () => {
    const { route, store, audit } = await aWorld();

    const reply = await route(remove());

    expect(reply.status).toBe(204);
    expect((await store.loadLive(TENANT.tenantId)).states[0]?.value.removalAcceptedAtMs).toBeDefined();
    expect(audit()).toEqual([expect.objectContaining({ action: "accept-removal", target: KEY, ...ORDER })]);
  });

  it.each([
    { what: "a connection that is there", state: aState(), status: 409, detail: "not missing" },
    { what: "one that nobody knows", state: aState({ connectionKey: "0".repeat(32) }), status: 404, detail: "no such" },
  ])("answers $status for $what", async ({ state, status, detail }) => {
    const { route, audit } = await aWorld(state);

    const reply = await route(remove());

    expect(reply.status).toBe(status);
    expect(bodyOf(reply).detail).toContain(detail);
    expect(audit()).toEqual([]);
  });

  it("answers 409 for a state that cannot be read", async () => {
    const { route, storage } = await aWorld();
    storage.corrupt(TENANT.tenantId, stateKey(KEY));

    expect((await route(remove())).status).toBe(409);
  });

  it("answers 409 when polls keep changing it", async () => {
    const world = await aWorld();
    const operators = { rewriteState: async () => "conflict" as const };
    const tenants = [{ ...TENANT, rules: aPolicy().rules }];

    const reply = await createAcceptRemovalRoute({ ...world, tenants, operators })(remove());

    expect([reply.status, bodyOf(reply).detail]).toEqual([409, expect.stringContaining("ask again")]);
  });

  it.each([
    { what: "the right key", write: { headers: {} }, status: 403 },
    { what: "a reason", write: { body: { by: "Ann" } }, status: 400 },
    { what: "a name", write: { body: { reason: "x" } }, status: 400 },
    { what: "a key that may be one", write: { key: "x" }, status: 404 },
    { what: "a body of bearable length", write: { body: "x".repeat(20_000) }, status: 413 },
  ])("answers $status without $what, and writes nothing", async ({ write, status }) => {
    const { route, audit } = await aWorld();

    expect((await route(remove(write))).status).toBe(status);
    expect(audit()).toEqual([]);
  });
});
