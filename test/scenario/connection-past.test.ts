import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTableStorage, type TableStorage } from "../../src/adapters/tables/create-table-storage.ts";
import type { SourceRead } from "../../src/domain/connections/source.ts";
import { toIso } from "../../src/domain/time.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/units.ts";
import type { IntervalBody, UptimeBody } from "../../src/http/contract/history.ts";
import { createHistoryRoute } from "../../src/http/history-route.ts";
import { aPolicy, digest, goodReads, TENANT_ID } from "../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../builders/graph-rows.ts";
import { textOf } from "../builders/text-of.ts";
import { anAppWorld } from "../fakes/app-world.ts";
import { type ProxiedAzurite, startProxiedAzurite } from "../fakes/proxied-azurite.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const ROW_ID = "00000000-0000-4000-8000-000000000001";
const CONNECTION = `compliance-management-partner:${ROW_ID}`;

let azurite: ProxiedAzurite;
let storage: TableStorage;
let nowMs: number;
let worlds = 0;

beforeAll(async () => {
  azurite = await startProxiedAzurite();
});
afterAll(() => azurite.stop());
beforeEach(() => {
  worlds += 1;
  storage = createTableStorage({ connection: azurite, tablePrefix: `past${worlds}`, retryDelayMs: 1 });
});

/** What the partner's source says at one poll: how long the partner has been silent, or that it cannot be read. */
type Seen = { readonly silentMs: number } | "unreadable";

function reads(slotMs: number, seen: Seen): readonly SourceRead[] {
  if (seen !== "unreadable") {
    const row = aCompliancePartnerRow({ id: ROW_ID, beatMs: slotMs - seen.silentMs });
    return goodReads({ complianceManagementPartners: [row] });
  }
  return goodReads().map((read) =>
    read.sourceId === "complianceManagementPartners"
      ? { sourceId: read.sourceId, outcome: "unreadable", reason: "throttled" }
      : read,
  );
}

async function play(story: readonly Seen[]): Promise<void> {
  const { monitorStore: store, overviewStore: overview, outbox } = storage;
  const world = anAppWorld({ store, overview, outbox });
  for (const [index, seen] of story.entries()) {
    const slotMs = START_MS + index * PERIOD_MS;
    await world.poll({ slotMs, policy: aPolicy(), reads: reads(slotMs, seen) });
  }
  nowMs = START_MS + story.length * PERIOD_MS;
}

async function ask<T>(query: string): Promise<readonly T[]> {
  const { monitorStore: store, historyStore: history } = storage;
  const tenants = [{ tenantId: TENANT_ID, tenantName: "Contoso" }];
  const route = createHistoryRoute({ history, store, tenants, digest, links: {}, clock: { nowMs: () => nowMs } });
  const url = new URL(`http://127.0.0.1/api/v1/history?connection=${CONNECTION}&from=${toIso(START_MS)}&${query}`);
  const headers = new Headers();
  const reply = await route({
    method: "GET",
    url: url.href,
    query: url.searchParams,
    headers,
    params: {},
    text: async () => "",
    invocationId: "i",
  });
  expect(reply.status).toBe(200);
  return JSON.parse(textOf(reply)).value;
}

const fresh: Seen = { silentMs: HOUR_MS };
const silent: Seen = { silentMs: 80 * HOUR_MS };

describe("a partner that goes quiet, is out of sight and comes back", () => {
  const out = "unreadable";
  const story = [fresh, fresh, silent, silent, silent, out, out, silent, fresh, fresh, fresh, fresh, fresh] as const;

  it("is told as it was polled, by one rule", async () => {
    await play(story);

    const intervals = await ask<IntervalBody>("view=intervals&rule=heartbeat-age");

    const said = intervals.map(({ state, severity, blind, startDateTime, endDateTime = "…" }) => {
      const words = [startDateTime.slice(11, 16), endDateTime.slice(11, 16), state, severity, blind];
      return words.filter((word) => word !== undefined).join(" ");
    });
    expect(said.toReversed()).toEqual([
      "00:00 00:30 inactive",
      "00:30 00:45 pending error",
      "00:45 01:00 firing error",
      "01:00 01:45 firing error throttled",
      "01:45 02:00 firing error",
      "02:00 02:30 recovering error",
      "02:30  inactive",
    ]);
  });

  it("was down while it was seen to be so", async () => {
    await play(story);

    const [uptime] = await ask<UptimeBody>("view=uptime");

    expect(uptime).toEqual({
      ratio: 0.8,
      upSeconds: 120 * 60,
      downSeconds: 30 * 60,
      unknownSeconds: 45 * 60,
      maintenanceSeconds: 0,
      coveredSeconds: 150 * 60,
      incidents: 1,
      meanTimeToRecover: "PT1H15M",
    });
  });

  it.each(["intervals", "uptime"])("costs the states and 3 requests for each 1,000 events: %s", async (view) => {
    await play(story);
    azurite.reset();

    await ask(`view=${view}`);

    expect(azurite.requests().map(({ method }) => method)).toEqual(["GET", "GET", "GET", "GET"]);
    const filters = azurite.requests().map(({ path }) => decodeURIComponent(path));
    expect(filters[0]).toContain("live|");
    expect(filters.slice(1).every((path) => path.includes("event|") && path.includes("$top=1000"))).toBe(true);
  });
});
