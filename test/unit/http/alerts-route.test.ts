import { describe, expect, it } from "vitest";
import { toIso } from "../../../src/domain/time.ts";
import { createAlertsRoute } from "../../../src/http/alerts-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { anOverview, SLOT_MS } from "../../contract/storage/storage-builders.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { anAlert, aPartner, aRequest, aState, bodyOf, OTHER_TENANT, PARTNER_ID, TENANT } from "./builders.ts";
import { aStoreOf } from "./stored-states.ts";

const ALERTS = "/api/v1/alerts";
const SECOND_ID = "compliance-management-partner:second";

/** One partner's alert is pending and another's recovers; a third fires in another tenant, and one in the fleet. */
async function aWorld() {
  const states = [
    aState({ alerts: { "heartbeat-age": anAlert({ phase: "pending", severity: "error" }) } }),
    aState({
      reading: aPartner({ connectionId: SECOND_ID, displayName: "Second" }),
      alerts: {
        "partner-state": anAlert({ ruleId: "partner-state", phase: "recovering", severity: "error" }),
        "heartbeat-age": anAlert({ phase: "inactive" }),
      },
    }),
  ];
  const overview = createFakeOverviewStore(createMemoryStorage());
  const line = { kind: "connector", standing: "active" } as const;
  await overview.project(
    anOverview({
      ...TENANT,
      more: 2,
      connections: [
        {
          ...line,
          connectionKey: digest("1"),
          name: "Apple",
          alerts: [
            { ruleId: "expiry", phase: "pending", severity: "critical" },
            {
              ruleId: "reported-health",
              phase: "firing",
              severity: "error",
              alertKey: digest("3"),
              sinceSlotMs: SLOT_MS,
            },
          ],
        },
      ],
    }),
  );
  await overview.project(
    anOverview({
      ...OTHER_TENANT,
      more: 1,
      connections: [
        {
          ...line,
          connectionKey: digest("2"),
          name: "NDES",
          alerts: [{ ruleId: "sync-age", phase: "firing", severity: "critical" }],
        },
      ],
    }),
  );
  await overview.project(anOverview({ tenantId: "fleet", connections: [] }));
  const tenants = [TENANT, OTHER_TENANT];
  const route = createAlertsRoute({ store: await aStoreOf({ states }), overview, tenants, digest });
  return (query = "", headers = {}) => route(aRequest(ALERTS + query, headers));
}

describe("createAlertsRoute()", () => {
  it("answers the alerts of one tenant from its rows, gravest first, with all that is known of them", async () => {
    const get = await aWorld();

    const body = bodyOf(await get(`?tenant=${TENANT.tenantId}`));

    expect(body.connectionsLeftOut).toBe(0);
    expect(body.value).toMatchObject([
      { ruleId: "partner-state", phase: "recovering", connectionName: "Second", connectionKey: digest(SECOND_ID) },
      {
        ...TENANT,
        connectionKey: digest(PARTNER_ID),
        connectionKind: "compliance-management-partner",
        connectionName: "Jamf",
        ruleId: "heartbeat-age",
        phase: "pending",
        severity: "error",
        alertKey: "a".repeat(32),
        sinceDateTime: "2026-11-22T08:00:00Z",
        evaluation: { verdict: "breach" },
        quiet: [],
        told: [{ channel: "ops" }],
      },
    ]);
    expect(body.value).toHaveLength(2);
  });

  it("answers the alerts of all tenants from the overview, gravest first, by key where a row is new enough", async () => {
    const get = await aWorld();

    const body = bodyOf(await get());

    expect(body.connectionsLeftOut).toBe(3);
    expect(body.value).toEqual([
      {
        ...OTHER_TENANT,
        connectionKey: digest("2"),
        connectionKind: "connector",
        connectionName: "NDES",
        ruleId: "sync-age",
        title: expect.any(String),
        phase: "firing",
        severity: "critical",
      },
      expect.objectContaining({ ...TENANT, ruleId: "expiry", phase: "pending", severity: "critical" }),
      expect.objectContaining({
        ...TENANT,
        ruleId: "reported-health",
        alertKey: digest("3"),
        sinceDateTime: toIso(SLOT_MS),
      }),
    ]);
  });

  it.each([
    { query: "?phase=firing", want: ["sync-age", "reported-health"] },
    { query: "?severity=critical", want: ["sync-age", "expiry"] },
    { query: "?rule=expiry", want: ["expiry"] },
    { query: "?rule=expiry&phase=firing", want: [] },
    { query: `?tenant=${TENANT.tenantId}&phase=recovering`, want: ["partner-state"] },
    { query: "?tenant=fleet", want: [] },
  ])("shows only what $query asks for", async ({ query, want }) => {
    const body = bodyOf(await (await aWorld())(query));

    expect(body.value.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(want);
  });

  it.each([
    { parameter: "phase", query: "?phase=inactive" },
    { parameter: "severity", query: "?severity=bad" },
    { parameter: "rule", query: "?rule=x" },
    { parameter: "tenant", query: "?tenant=x" },
    { parameter: "channel", query: "?channel=ops" },
  ])("answers 400 by name to $query", async ({ parameter, query }) => {
    const reply = await (await aWorld())(query);

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual([{ parameter, message: expect.any(String) }]);
  });

  it("answers 404 for a tenant that is not configured, and 304 for what the caller holds", async () => {
    const get = await aWorld();
    const { headers } = await get();

    expect((await get("?tenant=00000000-0000-4000-8000-00000000ffff")).status).toBe(404);
    expect((await get("", { "If-None-Match": headers["ETag"] })).status).toBe(304);
  });
});
