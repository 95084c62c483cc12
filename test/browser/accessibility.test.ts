import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { findViolations } from "./setup/find-violations.ts";
import { APPLE, connectionHash, OLD_DESK, VMWARE, yesterday } from "./setup/places.ts";
import { CONTOSO, NORTHWIND, WOODGROVE } from "./setup/scenario.ts";
import { useBrowser } from "./setup/use-browser.ts";

const { open, load } = useBrowser();

interface View {
  readonly name: string;
  readonly hash: string;
  readonly keys?: "none";
  /** Goes on from what the address shows. */
  readonly goOn?: (page: Page) => Promise<unknown>;
}

const VIEWS: readonly View[] = [
  { name: "the sign-in", hash: "/overview", keys: "none" },
  { name: "the overview", hash: "/overview" },
  { name: "the overview of a tenant that is partly blind", hash: `/overview?tenant=${NORTHWIND}` },
  { name: "the overview of an empty tenant", hash: `/overview?tenant=${WOODGROVE}` },
  {
    name: "a connection with a day and its readings",
    hash: `${connectionHash(CONTOSO, VMWARE)}?day=${yesterday()}`,
    goOn: async (page) => {
      await page.locator("canvas").waitFor();
      await page.getByText("What was read, and what was sent").click();
      await page.getByText("The bar as a table").click();
      await page.getByRole("heading", { name: "Readings" }).waitFor();
    },
  },
  { name: "an unknown connection", hash: connectionHash(CONTOSO, "0".repeat(32)) },
  { name: "the deadlines", hash: "/deadlines" },
  { name: "the deliveries", hash: "/deliveries" },
  {
    name: "the deliveries that were given up",
    hash: "/deliveries",
    goOn: (page) => page.getByRole("button", { name: /^Given up/ }).click(),
  },
  { name: "the silences", hash: "/silences" },
  { name: "a channel in trouble", hash: connectionHash("fleet", OLD_DESK) },
  {
    name: "the dialog of an acknowledgement",
    hash: connectionHash(CONTOSO, APPLE),
    goOn: (page) =>
      page
        .getByRole("button", { name: /^Acknowledge\b/ })
        .first()
        .click(),
  },
  {
    name: "the dialog of a silence",
    hash: connectionHash(CONTOSO, APPLE),
    goOn: (page) =>
      page
        .getByRole("button", { name: /^Silence\b/ })
        .first()
        .click(),
  },
];

describe("every view", () => {
  it.each(VIEWS)("is for everyone, light and dark, and as narrow as a phone: $name", async (view) => {
    const page = await open(view);
    await view.goOn?.(page);

    const lightAndWide = await findViolations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    const darkAndNarrow = await findViolations(page);
    const isSideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

    expect({ lightAndWide, darkAndNarrow, isSideways }).toEqual({
      lightAndWide: [],
      darkAndNarrow: [],
      isSideways: false,
    });
  });
});

describe("a field", () => {
  it("is called by its label alone, and described by its hint", async () => {
    const page = await open({ hash: "/silences" });
    await page.getByRole("button", { name: "New silence" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Silence alerts", exact: true });

    const fields = dialog.locator("input");
    const said = await fields.evaluateAll((inputs) =>
      inputs.map((input) => document.getElementById(input.getAttribute("aria-describedby") ?? "")?.textContent),
    );

    for (const name of ["Connection", "Rule", "Reason", "Your name"]) {
      expect(await dialog.getByRole("textbox", { name, exact: true }).count()).toBe(1);
    }
    expect(said).toEqual([
      "Its id or name.",
      "Its id, such as heartbeat-age.",
      undefined,
      "Kept with the reason in the audit rows.",
    ]);
  });
});

describe("the theme switch", () => {
  it("turns from the system's theme to light to dark, and is remembered", async () => {
    const page = await open({ theme: "dark" });
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [system, seen] = [await background(), new Set<string>()];
    for (const next of ["light", "dark"]) {
      await page.getByRole("button", { name: /^Theme:/ }).click();
      await page.getByRole("button", { name: `Theme: ${next}` }).waitFor();
      seen.add(await background());
    }

    await page.reload();

    expect(seen.size).toBe(2);
    expect(await background()).toBe(system);
    expect(await page.getByRole("button", { name: "Theme: dark" }).isVisible()).toBe(true);
  });
});

describe("with reduced motion", () => {
  it("nothing moves, not even while it is loading", async () => {
    const page = await load({ prepare: (opened) => opened.route("**/v1/connections*", () => undefined) });
    await page.locator(".loading").first().waitFor();

    const moving = (): Promise<number> => page.evaluate(() => document.getAnimations().length);

    await expect.poll(moving).toBe(0);
  });

  it("what is said appears and stays without moving", async () => {
    const page = await open();
    await page.getByRole("button", { name: /^Theme:/ }).click();

    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    expect(
      await page
        .getByRole("status")
        .getByText(/^Theme: /)
        .isVisible(),
    ).toBe(true);
  });
});
