import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { createHistoryRoute, type HistoryRouteDeps } from "../../../src/http/history-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { textOf } from "../../builders/text-of.ts";
import {
  anAlert,
  anEvent,
  aPartner,
  aRequest,
  aSnapshot,
  aSource,
  aState,
  at,
  bodyOf,
  OTHER_TENANT,
  PARTNER_ID,
  TENANT,
} from "./builders.ts";
import { parseCsv } from "./parse-csv.ts";
import { aStoredHistory } from "./stored-history.ts";

const KEY = digest(PARTNER_ID);
const NOW_MS = at("2026-11-22T10:07:42Z");
const HISTORY = "/api/v1/history";

function aWorld(overrides: Partial<HistoryRouteDeps> = {}) {
  const history = aStoredHistory(TENANT.tenantId);
  const time = { nowMs: NOW_MS };
  const clock = { nowMs: () => time.nowMs };
  const route = createHistoryRoute({
    history,
    store: history.store,
    tenants: [TENANT],
    clock,
    digest,
    links: {},
    ...overrides,
  });
  return { history, time, get: (path: string, headers?: Record<string, string>) => route(aRequest(path, headers)) };
}

async function aFullWorld() {
  const world = aWorld();
  for (let index = 0; index < 5; index += 1) {
    await world.history.addEvents(anEvent({ slotMs: NOW_MS - (index + 1) * MINUTE_MS }));
  }
  return world;
}

/** Follows nextLink to the end, 20 pages at most; `between` is called after each page. */
async function readAll(world: ReturnType<typeof aWorld>, path: string, between?: (page: number) => Promise<void>) {
  const slots: string[] = [];
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined && pages < 20; pages += 1) {
    const body = bodyOf(await world.get(next));
    slots.push(...body.value.map((row: { slotDateTime: string }) => row.slotDateTime));
    next = body.nextLink;
    await between?.(pages);
  }
  return { slots, pages };
}

