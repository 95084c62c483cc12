import { describe, expect, it } from "vitest";
import { createDeliveriesRoute } from "../../../src/http/deliveries-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { aDelivery, anInsert, anOutboxRow, SLOT_MS } from "../../contract/storage/storage-builders.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { createFakeOutbox } from "../../fakes/fake-outbox.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { aRequest, bodyOf, OTHER_TENANT, TENANT } from "./builders.ts";

const DELIVERIES = "/api/v1/deliveries";
const { tenantId } = TENANT;

/** Four notifications: one is on its way, one is delivered, one superseded, one dead. */
async function aWorld() {
  const storage = createMemoryStorage();
  const outbox = createFakeOutbox(storage);
  const rows = [0, 1, 2, 3].map((n) => anOutboxRow({ slotMs: SLOT_MS + n }));
  await createFakeMonitorStore(storage).commit(tenantId, { writes: [{ ...anInsert(), outbox: rows }] });
  const [, delivered, superseded, dead] = (await outbox.load(tenantId)).rows;
  for (const [row, outcome] of [
    [delivered, "delivered"],
    [superseded, "superseded"],
    [dead, "dead"],
  ] as const) {
    if (row === undefined) continue;
    const settledAtMs = row.value.facts.slotMs + 1_000;
    const reason = outcome === "delivered" ? {} : { reason: "http-404" };
    await outbox.settle(tenantId, [{ row, delivery: aDelivery(row.value, { outcome, settledAtMs, ...reason }) }]);
  }
  const history = createFakeHistoryStore(storage);
  const links = { publicUrl: "https://monitor.example" };
  const route = createDeliveriesRoute({ history, outbox, tenants: [TENANT], links, digest });
  return (query = "", headers = {}) => route(aRequest(DELIVERIES + query, headers));
}

function statusesOf(body: { readonly value: readonly { readonly status: string }[] }): readonly string[] {
  return body.value.map(({ status }) => status);
}

describe("createDeliveriesRoute()", () => {
  it.each([
    { query: "", want: ["superseded", "delivered"] },
    { query: "?status=delivered", want: ["superseded", "delivered"] },
    { query: "?status=dead", want: ["dead"] },
    { query: "?status=pending", want: ["pending"] },
  ])("answers $want to '$query', newest first", async ({ query, want }) => {
    const body = bodyOf(await (await aWorld())(query));

    expect(body.tenantId).toBe(tenantId);
    expect(statusesOf(body)).toEqual(want);
    expect(body.nextLink).toBeUndefined();
  });

  it("goes on page by page behind a link that any reader can follow", async () => {
    const get = await aWorld();

    const first = bodyOf(await get("?maxpagesize=1&code=s3cret"));
    const second = bodyOf(await get(new URL(first.nextLink).search));

    expect(first.nextLink).toMatch(/^https:\/\/monitor\.example\/api\/v1\/deliveries\?tenant=/);
    expect(first.nextLink).not.toContain("s3cret");
    expect([...statusesOf(first), ...statusesOf(second)]).toEqual(["superseded", "delivered"]);
  });

  it.each([
    "?status=lost",
    "?maxpagesize=0",
    "?maxpagesize=1001",
    "?tenant=x",
    "?from=2026-11-22T00:00:00Z",
    "?pagetoken=x",
  ])("answers 400 by name to '%s'", async (query) => {
    const reply = await (await aWorld())(query);

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors[0].parameter).toBe(/\w+/.exec(query)?.[0]);
  });

  it("refuses the token of another query", async () => {
    const get = await aWorld();
    const { nextLink } = bodyOf(await get("?maxpagesize=1"));

    const reply = await get(new URL(nextLink).search.replace("delivered", "dead"));

    expect([reply.status, bodyOf(reply).errors[0].parameter]).toEqual([400, "pagetoken"]);
  });

  it("answers 404 for a tenant that is not configured, and 304 for what the caller holds", async () => {
    const get = await aWorld();
    const { headers } = await get();

    expect((await get(`?tenant=${OTHER_TENANT.tenantId}`)).status).toBe(404);
    expect((await get("", { "If-None-Match": headers["ETag"] })).status).toBe(304);
  });
});
