import { readFile } from "node:fs/promises";
import type { Download, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { connectionHash, KANDJI, VMWARE, yesterday } from "./setup/places.ts";
import { poll } from "./setup/poll.ts";
import { CONTOSO } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";
import { settle } from "./setup/visit.ts";

const { world, open } = useBrowser();

/** How often the page reads again. */
const REFRESH_MS = 30_000;

function said(page: Page): Promise<string> {
  return page.getByRole("status").last().innerText();
}

/** Fills in the dialog that is open and sends it; a name that was given before is still there. */
async function order(page: Page, given: { readonly action: string; readonly reason: string; readonly by?: string }) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason", exact: true }).fill(given.reason);
  if (given.by !== undefined) await dialog.getByRole("textbox", { name: "Your name", exact: true }).fill(given.by);
  await dialog.getByRole("button", { name: given.action }).click();
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8");
}

describe("an operator who comes in the morning", () => {
  it("enters the keys and sees on the first screen what is wrong", async () => {
    const page = await open({ keys: "none" });
    await page.getByLabel("Function key").fill(world.functionKey);
    await page.getByLabel("Write key").fill(world.writeKey);
    await page.getByRole("button", { name: "Show me how things stand" }).click();
    await page.getByRole("table", { name: "Connections, worst first" }).waitFor();

    const [headline, lastPoll, first] = await Promise.all([
      page.getByRole("heading", { level: 1 }).innerText(),
      page.getByText(/^Last good poll/).innerText(),
      page.getByRole("table", { name: "Connections, worst first" }).getByRole("row").nth(1).innerText(),
    ]);

    expect(headline).toMatch(/^5 of 9 connections need attention; Apple MDM push certificate expires in 6 days\.$/);
    expect(lastPoll).toMatch(/^Last good poll \d+ minutes ago, one every 15 min\.$/);
    expect(first.replaceAll(/\s+/g, " ")).toMatch(
      /^VMware Workspace ONE .* Critical Devices will be marked noncompliant 1 day ago 6 days ago 6 d 1\d h left \/ limit 7 d in 6 days/,
    );
  });

  it("leaves the keys in this tab alone: neither in an address nor on this machine", async () => {
    const addresses: string[] = [];
    const page = await open({
      prepare: async (opened) => opened.on("request", (request) => addresses.push(request.url())),
    });
    const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)) + document.cookie);

    const everywhere = [...addresses, page.url(), kept].join("\n");

    expect(addresses.length).toBeGreaterThan(5);
    expect(everywhere).not.toContain(world.functionKey);
    expect(everywhere).not.toContain(world.writeKey);
  });

  it("narrows the list to one tenant, one state and one name", async () => {
    const page = await open();
    const names = async (): Promise<readonly string[]> => {
      const links = page.getByRole("table", { name: "Connections, worst first" }).locator("tbody th a");
      return (await links.allInnerTexts()).map((name) => name.slice(0, 30));
    };

    await page.getByLabel("Tenant").selectOption({ label: "Contoso (simulated)" });
    await page.getByRole("heading", { name: /^3 of 5 connections/ }).waitFor();
    const ofTenant = await names();
    await page.getByRole("button", { name: "1 Warning" }).click();
    const ofState = await names();
    await page.getByRole("button", { name: "1 Warning" }).click();
    await page.getByLabel("Find a connection").fill("jamf");
    const ofName = await names();

    expect(page.url()).toContain(CONTOSO);
    expect(ofTenant).toHaveLength(6);
    expect(ofTenant[0]).toBe("VMware Workspace ONE");
    expect(ofState).toEqual(["Kandji"]);
    expect(ofName).toEqual(["Jamf Device Compliance"]);
  });

  it("understands it: what happens next, since when, what to do and where", async () => {
    const page = await open();
    await page.getByRole("link", { name: "VMware Workspace ONE" }).click();
    await page.locator("canvas").waitFor();
    const card = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { name: "Partner is not enabled" }) });
    const portal = page.getByRole("link", { name: /Partner device management/ });

    const [facts, words, curve] = await Promise.all([
      page.locator(".head").innerText(),
      card.innerText(),
      page.getByRole("img", { name: /^Time without contact/ }).getAttribute("aria-label"),
    ]);

    expect(facts.replaceAll(/\s+/g, " ")).toMatch(
      /Our verdict Critical Microsoft says Unresponsive Last contact 6 days ago Devices become noncompliant in 6 days/,
    );
    expect(words).toMatch(/What happens next\n.*removed from Intune[\s\S]*What to do\n.*Do not press Terminate/);
    expect(curve).toMatch(/at most 6 d [\d hmin]*; warning at 1 d 12 h, error at 3 d\.$/);
    expect(await portal.getAttribute("href")).toBe("https://intune.microsoft.com/");
    expect(await portal.getAttribute("rel")).toContain("noreferrer");
  });

  it("acknowledges it, sees that without doing anything after the next poll, and takes it back", async () => {
    const page = await open({
      hash: connectionHash(CONTOSO, KANDJI),
      prepare: (opened) => opened.clock.install(),
    });
    await page.getByRole("button", { name: /^Acknowledge\b/ }).click();
    await order(page, { action: "Acknowledge", reason: "Vendor is on it, ticket 4711", by: "Alex" });
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const done = await said(page);

    await poll(world, CONTOSO);
    await page.clock.runFor(REFRESH_MS);
    const quiet = await page.getByText(/^Acknowledged by/).innerText();
    await page.getByRole("button", { name: /^Take the acknowledgement back/ }).click();
    await order(page, { action: "Take it back", reason: "It was the wrong ticket" });
    await page.getByRole("dialog").waitFor({ state: "detached" });

    expect(done).toMatch(/^Acknowledged\. It shows here from the next poll on, due (in \d+ minutes?|now)\.$/);
    expect(await said(page)).toBe("Taken back. It shows here from the next poll on, due in 14 minutes.");
    expect(quiet).toMatch(/^Acknowledged by Alex.* until .* UTC: Vendor is on it, ticket 4711$/);
  });

  it("silences an alert, finds the silence, and ends it", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, KANDJI) });
    await page.getByRole("button", { name: /^Silence\b/ }).click();
    await order(page, { action: "Silence", reason: "Planned move to a new server", by: "Sam" });
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const done = await said(page);

    await page.getByRole("link", { name: "Silences" }).click();
    const line = page.getByRole("row", { name: /Planned move to a new server/ });
    const active = await line.innerText();
    await line.getByRole("button", { name: "End it" }).click();
    await order(page, { action: "End it", reason: "Moved" });
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await line.getByRole("button", { name: "End it" }).waitFor({ state: "detached" });

    expect(done).toMatch(/^Silenced\. Nothing that fits is told meanwhile; alerts show it from the next poll on, due /);
    expect(await said(page)).toMatch(/^Ended\. What fits is told again from the next poll on, due /);
    expect(active.replaceAll(/\s+/g, " ")).toMatch(/rule heartbeat-age Planned move to a new server on .* Sam/);
    expect(await line.innerText()).toContain("over");
  });
});

