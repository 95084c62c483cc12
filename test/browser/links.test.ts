import { describe, expect, it } from "vitest";
import { connectionHash, VMWARE, yesterday } from "./setup/places.ts";
import { CONTOSO } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";
import { settle } from "./setup/visit.ts";

const { world, open } = useBrowser();

describe("a deep link", () => {
  it.each([
    { hash: "/overview", heading: /^5 of 9 connections need attention/ },
    { hash: `/overview?tenant=${CONTOSO}`, heading: /^3 of 5 connections need attention/ },
    { hash: connectionHash(CONTOSO, VMWARE), heading: /^VMware Workspace ONE$/ },
    { hash: "/deadlines", heading: /^Deadlines$/ },
    { hash: `/deliveries?tenant=${CONTOSO}`, heading: /^Deliveries$/ },
    { hash: "/silences", heading: /^Silences$/ },
    { hash: "/no-such-view", heading: /^5 of 9 connections need attention/ },
    { hash: "/connection/%zz/nonsense?day=x", heading: /^5 of 9 connections need attention/ },
  ])("leads to its view: #$hash", async ({ hash, heading }) => {
    const page = await open({ hash });

    expect(await page.getByRole("heading", { level: 1 }).innerText()).toMatch(heading);
  });

  it("to a day of a connection opens that day, and is what the address holds after a press", async () => {
    const page = await open({ hash: `${connectionHash(CONTOSO, VMWARE)}?days=7&day=${yesterday()}` });
    const days = page.getByRole("group", { name: "Days, oldest first" });
    const pressed = await days.locator("[aria-pressed=true]").count();
    await days.getByRole("button").last().click();
    await page.reload();
    await settle(page);

    const today = await days.locator("[aria-pressed=true]").getAttribute("aria-label");

    expect(pressed).toBe(1);
    expect(page.url()).toMatch(/\?days=7&day=\d{4}-\d{2}-\d{2}$/);
    expect(today).toBe(await days.getByRole("button").last().getAttribute("aria-label"));
  });

  it("waits behind the sign-in, and then goes where it leads", async () => {
    const page = await open({ keys: "none", hash: connectionHash(CONTOSO, VMWARE) });
    await page.getByLabel("Function key").fill(world.functionKey);

    await page.getByRole("button", { name: "Show me how things stand" }).click();

    await page.getByRole("heading", { level: 1, name: "VMware Workspace ONE" }).waitFor();
    expect(page.url()).toContain(VMWARE);
  });

  it("is part of the browser's history, back and forth", async () => {
    const page = await open();
    await page.getByRole("link", { name: "VMware Workspace ONE" }).click();
    await page.getByRole("heading", { level: 1, name: "VMware Workspace ONE" }).waitFor();

    await page.goBack();
    await page.getByRole("heading", { name: /need attention/ }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { level: 1, name: "VMware Workspace ONE" }).waitFor();

    expect(page.url()).toContain(VMWARE);
  });

  it("without the slash at the end of the page's address works as well", async () => {
    const page = await open();
    await page.goto(`${world.pageUrl.slice(0, -1)}#/silences`);
    await settle(page);

    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Silences");
  });
});
