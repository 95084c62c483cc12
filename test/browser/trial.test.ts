import type { Locator, Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { ConnectionsBody } from "../../src/http/contract/connections.ts";
import type { IntervalBody } from "../../src/http/contract/history.ts";
import type { PreviewBody } from "../../src/http/contract/preview.ts";
import { findViolations } from "./setup/find-violations.ts";
import { connectionHash, HEXNODE, VMWARE } from "./setup/places.ts";
import { CONTOSO, TAILSPIN } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";

const { world, open } = useBrowser();

const FAILED = /^error: Failed to load resource/;
const PREVIEW = "**/v1/rules/preview*";
const NOTHING = "With your limits nothing would have fired.";

function formOf(page: Page): Locator {
  return page.getByRole("region", { name: "Try another threshold" });
}

async function tryOut(trial: Locator, limits: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const [label, value] of Object.entries(limits)) await trial.getByLabel(new RegExp(`^${label}`)).fill(value);
  await trial.getByRole("button", { name: /^Try on the last/ }).click();
}

/** What is said of a limit beside its value: what is wrong with it, and what holds. */
function saidOf(trial: Locator, label: string): Promise<string> {
  return trial.locator(".field", { hasText: label }).innerText();
}

/** Opens a connection's page with the tenant's answer changed. */
function openChanged(edit: (body: ConnectionsBody) => ConnectionsBody): Promise<Page> {
  return open({
    hash: connectionHash(CONTOSO, VMWARE),
    prepare: (page) =>
      page.route("**/v1/connections*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: edit(await response.json()) });
      }),
  });
}

/** Sets the limits of the one connection otherwise than they are. */
function withLimits(limits: Readonly<Record<string, string | null>>, enabled = true) {
  return (body: ConnectionsBody): ConnectionsBody => ({
    ...body,
    value: body.value.map((connection) => ({
      ...connection,
      ruleLimits: [{ ruleId: "heartbeat-age", enabled, limits }],
    })),
  });
}

/** When polls told that each episode of a partner's silence began and ended, newest first. */
async function episodesTold(tenant: string, connection: string): Promise<readonly (readonly string[])[]> {
  const from = new Date(Date.now() - 4 * 86_400_000).toISOString();
  const query = new URLSearchParams({
    tenant,
    view: "intervals",
    connection,
    rule: "heartbeat-age",
    from,
    maxpagesize: "1000",
  });
  const response = await fetch(`${world.apiUrl}/v1/history?${query}`, {
    headers: { "x-functions-key": world.functionKey },
  });
  const { value }: { readonly value: readonly IntervalBody[] } = JSON.parse(await response.text());
  const episodes = Map.groupBy(
    value.filter(({ episode }) => episode !== undefined),
    ({ episode }) => episode,
  );
  return [...episodes.values()].map((intervals) => {
    const [last, first] = [intervals[0], intervals.at(-1)];
    return [first?.startDateTime, last?.endDateTime].filter((at) => at !== undefined);
  });
}

/** When the page says that each episode would have begun and ended. */
async function episodesShown(trial: Locator): Promise<readonly (readonly (string | null)[])[]> {
  const lines = await trial.getByRole("list", { name: "Episodes with your limits" }).getByRole("listitem").all();
  return Promise.all(
    lines.map(async (line) => {
      const times = await line.locator("time").all();
      return Promise.all(times.map((time) => time.getAttribute("datetime")));
    }),
  );
}