describe("an operator who looks back", () => {
  it("goes from the 90-day bar to a day, to its intervals, to what was read and what was sent", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const bar = page.getByRole("group", { name: "Days, oldest first" });
    const days = await bar.getByRole("button").count();

    await bar.getByRole("button").nth(-2).click();
    const detail = page.getByRole("region", { name: /2\d{3}$/ });
    await detail.getByText("What was read, and what was sent").click();
    await detail.getByRole("heading", { name: "Readings" }).waitFor();
    await detail.locator(".snapshots summary").first().click();
    const reading = await detail.locator(".snapshots pre").first().innerText();

    expect(days).toBe(90);
    expect(page.url()).toContain(`day=${yesterday()}`);
    expect(await detail.locator(".interval").count()).toBeGreaterThan(0);
    expect(JSON.parse(reading)).toMatchObject({
      connectionKey: VMWARE,
      reading: { displayName: "VMware Workspace ONE" },
    });
    await detail.getByRole("heading", { name: "Notifications" }).waitFor();
  });

  it("looks at 7, 30 and 90 days, each by a link of its own", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const spans = page.getByRole("navigation", { name: "How far back" });
    const before = await spans.locator("[aria-current]").innerText();

    await spans.getByRole("link", { name: "90 days" }).click();
    await page.getByRole("img", { name: /^Time without contact over 90 days/ }).waitFor();

    expect(before).toBe("30 days");
    expect(page.url()).toContain("days=90");
  });

  it("reads what happened, and of it the configuration alone", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const events = page.getByRole("region", { name: "What happened" });

    const all = await events.innerText();
    await page.getByLabel("Show").selectOption({ label: "configuration only" });
    const configuration = await events.innerText();

    expect(all).toContain("Microsoft's state: from enabled to unresponsive");
    expect(all).toMatch(/Partner state \(critical\): from pending to firing, confirmed/);
    expect(configuration).not.toContain("Partner state (critical)");
  });

  it("exports 30 days as a table for a spreadsheet", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);
    const lines = (await textOf(download)).split("\r\n");

    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    expect(lines[0]).toMatch(/slotDateTime,.*displayName/);
    expect(lines.filter((line) => line.includes("first-firing") || line.includes("fired")).length).toBeGreaterThan(0);
    expect(lines.some((line) => line.includes("VMware Workspace ONE"))).toBe(true);
  });
});

