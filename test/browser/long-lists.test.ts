import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { DeliveryBody } from "../../src/http/contract/deliveries.ts";
import type { IntervalBody, SnapshotBody } from "../../src/http/contract/history.ts";
import { connectionHash, OLD_DESK, VMWARE, yesterday } from "./setup/places.ts";
import { CONTOSO } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";

const { open } = useBrowser();

const REFRESH_MS = 30_000;
const DAY_MS = 86_400_000;

/** The history that was asked for by an address, if it was. */
function askedFor(url: URL, view: string): URLSearchParams | undefined {
  const isIt = url.pathname.endsWith("/v1/history") && url.searchParams.get("view") === view;
  return isIt && url.searchParams.get("format") === null ? url.searchParams : undefined;
}

function linkTo(route: Route, token: string): string {
  const link = new URL(route.request().url());
  link.host = "elsewhere.example";
  link.searchParams.set("pagetoken", token);
  return link.href;
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** Asks the server without an ETag, as its answer is changed. */
async function answerOf(route: Route): Promise<object> {
  const { "if-none-match": _, ...headers } = route.request().headers();
  return (await route.fetch({ headers })).json();
}

/** Lets the answers of a view go on behind each page that has no token, on a page with these rows. */
async function goOn(page: Page, view: string, rows: readonly object[]): Promise<void> {
  await page.route(
    (url) => askedFor(url, view) !== undefined,
    async (route) => {
      const isLast = new URL(route.request().url()).searchParams.has("pagetoken");
      if (isLast) return route.fulfill({ json: { view, value: rows } });
      return route.fulfill({ json: { ...(await answerOf(route)), nextLink: linkTo(route, "2") } });
    },
  );
}

const BLIND: IntervalBody = {
  state: "unknown",
  reason: "forbidden",
  startDateTime: `${yesterday()}T00:00:00Z`,
  endDateTime: `${yesterday()}T00:01:00Z`,
  quiet: [],
  maintenance: [],
};

describe("a day with more than one page", () => {
  it("asks for that day of the connection as a whole, says that it goes on, and reads on", async () => {
    const asked: URLSearchParams[] = [];
    const page = await open({
      hash: `${connectionHash(CONTOSO, VMWARE)}?day=${yesterday()}`,
      prepare: async (opened) => {
        opened.on("request", (request) => {
          const query = askedFor(new URL(request.url()), "intervals");
          if (query !== undefined) asked.push(query);
        });
        await goOn(opened, "intervals", [BLIND]);
      },
    });
    const detail = page.getByRole("region", { name: /2\d{3}$/ });
    const before = await detail.locator(".interval").count();

    await detail.getByRole("button", { name: "Read on" }).click();
    await detail.getByText("Forbidden").waitFor();

    expect(asked.map((query) => [query.get("scope"), query.get("from"), query.get("to")?.slice(10)])[0]).toEqual([
      "whole",
      `${yesterday()}T00:00:00Z`,
      "T00:00:00Z",
    ]);
    expect(await detail.locator(".interval").count()).toBe(before + 1);
    expect(await detail.getByRole("button", { name: "Read on" }).count()).toBe(0);
  });

  it("is not called unwatched where it is not over its first minute", async () => {
    const page = await open({ hash: `${connectionHash(CONTOSO, VMWARE)}?day=${daysAgo(-1)}` });

    expect(await page.getByText("Nothing is known of this day yet.").isVisible()).toBe(true);
  });

  it("says of its readings, and of what happened, that there is more", async () => {
    const page = await open({
      hash: `${connectionHash(CONTOSO, VMWARE)}?day=${yesterday()}`,
      prepare: async (opened) => {
        await goOn(opened, "snapshots", []);
        await goOn(opened, "events", []);
      },
    });
    await page.getByText("What was read, and what was sent").click();

    await page.getByText("Only the newest readings of this day are shown.").waitFor();
    expect(await page.getByText("More happened in these 30 days; only the newest is shown.").isVisible()).toBe(true);
  });
});

describe("the bar of what has no stored one", () => {
  it("leaves out the days that were not read, and reads on", async () => {
    const today = { ...BLIND, startDateTime: BLIND.endDateTime, endDateTime: undefined };
    const long = { ...BLIND, startDateTime: "2020-01-01T00:00:00Z" };
    const page = await open({
      hash: connectionHash("fleet", OLD_DESK),
      prepare: (opened) =>
        opened.route(
          (url) => askedFor(url, "intervals") !== undefined,
          (route) => {
            const isLast = new URL(route.request().url()).searchParams.has("pagetoken");
            return route.fulfill({
              json: isLast ? { value: [long] } : { value: [today], nextLink: linkTo(route, "2") },
            });
          },
        ),
    });
    const days = page.getByRole("group", { name: "Days, oldest first" }).getByRole("button");
    const before = await days.count();

    await page.getByRole("region", { name: "The last 90 days" }).getByRole("button", { name: "Read on" }).click();
    await days.nth(89).waitFor();

    expect([before, await days.count()]).toEqual([1, 90]);
    expect(await page.getByText("Only the newest days are drawn.").count()).toBe(0);
  });
});

describe("the curve of a page that is left open", () => {
  it("keeps its older part while that has a new address, and reads what is settled once", async () => {
    const settled: string[] = [];
    let turn = 0;
    const page = await open({
      hash: connectionHash(CONTOSO, VMWARE),
      prepare: async (opened) => {
        await opened.clock.install();
        await opened.route((url) => askedFor(url, "snapshots") !== undefined, answer);
      },
    });

    /** What lasts up to now goes on at another address each time; the second of them is never answered. */
    async function answer(route: Route): Promise<void> {
      const query = new URL(route.request().url()).searchParams;
      if (query.has("pagetoken"))
        return query.get("pagetoken") === "1" ? route.fulfill({ json: anOlderPage() }) : undefined;
      if (query.has("to")) {
        settled.push(query.toString());
        return route.continue();
      }
      turn += 1;
      return route.fulfill({ json: { ...(await answerOf(route)), nextLink: linkTo(route, String(turn)) } });
    }
    const curve = page.getByRole("img", { name: /^Time without contact over 30 days: at most 20 d;/ });
    await curve.waitFor();

    const asked = page.waitForRequest((request) => request.url().includes("pagetoken=2"));
    await page.clock.runFor(REFRESH_MS);
    await asked;

    expect(await curve.count()).toBe(1);
    expect(settled).toHaveLength(1);
  });
});

/** A reading of days ago, at which nothing had been heard for twenty days. */
function anOlderPage(): { readonly value: readonly SnapshotBody[] } {
  const at = `${daysAgo(3)}T12:00:00Z`;
  const dateTime = `${daysAgo(23)}T12:00:00Z`;
  const snapshot: SnapshotBody = {
    connectionKey: VMWARE,
    slotDateTime: at,
    observedDateTime: at,
    reading: {
      kind: "compliance-management-partner",
      connectionId: "compliance-management-partner:1",
      displayName: "VMware Workspace ONE",
      state: "unresponsive",
      onboarded: {},
      assignments: {},
      problems: [],
      lastContact: { dateTime, asSent: dateTime },
    },
  };
  return { value: [snapshot] };
}

const GIVEN_UP: DeliveryBody = {
  notificationId: "n",
  status: "dead",
  channel: "old-desk",
  kind: "fired",
  toldBecause: "first-firing",
  ruleId: "sync-age",
  severity: "error",
  alertKey: "a",
  episode: "e",
  connectionKey: VMWARE,
  connectionKind: "compliance-management-partner",
  connectionName: "VMware Workspace ONE",
  slotDateTime: `${yesterday()}T00:00:00Z`,
  firedDateTime: `${yesterday()}T00:00:00Z`,
  attempts: 1,
};

describe("deliveries", () => {
  it("says of a count that was cut that there are more", async () => {
    const page = await open({
      hash: "/deliveries",
      prepare: (opened) =>
        opened.route("**/v1/deliveries?*status=dead*", (route) =>
          route.fulfill({ json: { tenantId: CONTOSO, value: [GIVEN_UP], nextLink: linkTo(route, "2") } }),
        ),
    });

    await page.getByRole("button", { name: /^Given up \(\d+\+\)$/ }).click();

    await page.getByText("Only the newest of each tenant are shown.").waitFor();
    expect(await page.getByRole("button", { name: "Read on" }).isVisible()).toBe(true);
  });
});
