import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { HOSTILE_WINDOW, NORTHWIND } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";

const { open } = useBrowser();

const HASH = `/overview?tenant=${NORTHWIND}`;

describe("a name that means harm", () => {
  it("is text and nothing else on the page, and turns no writing around", async () => {
    const page = await open({ hash: HASH });
    const scripts = await page.locator("script").count();

    const name = await page.getByRole("link", { name: /^=1\+1/ }).innerText();

    expect(name).toMatch(/^=1\+1"><img src=x onerror=alert\(1\)><script>alert\(2\)<\/script>.gpj\.exe$/);
    expect(name).not.toContain("\u202E");
    expect(await page.locator("img").count()).toBe(0);
    expect(scripts).toBe(1);
  });

  it("is text in a table for a spreadsheet, not a formula", async () => {
    const page = await open({ hash: HASH });
    await page.getByRole("link", { name: /^=1\+1/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);

    const text = await readFile(await download.path(), "utf8");

    expect(text).toContain(`"'=1+1""><img`);
    expect(text).not.toMatch(/(^|,)"?=1\+1/m);
  });

  it.each([
    { width: 360, height: 740 },
    { width: 1_280, height: 900 },
  ])("of a maintenance window stays in its place where nothing can break it, $width wide", async (size) => {
    const page = await open({ hash: "/silences", ...size });
    const name = page.getByText(HOSTILE_WINDOW).first();

    const isWithin = await name.evaluate((element) => element.scrollWidth <= element.clientWidth + 1);

    expect(isWithin).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
  });

  it("of ten thousand letters is cut and leaves the rest of the page where it was", async () => {
    const page = await open({ hash: HASH, width: 360, height: 740 });
    const name = await page.getByRole("link", { name: /^Long name/ }).innerText();

    expect(name.length).toBeLessThan(300);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
