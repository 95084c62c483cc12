import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { createHistoryRoute, type HistoryRouteDeps } from "../../../src/http/history-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { anEvent, aPartner, aRequest, aSnapshot, at, bodyOf, OTHER_TENANT, PARTNER_ID, TENANT } from "./builders.ts";
import { aStoredHistory } from "./stored-history.ts";

const KEY = digest(PARTNER_ID);
const NOW_MS = at("2026-11-22T10:07:42Z");
const HISTORY = "/api/v1/history";

function aWorld(overrides: Partial<HistoryRouteDeps> = {}) {
  const history = aStoredHistory(TENANT.tenantId);
  const time = { nowMs: NOW_MS };
  const clock = { nowMs: () => time.nowMs };
  const route = createHistoryRoute({ history, tenants: [TENANT], clock, digest, links: {}, ...overrides });
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