describe("who tries another threshold", () => {
  it("is offered every limit of the rule, is told at the field which contradict, reads the result, and resets", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE), complaint: FAILED });
    const trial = formOf(page);
    await trial.getByLabel("Rule").selectOption({ label: "Heartbeat age" });
    const offered = await saidOf(trial, "Critical from");

    await tryOut(trial, { "Error from": "200" });
    await trial.getByText("Must be below critical").waitFor();
    const [error, critical] = [await saidOf(trial, "Error from"), await saidOf(trial, "Critical from")];
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("name"));
    const violations = await findViolations(page);
    await tryOut(trial, { "Critical from": "240" });
    await trial.getByRole("table").waitFor();
    const rows = (await trial.getByRole("row").allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " "));
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    const darkAndNarrow = await findViolations(page);
    const isSideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    await trial.getByRole("button", { name: "Reset" }).click();

    expect(offered).toContain("Now 7 d, but it does not count for this connection");
    expect([error, critical]).toEqual([
      expect.stringContaining("Must be below critical"),
      expect.stringContaining("Must be above error"),
    ]);
    expect(focused).toBe("errorFrom");
    expect([...violations, ...darkAndNarrow]).toEqual([]);
    expect(isSideways).toBe(false);
    expect(rows[1]).toMatch(/^Those that hold .*error from 3 d, critical from 7 d 1 time Error/);
    expect(rows[2]).toMatch(/^Yours .*error from 8 d 8 h, critical from 10 d 1 time Warning/);
    expect(await trial.getByRole("table").count()).toBe(0);
    expect(await trial.getByLabel(/^Error from/).inputValue()).toBe("72");
    expect(await trial.getByLabel(/^Critical from/).inputValue()).toBe("168");
  });

  // Of the played past only the last day was polled as often as the schedule says that a replay goes by.
  it("leaves all as it is, and is shown exactly what polls told", async () => {
    const page = await open({ hash: connectionHash(TAILSPIN, HEXNODE) });
    const trial = formOf(page);

    await tryOut(trial);
    await trial.getByText("Your limits would have told just what those that hold have told.").waitFor();

    const told = await episodesTold(TAILSPIN, HEXNODE);
    expect(told).toHaveLength(1);
    expect(await episodesShown(trial)).toEqual(told);
  });

  it("is told that nothing would have fired, and that less is stored than was asked for", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const trial = formOf(page);

    await tryOut(trial, { Warning: "150", "Error from": "160" });
    await trial.getByText(NOTHING).waitFor();

    expect(
      await trial.getByText(/^\d+ stored readings, from .* You asked for all since .*, but nothing older/).count(),
    ).toBe(1);
    expect((await trial.getByRole("row").last().innerText()).replaceAll(/\s+/g, " ")).toMatch(/ 0 times – /);
  });

  it("is not told that something is missing where all of the time is stored", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const trial = formOf(page);
    await page.route(PREVIEW, async (route) => {
      const response = await route.fetch();
      const body: PreviewBody = await response.json();
      const value = body.value.map((connection) => ({ ...connection, sinceDateTime: body.from }));
      await route.fulfill({ response, json: { ...body, value } });
    });

    await tryOut(trial);
    await trial.getByRole("table").waitFor();

    expect(await trial.getByText(/^\d+ stored readings/).innerText()).not.toContain("You asked for");
  });

  it.each([
    { snapshots: 0, says: /^No reading since .* is stored: there is nothing to try limits on\.$/ },
    { snapshots: 9, says: /^Nothing was read since .* that the rule could judge\.$/ },
  ])("is told that there is nothing to judge in $snapshots readings", async ({ snapshots, says }) => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const trial = formOf(page);
    await page.route(PREVIEW, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), snapshots, value: [] } });
    });

    await tryOut(trial);

    await trial.getByText(says).waitFor();
    expect(await trial.getByRole("table").count()).toBe(0);
  });

  it("waits for the answer, and does without one that comes after the reset", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const trial = formOf(page);
    const held: Route[] = [];
    await page.route(PREVIEW, (route) => {
      held.push(route);
    });
    await tryOut(trial);
    await trial.getByText("Loading").waitFor({ state: "attached" });
    const mayAskAgain = await trial.getByRole("button", { name: /^Try on/ }).isEnabled();

    await trial.getByRole("button", { name: "Reset" }).click();
    const answered = page.waitForResponse(PREVIEW);
    await held[0]?.continue();
    await (await answered).finished();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));

    expect(mayAskAgain).toBe(false);
    expect(await trial.getByText("Nothing is changed.").isVisible()).toBe(true);
    expect(await trial.getByRole("table").count()).toBe(0);
  });

  it.each([
    { status: 503, errors: undefined, says: "The monitor cannot answer now." },
    { status: 409, errors: undefined, says: "It has changed meanwhile." },
    {
      status: 400,
      errors: [{ parameter: "from", message: "must be later" }],
      says: "from must be later",
    },
  ])("is told why there is no preview: $status", async ({ status, errors, says }) => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE), complaint: FAILED });
    const trial = formOf(page);
    await page.route(PREVIEW, (route) => route.fulfill({ status, json: { errors } }));

    await tryOut(trial);

    expect(await trial.getByRole("alert").innerText()).toBe(`The preview cannot be shown. ${says}`);
  });

  it("may leave a step off, or turn it on", async () => {
    const page = await openChanged(withLimits({ warnAfter: "PT36H", errorFrom: "P3D", criticalFrom: null }));
    const trial = formOf(page);
    const bodies: unknown[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/v1/rules/preview")) bodies.push(request.postDataJSON().rules);
    });

    const said = await saidOf(trial, "Critical from");
    await tryOut(trial);
    await trial.getByRole("table").waitFor();
    await tryOut(trial, { "Critical from": "240" });
    await trial.getByText("critical from 10 d").waitFor();

    expect(said).toContain("Off now; empty leaves it off");
    expect(bodies).toEqual([
      { "heartbeat-age": { enabled: true } },
      { "heartbeat-age": { enabled: true, criticalFrom: "PT14400M" } },
    ]);
  });

  it("may try a rule that is off", async () => {
    const page = await openChanged(withLimits({ warnAfter: "PT36H" }, false));
    const trial = formOf(page);

    const rules = await trial.getByLabel("Rule").innerText();
    const asked = page.waitForRequest(PREVIEW);
    await tryOut(trial);

    expect(rules).toBe("Heartbeat age (off)");
    expect((await asked).postDataJSON().rules).toEqual({ "heartbeat-age": { enabled: true } });
  });
});