describe("createHistoryRoute()", () => {
  it("answers a page of snapshots, the newest first", async () => {
    const world = aWorld();
    await world.history.addSnapshots(aSnapshot(), aSnapshot({ slotMs: at("2026-11-22T10:00:00Z") }));

    const reply = await world.get(`${HISTORY}?connection=${PARTNER_ID}&maxpagesize=1&code=s3cret&clientId=default`);

    const query = `tenant=${TENANT.tenantId}&view=snapshots&from=2026-11-15T10%3A07%3A00Z&to=2026-11-22T10%3A07%3A00Z&connection=${KEY}&maxpagesize=1`;
    const position = "8204658399999";
    expect(reply.status).toBe(200);
    expect(bodyOf(reply)).toEqual({
      tenantId: TENANT.tenantId,
      connectionKey: KEY,
      from: "2026-11-15T10:07:00Z",
      to: "2026-11-22T10:07:00Z",
      view: "snapshots",
      value: [
        {
          connectionKey: KEY,
          slotDateTime: "2026-11-22T10:00:00Z",
          observedDateTime: "2026-11-22T09:00:20Z",
          reading: {
            kind: "compliance-management-partner",
            connectionId: PARTNER_ID,
            displayName: "Jamf",
            state: "enabled",
            lastContact: { dateTime: "2026-11-22T09:00:00Z", asSent: "2026-11-22T09:00:00.0000000Z" },
            onboarded: { ios: true },
            assignments: {},
            problems: [],
          },
        },
      ],
      nextLink: `http://127.0.0.1:7071${HISTORY}?${query}&pagetoken=v1.${position}.${digest(`${position}\n${query}`)}`,
    });
  });

  it("answers a page of events of the only tenant", async () => {
    const world = aWorld();
    await world.history.addEvents(anEvent());

    expect(bodyOf(await world.get(HISTORY))).toEqual({
      tenantId: TENANT.tenantId,
      from: "2026-11-15T10:07:00Z",
      to: "2026-11-22T10:07:00Z",
      view: "events",
      value: [
        {
          connectionKey: KEY,
          connectionId: PARTNER_ID,
          displayName: "Jamf",
          slotDateTime: "2026-11-22T08:00:00Z",
          observedDateTime: "2026-11-22T08:00:20Z",
          changes: [{ type: "appeared", returned: false }],
        },
      ],
    });
  });

  it("takes a connection by key or by id", async () => {
    const world = aWorld();
    await world.history.addSnapshots(aSnapshot());

    const byKey = await world.get(`${HISTORY}?connection=${KEY.toUpperCase()}`);
    const byId = await world.get(`${HISTORY}?connection=${encodeURIComponent(PARTNER_ID)}`);

    expect(bodyOf(byKey).value).toHaveLength(1);
    expect(byId.body).toBe(byKey.body);
  });

  it.each([
    { name: "a malformed parameter", query: "?from=x", status: 400, parameter: "from" },
    {
      name: "a tenant that is not configured",
      query: `?tenant=${OTHER_TENANT.tenantId}`,
      status: 404,
      parameter: undefined,
    },
    {
      name: "a connection that nobody knows",
      query: "?connection=connector:x:default",
      status: 404,
      parameter: undefined,
    },
    { name: "a token that is none", query: "?pagetoken=", status: 400, parameter: "pagetoken" },
  ])("answers $status to $name", async ({ query, status, parameter }) => {
    const reply = await (await aFullWorld()).get(HISTORY + query);

    expect(reply.status).toBe(status);
    expect(reply.headers["Content-Type"]).toBe("application/problem+json");
    expect(bodyOf(reply).errors?.[0]?.parameter).toBe(parameter);
  });

  it("answers how a connection stood, in pages", async () => {
    const world = aWorld();
    await world.history.addStates(aState({ alerts: { "heartbeat-age": anAlert() } }));
    const query = `connection=${KEY}&view=intervals&from=2026-11-22T07:00:00Z&to=2026-11-22T09:00:00Z&maxpagesize=2`;

    const first = bodyOf(await world.get(`${HISTORY}?${query}`));
    const second = bodyOf(await world.get(first.nextLink));

    const common = {
      state: "firing",
      severity: "error",
      startDateTime: "2026-11-22T07:00:00Z",
      quiet: [],
      maintenance: [],
    };
    expect(first).toMatchObject({ view: "intervals", connectionKey: KEY, from: "2026-11-22T07:00:00Z" });
    expect(first.value).toEqual([
      { ...common, state: "error", reason: "heartbeat-age", episode: anAlert().episode?.id },
      { state: "inactive", ruleId: "partner-state", startDateTime: "2026-11-22T07:00:00Z", quiet: [], maintenance: [] },
    ]);
    expect(second.value[0]).toEqual({ ...common, ruleId: "heartbeat-age", episode: anAlert().episode?.id });
  });

  it("answers how long a connection was up", async () => {
    const world = aWorld();
    await world.history.addStates(aState({ firstSeenAtMs: at("2026-11-22T08:00:00Z") }));

    const body = bodyOf(
      await world.get(`${HISTORY}?connection=${KEY}&view=uptime&from=2026-11-22T07:00:00Z&to=2026-11-22T09:00:00Z`),
    );

    expect(body).toEqual({
      tenantId: TENANT.tenantId,
      connectionKey: KEY,
      from: "2026-11-22T07:00:00Z",
      to: "2026-11-22T09:00:00Z",
      view: "uptime",
      value: [
        {
          ratio: 1,
          upSeconds: 3_600,
          downSeconds: 0,
          unknownSeconds: 3_600,
          maintenanceSeconds: 0,
          coveredSeconds: 3_600,
          incidents: 0,
        },
      ],
    });
  });

  it.each(["intervals", "uptime"])("answers 404 and 409 to %s of what is not there or cannot be read", async (view) => {
    const world = aWorld();
    const unknown = await world.get(`${HISTORY}?connection=${KEY}&view=${view}`);
    world.history.spoil(KEY);
    const spoilt = await world.get(`${HISTORY}?connection=${KEY}&view=${view}`);

    expect([unknown.status, spoilt.status]).toEqual([404, 409]);
  });

  it("answers 400 to the uptime of a source", async () => {
    const world = aWorld();
    await world.history.addStates(aState({ reading: aSource("connectorStatus") }));

    const reply = await world.get(`${HISTORY}?connection=source:connectorStatus&view=uptime`);

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toMatchObject([{ parameter: "connection" }]);
  });

  it.each(["intervals", "uptime"])(
    "answers 304 to %s of a window in which nothing else came to light",
    async (view) => {
      const world = aWorld();
      await world.history.addStates(aState());
      const path = `${HISTORY}?connection=${KEY}&view=${view}&from=2026-11-22T07:00:00Z&to=2026-11-22T09:00:00Z`;
      const first = await world.get(path);

      world.time.nowMs += 5 * MINUTE_MS;
      const again = await world.get(path, { "If-None-Match": first.headers["ETag"] ?? "" });

      expect([first.status, again.status]).toEqual([200, 304]);
    },
  );

  it("asks for the tenant where several are configured", async () => {
    const reply = await aWorld({ tenants: [TENANT, OTHER_TENANT] }).get(HISTORY);

    expect(bodyOf(reply).errors).toMatchObject([{ parameter: "tenant" }]);
  });

  it("begins nextLink with the public address", async () => {
    const world = aWorld({ links: { publicUrl: "https://monitor.contoso.com" } });
    await world.history.addEvents(anEvent());

    const { nextLink } = bodyOf(await world.get(`${HISTORY}?maxpagesize=1`));

    expect(nextLink).toMatch(/^https:\/\/monitor\.contoso\.com\/api\/v1\/history\?/);
  });

  it("gives every row exactly once, to the end, while polls write new ones", async () => {
    const world = await aFullWorld();
    const before = await readAll(world, `${HISTORY}?maxpagesize=1000`);

    const paged = await readAll(world, `${HISTORY}?maxpagesize=2`, async (page) => {
      world.time.nowMs += 10 * MINUTE_MS;
      // One behind the window, one in the window but before the place already reached.
      await world.history.addEvents(
        anEvent({ slotMs: world.time.nowMs }),
        anEvent({ slotMs: NOW_MS - MINUTE_MS + page + 1 }),
      );
    });

    expect(before.slots).toHaveLength(5);
    expect(paged).toEqual({ slots: before.slots, pages: 3 });
  });

  it("pages to the end although the filter empties every page", async () => {
    const read = await readAll(await aFullWorld(), `${HISTORY}?maxpagesize=1&rule=expiry`);

    expect(read.slots).toEqual([]);
    expect(read.pages).toBe(6);
  });

  it("refuses the token when any parameter of nextLink is altered, lost or added", async () => {
    const world = await aFullWorld();
    const { nextLink } = bodyOf(await world.get(`${HISTORY}?maxpagesize=2`));
    const altered = fc.constantFrom(
      ["maxpagesize", "3"],
      ["maxpagesize", undefined],
      ["from", "2026-11-15T10:08:00Z"],
      ["to", "2026-11-22T10:06:00Z"],
      ["connection", KEY],
      ["rule", "expiry"],
      ["severity", "info"],
    );

    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(altered, { minLength: 1, selector: ([name]) => name }), async (edits) => {
        const url = new URL(nextLink);
        for (const [name = "", value] of edits) {
          if (value === undefined) url.searchParams.delete(name);
          else url.searchParams.set(name, value);
        }

        expect(bodyOf(await world.get(url.href)).errors).toMatchObject([{ parameter: "pagetoken" }]);
      }),
    );
  });

  it("refuses the token of another tenant", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    await history.addEvents(anEvent());
    const world = aWorld({ tenants: [TENANT, OTHER_TENANT], history });
    const { nextLink } = bodyOf(await world.get(`${HISTORY}?tenant=${TENANT.tenantId}&maxpagesize=1`));

    const reply = await world.get(nextLink.replace(TENANT.tenantId, OTHER_TENANT.tenantId));

    expect(bodyOf(reply).errors).toMatchObject([{ parameter: "pagetoken" }]);
  });

  it("follows nextLink on a worker whose clock is a little behind", async () => {
    const world = await aFullWorld();
    world.time.nowMs = at("2026-11-22T10:07:00.010Z");
    const { nextLink } = bodyOf(await world.get(`${HISTORY}?maxpagesize=2`));

    world.time.nowMs -= 1_000;

    expect((await world.get(nextLink)).status).toBe(200);
  });

  it("keeps its ETag, and answers 304 by it, until the facts change", async () => {
    const world = aWorld();
    await world.history.addEvents(anEvent());
    const first = await world.get(HISTORY);
    const etag = { "If-None-Match": first.headers["ETag"] ?? "" };

    world.time.nowMs += 5 * MINUTE_MS;
    const unchanged = await world.get(HISTORY, etag);
    await world.history.addEvents(anEvent({ slotMs: NOW_MS }));
    const changed = await world.get(HISTORY, etag);

    expect(unchanged.status).toBe(304);
    expect(unchanged.body).toBeUndefined();
    expect(changed.status).toBe(200);
    expect(bodyOf(changed).value).toHaveLength(2);
  });

  it("makes another ETag when only a further page comes into being", async () => {
    const world = aWorld();
    await world.history.addEvents(anEvent());

    const whole = await world.get(`${HISTORY}?maxpagesize=2`);
    const cut = await world.get(`${HISTORY}?maxpagesize=1`);

    expect(bodyOf(whole).value).toEqual(bodyOf(cut).value);
    expect(whole.headers["ETag"]).not.toBe(cut.headers["ETag"]);
  });

  it.each(["</script><img src=x onerror=alert(1)>", '","admin":true,"x":"', "\u202Egnp.exe\u0000\n", "\uD800"])(
    "keeps a hostile name inert: %j",
    async (displayName) => {
      const world = aWorld();
      await world.history.addSnapshots(aSnapshot({ reading: aPartner({ displayName }) }));

      const reply = await world.get(`${HISTORY}?connection=${KEY}`);

      expect(bodyOf(reply).value[0].reading.displayName).toBe(displayName);
      expect(Buffer.from(reply.body ?? "").toString()).toBe(reply.body);
      expect(reply.headers).toMatchObject({ "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" });
    },
  );

  it.each([
    { name: "by the query", query: "?format=csv", headers: {} },
    { name: "by Accept", query: "", headers: { Accept: "text/csv, application/json;q=0.5" } },
  ])("answers the whole window as a table when asked $name", async ({ query, headers }) => {
    const world = await aFullWorld();

    const reply = await world.get(HISTORY + query, headers);

    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": 'attachment; filename="history-events-20261115T100700Z-20261122T100700Z.csv"',
      Vary: "Accept",
    });
    expect(parseCsv(textOf(reply))).toHaveLength(1 + 5);
  });

  it("answers lines of JSON, and 304 until they change", async () => {
    const world = await aFullWorld();

    const reply = await world.get(`${HISTORY}?format=ndjson`);
    const again = await world.get(`${HISTORY}?format=ndjson`, { "If-None-Match": reply.headers["ETag"] ?? "" });

    expect(reply.headers["Content-Type"]).toBe("application/x-ndjson");
    expect(textOf(reply).trimEnd().split("\n")).toHaveLength(5);
    expect(again.status).toBe(304);
  });

  it.each([
    { name: "a page size", query: "?format=csv&maxpagesize=5", status: 400 },
    {
      name: "a connection that is not there",
      query: `?format=csv&view=snapshots&connection=${"0".repeat(32)}`,
      status: 404,
    },
  ])("answers $status to a table with $name", async ({ query, status }) => {
    expect((await aWorld().get(HISTORY + query)).status).toBe(status);
  });

  it("asks to narrow a window that holds more than 20,000 rows", async () => {
    const rows = Array.from({ length: 1_000 }, () => anEvent());
    const history = { ...aStoredHistory(TENANT.tenantId), events: async () => ({ rows, next: "1" }) };

    const reply = await aWorld({ history }).get(`${HISTORY}?format=csv`);

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual([
      { parameter: "from", message: "must be later, to narrow the window: csv holds at most 20000 rows" },
    ]);
  });

  it("never echoes a key", async () => {
    const world = await aFullWorld();
    const replies = await Promise.all(
      ["", "&from=x", `&tenant=${OTHER_TENANT.tenantId}`, "&pagetoken=x", "&maxpagesize=1"].map((query) =>
        world.get(`${HISTORY}?code=s3cret&clientId=s3cret${query}`),
      ),
    );

    expect(JSON.stringify(replies)).not.toContain("s3cret");
  });
});
