import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { connectionHash, OLD_DESK, VMWARE } from "./setup/places.ts";
import { CONTOSO, HOSTILE_WINDOW, NORTHWIND } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";

const { open } = useBrowser();

/** Lines across a dark chart are darker, all ink of a light one is lighter: red, green and blue together. */
const BLACKISH = 170;

/** Counts what is shown of these. */
function countShown(page: Page, selector: string): Promise<number> {
  return page.locator(selector).filter({ visible: true }).count();
}

describe("the list of connections", () => {
  it.each([360, 768, 900, 1_024, 1_200, 1_280])("fits a page %d wide, and breaks no word of a date", async (width) => {
    const page = await open({ width });
    const words = page.getByText("Devices become noncompliant");

    const lines = await words.first().evaluate((element) => {
      const text = element.firstChild;
      if (text === null) return 0;
      const range = document.createRange();
      range.setStart(text, "Devices become ".length);
      range.setEnd(text, "Devices become noncompliant".length);
      return range.getClientRects().length;
    });

    expect(lines).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

describe("a maintenance window", () => {
  it("is listed with its times and what it is for, for each tenant that it covers", async () => {
    const page = await open({ hash: `/silences?tenant=${NORTHWIND}` });

    const windows = await page.locator(".events > li").allInnerTexts();

    expect(windows.map((text) => text.replaceAll(/\s+/g, " "))).toEqual([
      expect.stringMatching(
        /^<img src=x .* On now, until (\w{3} )?\d\d:\d\d UTC Every day from \d\d:\d\d \(Etc\/UTC\) for 12 h connection =1\+1\*$/,
      ),
      expect.stringMatching(
        /^Patch night Next: \w{3} 2[01]:30 UTC, in (1 day|2 days) \w{3} from 22:30 \(Europe\/Berlin\) for 2 h everything$/,
      ),
    ]);
  });

  it("that is on is named by the alert that it keeps quiet", async () => {
    const page = await open({ hash: `/overview?tenant=${NORTHWIND}` });
    const row = await page.getByRole("row", { name: /=1\+1/ }).innerText();
    await page.getByRole("link", { name: /^=1\+1/ }).click();

    const card = await page.getByRole("listitem").filter({ hasText: "What to do" }).innerText();

    for (const text of [row, card]) expect(text).toContain(`In the maintenance window ${HOSTILE_WINDOW.slice(0, 40)}`);
  });
});

describe("a channel in trouble", () => {
  it("is said by the first screen, and by a chip that leads to why", async () => {
    const page = await open({ hash: `/overview?tenant=${CONTOSO}` });
    const said = await page.getByText(/^old-desk: channel cannot deliver\.$/).isVisible();
    await page.getByRole("link", { name: "Deliveries" }).click();
    await page.getByRole("link", { name: "old-desk: Error" }).click();

    await page.getByRole("heading", { name: "Channel cannot deliver" }).waitFor();
    const measured = await page.locator(".card__facts strong").innerText();

    expect(said).toBe(true);
    expect(page.url()).toContain(connectionHash("fleet", OLD_DESK));
    expect(await page.getByLabel("Tenant").inputValue()).toBe("");
    expect(await page.getByText("Last contact").count()).toBe(0);
    expect(measured).toMatch(/^failed sends in a row \d+$/);
  });
});

describe("on paper", () => {
  it.each([
    { name: "the overview", hash: "/overview" },
    { name: "a connection", hash: connectionHash(CONTOSO, VMWARE) },
    { name: "the deadlines", hash: "/deadlines" },
    { name: "the deliveries", hash: "/deliveries" },
    { name: "the silences", hash: "/silences" },
  ])("$name is dark on white, fits, and shows nothing that can only be pressed", async ({ hash }) => {
    const page = await open({ hash, theme: "dark", width: 718 });
    await page.getByRole("button", { name: /^Theme:/ }).click();
    await page.getByRole("button", { name: /^Theme: light/ }).click();
    await page.getByRole("button", { name: "Theme: dark" }).waitFor();
    await page.emulateMedia({ media: "print" });

    const colours = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      return { backgroundColor, color };
    });

    expect(colours).toEqual({ backgroundColor: "rgb(255, 255, 255)", color: "rgb(0, 0, 0)" });
    expect(await countShown(page, "header, input, select, .button, .segments, .toast, summary")).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(718);
  });

  it("a long list is whole", async () => {
    const page = await open({ hash: "/deliveries" });
    const more = await page.getByRole("button", { name: /^Show all/ }).innerText();
    await page.emulateMedia({ media: "print" });

    await expect.poll(() => page.locator("tbody tr").count()).toBe(Number(more.replace("Show all ", "")));
  });

  it("a curve is drawn in the colours of paper", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE), theme: "dark" });
    const darkest = (): Promise<number> => page.locator("canvas").evaluate(darkestOf);
    await page.locator("canvas").waitFor();
    const onScreen = await darkest();

    await page.emulateMedia({ media: "print" });

    expect(onScreen).toBeLessThan(BLACKISH);
    await expect.poll(darkest).toBeGreaterThan(BLACKISH);
  });
});

describe("in a language that is no language tag", () => {
  it("a curve is drawn all the same", async () => {
    const page = await open({
      hash: connectionHash(CONTOSO, VMWARE),
      prepare: (opened) => opened.addInitScript(speakPosix),
    });

    await page.locator("canvas").waitFor();

    expect(await page.evaluate(() => document.querySelectorAll(".chart__box canvas").length)).toBe(1);
  });
});

/** Runs in the page: as Chromium names the language of a machine whose locale is POSIX. */
function speakPosix(): void {
  Object.defineProperty(Navigator.prototype, "language", { get: () => "en-US@posix" });
}

/** Runs in the page: the least sum of red, green and blue among what is drawn without gaps. */
function darkestOf(canvas: Element): number {
  if (!(canvas instanceof HTMLCanvasElement)) return Infinity;
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy?.drawImage(canvas, 0, 0);
  const data = copy?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  let least = Infinity;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    if (data[at + 3] === 255) least = Math.min(least, red + green + blue);
  }
  return least;
}

describe("where the system chooses the colours", () => {
  it("the days keep theirs, and the view that is shown is framed", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    await page.emulateMedia({ forcedColors: "active" });

    const day = await page
      .locator(".picker__bar--critical")
      .last()
      .evaluate((bar) => getComputedStyle(bar).backgroundColor);
    const framed = await page
      .locator(".segments [aria-current]")
      .evaluate((link) => getComputedStyle(link).outlineStyle);

    expect(day).toBe("rgb(176, 16, 58)");
    expect(framed).toBe("solid");
  });
});
