import { describe, expect, it } from "vitest";
import { DAY_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { createDeadlinesRoute } from "../../../src/http/deadlines-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { textOf } from "../../builders/text-of.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { aRequest, at, OTHER_TENANT, TENANT } from "./builders.ts";
import { parseEvents } from "./parse-calendar.ts";
import { aLine, anOverview } from "./watched-overviews.ts";

const DEADLINES = "/api/v1/deadlines.ics";
const EXPIRY_MS = at("2026-11-28T06:00:00Z");
const FIRST_SLOT_MS = at("2026-11-22T10:00:00Z");

async function aWorld() {
  const overview = createFakeOverviewStore(createMemoryStorage());
  const poll = (expiryMs: number, lastSlotMs = FIRST_SLOT_MS) =>
    overview.project(anOverview({ lastSlotMs, connections: [aLine({ expiryMs })] }));
  await overview.register(TENANT.tenantId, at("2026-11-01T00:00:00Z"));
  await poll(EXPIRY_MS);
  const route = createDeadlinesRoute({ overview, tenants: [TENANT, OTHER_TENANT], digest });
  return { poll, get: (query = "", headers = {}) => route(aRequest(DEADLINES + query, headers)) };
}

describe("createDeadlinesRoute()", () => {
  it("answers a calendar to subscribe to", async () => {
    const { get } = await aWorld();

    const reply = await get(`?tenant=${TENANT.tenantId}&code=s3cret`);

    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'attachment; filename="deadlines.ics"',
    });
    expect(parseEvents(textOf(reply))).toHaveLength(1);
  });

  it("changes when a date does, and not because of a poll", async () => {
    const { get, poll } = await aWorld();
    const etag = (await get()).headers["ETag"] ?? "";

    await poll(EXPIRY_MS, FIRST_SLOT_MS + 15 * MINUTE_MS);
    const same = await get("", { "If-None-Match": etag });
    await poll(EXPIRY_MS + DAY_MS, FIRST_SLOT_MS + 30 * MINUTE_MS);
    const other = await get("", { "If-None-Match": etag });

    expect([same.status, other.status]).toEqual([304, 200]);
    expect(textOf(other)).toContain("LAST-MODIFIED:20261122T103000Z");
  });

  it.each([
    { query: "?tenant=x", status: 400 },
    { query: "?days=7", status: 400 },
    { query: "?tenant=7c9e6679-7425-40de-944b-ffffffffffff", status: 404 },
  ])("answers $status to $query", async ({ query, status }) => {
    expect((await (await aWorld()).get(query)).status).toBe(status);
  });
});
