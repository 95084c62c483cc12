import { describe, expect, it } from "vitest";
import { createConnectionRoute } from "../../../src/http/connection-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { anEvent, aPartner, aRequest, aState, bodyOf, OTHER_TENANT, PARTNER_ID, TENANT } from "./builders.ts";
import { aStoredHistory } from "./stored-history.ts";

const KEY = digest(PARTNER_ID);

async function aWorld() {
  const history = aStoredHistory(TENANT.tenantId);
  const route = createConnectionRoute({ store: history.store, history, tenants: [TENANT], digest });
  const get = (connectionKey = KEY, query = "", headers = {}) =>
    route({ ...aRequest(`/api/v1/connections/x${query}`, headers), params: { connectionKey } });
  return { history, get };
}

describe("createConnectionRoute()", () => {
  it("answers the state of one connection with its deadlines and what happened last", async () => {
    const { history, get } = await aWorld();
    const removalDeadline = { atMs: Date.UTC(2026, 11, 1), asSent: "2026-12-01T00:00:00Z" };
    await history.addStates(
      aState({ reading: aPartner({ removalDeadline }), removalAcceptedAtMs: Date.UTC(2026, 10, 22) }),
    );
    await history.addEvents(anEvent());

    const reply = await get(KEY.toUpperCase());

    expect(reply.status).toBe(200);
    expect(bodyOf(reply)).toMatchObject({
      ...TENANT,
      connectionKey: KEY,
      removalAcceptedDateTime: "2026-11-22T00:00:00Z",
      deadlines: [{ kind: "removal", dateTime: "2026-12-01T00:00:00Z" }],
      reading: { displayName: "Jamf" },
      events: [{ slotDateTime: "2026-11-22T08:00:00Z", changes: [{ type: "appeared" }] }],
    });
    expect(reply.body).not.toMatch(/Ms"/);
  });

  it("answers 304 until something happens", async () => {
    const { history, get } = await aWorld();
    await history.addStates(aState());
    const headers = { "If-None-Match": (await get()).headers["ETag"] };

    expect((await get(KEY, "", headers)).status).toBe(304);
    await history.addEvents(anEvent());
    expect((await get(KEY, "", headers)).status).toBe(200);
  });

  it.each([
    { name: "a connection that nobody knows", key: "0".repeat(32), query: "", status: 404 },
    { name: "a key that is none", key: "live|head", query: "", status: 404 },
    { name: "a tenant that is not configured", key: KEY, query: `?tenant=${OTHER_TENANT.tenantId}`, status: 404 },
    { name: "a parameter that it does not know", key: KEY, query: "?view=events", status: 400 },
    { name: "a state that cannot be read", key: digest("spoilt"), query: "", status: 409 },
  ])("answers $status to $name", async ({ key, query, status }) => {
    const { history, get } = await aWorld();
    await history.addStates(aState());
    history.spoil(digest("spoilt"));

    expect((await get(key, query)).status).toBe(status);
  });
});
