import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { APPLE, connectionHash, OLD_DESK, VMWARE, yesterday } from "./setup/places.ts";
import { CONTOSO } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";
import { settle } from "./setup/visit.ts";

const { world, open } = useBrowser();

interface Focused {
  readonly text: string;
  readonly hasOutline: boolean;
  readonly isSeen: boolean;
  /** Edges on the page, in CSS pixels from its top. */
  readonly top: number;
  readonly bottom: number;
}

/** Says what has the focus, and whether a person can see that. */
function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const { top, bottom, width, height } = element.getBoundingClientRect();
    const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
    return {
      text: name.trim().replaceAll(/\s+/g, " ").slice(0, 60),
      hasOutline: (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none",
      isSeen: width > 0 && height > 0 && bottom > 0 && top < window.innerHeight,
      top: top + window.scrollY,
      bottom: bottom + window.scrollY,
    };
  });
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press("Tab");
    const { text } = await focused(page);
    if (typeof name === "string" ? text === name : name.test(text)) return;
  }
  throw new Error(`Cannot reach "${name}" by the Tab key: it is wanted within 80 steps`);
}

describe("without a mouse", () => {
  it("a person signs in, opens what is worst, and acknowledges it", async () => {
    const page = await open({ keys: "none" });
    await page.keyboard.type(world.functionKey);
    await page.keyboard.press("Tab");
    await page.keyboard.type(world.writeKey);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "VMware Workspace ONE" }).waitFor();

    await tabTo(page, "VMware Workspace ONE");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "VMware Workspace ONE" }).waitFor();
    await settle(page);
    await tabTo(page, /^Acknowledge:/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Known");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Alex");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    expect(await page.getByRole("status").last().innerText()).toMatch(
      /^Acknowledged\. It shows here from the next poll on, due /,
    );
  });

  it("the first stop skips to the content", async () => {
    const page = await open();
    await page.keyboard.press("Tab");
    const first = await focused(page);
    await page.keyboard.press("Enter");

    expect(first).toMatchObject({ text: "Skip to the content", isSeen: true });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    expect(page.url()).toContain("#/overview");
  });

  it.each([
    { name: "the overview", hash: "/overview" },
    { name: "a connection", hash: connectionHash(CONTOSO, VMWARE) },
    { name: "the deliveries", hash: "/deliveries" },
    { name: "the silences", hash: "/silences" },
    { name: "the deadlines", hash: "/deadlines" },
    { name: "a day of a connection", hash: `${connectionHash(CONTOSO, VMWARE)}?day=${yesterday()}` },
    { name: "a channel in trouble", hash: connectionHash("fleet", OLD_DESK) },
  ])("every stop of $name is seen and lies behind the one before, and the way through it ends", async ({ hash }) => {
    const page = await open({ hash });
    const stops: Focused[] = [];
    for (let step = 0; step < 150; step++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement === document.body)) break;
      stops.push(await focused(page));
    }

    const unseen = stops.filter(({ hasOutline, isSeen }) => !hasOutline || !isSeen);
    const back = stops.filter(({ bottom }, index) => bottom < (stops[index - 1]?.top ?? 0));

    expect(unseen).toEqual([]);
    expect(back).toEqual([]);
    expect(stops.length).toBeGreaterThan(8);
    expect(stops.length).toBeLessThan(150);
  });

  it("the days of the bar are one stop, which the arrow keys move along", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, VMWARE) });
    const days = page.getByRole("group", { name: "Days, oldest first" }).getByRole("button");
    const [oldest = "", weekAgo = "", newest = ""] = await Promise.all(
      [0, -8, -1].map((index) => days.nth(index).getAttribute("aria-label").then(String)),
    );

    await tabTo(page, newest);
    await page.keyboard.press("ArrowUp");
    const moved = await focused(page);
    await page.keyboard.press("Home");
    const first = await focused(page);
    await page.keyboard.press("ArrowLeft");
    const stayed = await focused(page);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: /2\d{3}$/ }).waitFor();

    expect([moved.text, first.text, stayed.text]).toEqual([weekAgo, oldest, oldest]);
    expect(await days.last().getAttribute("aria-pressed")).toBe("true");
  });

  it("a column is sorted, and says so", async () => {
    const page = await open();
    await tabTo(page, "Connection");
    await page.keyboard.press("Enter");
    const table = page.getByRole("table", { name: "Connections, worst first" });
    const names = await table.locator("tbody th a").allInnerTexts();
    await page.keyboard.press("Enter");
    const reversed = await table.locator("tbody th a").allInnerTexts();

    expect(await table.locator("th").first().getAttribute("aria-sort")).toBe("descending");
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, "en")));
    expect(reversed[0]).toBe(names.at(-1));
  });

  it("a dialog keeps the focus, Escape closes it, and the focus goes back to where it was", async () => {
    const page = await open({ hash: connectionHash(CONTOSO, APPLE) });
    await tabTo(page, /^Acknowledge:/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    const places: boolean[] = [];
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press("Tab");
      places.push(
        await page.evaluate(
          () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,
        ),
      );
    }

    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    expect(places.every(Boolean)).toBe(true);
    expect((await focused(page)).text).toMatch(/^Acknowledge:/);
  });
});