describe("an operator who looks ahead and after the channels", () => {
  it("finds the dates soonest first and saves them as a calendar", async () => {
    const page = await open({ hash: "/deadlines" });
    const names = await page.locator("tbody th a").allInnerTexts();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as calendar" }).click(),
    ]);

    expect(names).toEqual(["Apple MDM push certificate", "VMware Workspace ONE", "VMware Workspace ONE"]);
    expect(download.suggestedFilename()).toMatch(/\.ics$/);
    expect(await textOf(download)).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*VMware Workspace ONE/);
  });

  it("finds what was given up, and sends it again", async () => {
    const page = await open({ hash: "/deliveries" });
    await page.getByRole("button", { name: /^Given up \(\d+\)$/ }).click();
    await page.getByRole("button", { name: "Send again" }).first().click();
    await order(page, { action: "Send again", reason: "The desk is back", by: "Alex" });
    await page.getByRole("dialog").waitFor({ state: "detached" });

    expect(await said(page)).toBe("It is on its way again.");
  });

  it.each([
    { channel: "inbox", wanted: /The test reached inbox\./ },
    { channel: "old-desk", wanted: /The test did not reach old-desk: / },
  ])("tests a channel and is told what came of it: $channel", async ({ channel, wanted }) => {
    const page = await open({ hash: "/deliveries" });
    await page.getByRole("button", { name: `Test ${channel}` }).click();
    await order(page, { action: "Send a test", reason: "Morning check", by: "Alex" });

    await page.getByText(wanted).waitFor();
    expect(await page.getByText(wanted).count()).toBe(1);
  });
});

describe("a page that is left open", () => {
  it("asks again every half minute, is answered by 304, and draws nothing anew", async () => {
    const statuses: number[] = [];
    const page = await open({ prepare: (opened) => opened.clock.install() });
    await page
      .locator("tbody tr")
      .first()
      .evaluate((row) => row.setAttribute("data-test", "same"));
    page.on("response", (response) => {
      if (response.url().includes("/v1/connections")) statuses.push(response.status());
    });

    const asked = page.waitForResponse((response) => response.url().includes("/v1/connections?tenant=fleet"));
    await page.clock.runFor(REFRESH_MS);
    await asked;
    await settle(page);

    expect(new Set(statuses)).toEqual(new Set([304]));
    expect(await page.locator("tbody tr").first().getAttribute("data-test")).toBe("same");
  });
});
