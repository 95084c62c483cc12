import { describe, expect, it } from "vitest";
import { createConnectionsRoute } from "../../../src/http/connections-route.ts";
import { digest } from "../../builders/a-policy.ts";
import {
  anAlert,
  aPartner,
  aRequest,
  aSource,
  aState,
  at,
  bodyOf,
  OTHER_TENANT,
  PARTNER_ID,
  TENANT,
} from "./builders.ts";
import { aStoreOf, type StoredStates } from "./stored-states.ts";

const CONNECTIONS = "/api/v1/connections";
const SOURCE = aState({ reading: aSource("complianceManagementPartners") });
const HEAD = {
  lastSlotMs: at("2026-11-22T10:00:00Z"),
  observedAtMs: at("2026-11-22T10:00:20Z"),
  periodMs: 900_000,
  sources: { complianceManagementPartners: "read" },
};

async function aWorld(stored: StoredStates) {
  const route = createConnectionsRoute({ store: await aStoreOf(stored), tenants: [TENANT], digest });
  return (path: string, headers?: Record<string, string>) => route(aRequest(path, headers));
}

describe("createConnectionsRoute()", () => {
  it("answers the current state of every connection, worst first, and what cannot be read", async () => {
    const partner = aState({ alerts: { "heartbeat-age": anAlert() } });
    const get = await aWorld({ states: [SOURCE, partner], head: HEAD, unreadable: ["x"] });

    const reply = await get(`${CONNECTIONS}?tenant=${TENANT.tenantId}&code=s3cret`);

    expect(reply.status).toBe(200);
    expect(bodyOf(reply)).toEqual({
      tenantId: TENANT.tenantId,
      tenantName: "Contoso",
      lastPoll: {
        slotDateTime: "2026-11-22T10:00:00Z",
        observedDateTime: "2026-11-22T10:00:20Z",
        period: "PT15M",
        sources: { complianceManagementPartners: "read" },
      },
      value: [
        expect.objectContaining({
          connectionKey: digest(PARTNER_ID),
          verdict: "error",
          microsoftVerdict: "enabled",
          alerts: [expect.objectContaining({ ruleId: "heartbeat-age", phase: "firing" })],
        }),
        expect.objectContaining({ verdict: "ok", reading: expect.objectContaining({ kind: "source" }) }),
      ],
      unreadable: [{ rowKey: "live|state|x", connectionKey: "x" }],
    });
  });

  it("answers an empty list before the first poll", async () => {
    expect(bodyOf(await (await aWorld({}))(CONNECTIONS))).toEqual({
      tenantId: TENANT.tenantId,
      tenantName: "Contoso",
      value: [],
      unreadable: [],
    });
  });

  it.each([
    { name: "a malformed tenant", query: "?tenant=x", status: 400 },
    { name: "an unknown parameter", query: "?view=events", status: 400 },
    { name: "a tenant that is not configured", query: `?tenant=${OTHER_TENANT.tenantId}`, status: 404 },
  ])("answers $status to $name", async ({ query, status }) => {
    expect((await (await aWorld({}))(CONNECTIONS + query)).status).toBe(status);
  });

  it.each([
    { name: "nothing is new", stored: { states: [SOURCE] }, status: 304 },
    { name: "a connection is new", stored: { states: [SOURCE, aState()] }, status: 200 },
    { name: "a poll is new", stored: { states: [SOURCE], head: HEAD }, status: 200 },
  ])("answers $status to the ETag of before when $name", async ({ stored, status }) => {
    const before = await (await aWorld({ states: [SOURCE] }))(CONNECTIONS);

    const reply = await (await aWorld(stored))(CONNECTIONS, { "If-None-Match": before.headers["ETag"] ?? "" });

    expect(reply.status).toBe(status);
  });

  it("keeps a hostile name inert", async () => {
    const displayName = '</script>","admin":true';
    const get = await aWorld({ states: [aState({ reading: aPartner({ displayName }) })] });

    const reply = await get(CONNECTIONS);

    expect(bodyOf(reply).value[0].reading.displayName).toBe(displayName);
    expect(reply.headers).toMatchObject({ "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" });
  });

  it("writes no instant as a number", async () => {
    const partner = aState({
      reading: aPartner({ lastBeat: { atMs: 1, asSent: "x" } }),
      absentSinceMs: 1,
      alerts: { "heartbeat-age": anAlert() },
      configurationChange: { slotMs: 1, severity: "info", changes: [] },
    });

    const reply = await (await aWorld({ states: [SOURCE, partner], head: HEAD }))(CONNECTIONS);

    expect(reply.body).not.toMatch(/Ms"/);
  });
});
