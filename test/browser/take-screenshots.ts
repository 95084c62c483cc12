import { mkdir } from "node:fs/promises";
import path from "node:path";
import { env } from "node:process";
import type { Page } from "playwright-core";
import { loadScenario } from "../../local/scenarios/load-scenario.ts";
import { findChromium, launchBrowser } from "./setup/chromium.ts";
import { startWorld } from "./setup/start-world.ts";
import { settle, type VisitOptions, visit } from "./setup/visit.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../docs/images");
const HISTORY_MS = 14 * 86_400_000;

const FABRIKAM = "00000000-0000-4000-8000-0000000000b1";

/** What a picture shows: a view of the page, or what a person gets to from there. */
interface Picture extends VisitOptions {
  readonly name: string;
  /** All of the page, not only what fits the window. @default false */
  readonly isWhole?: boolean;
  readonly goOn?: (page: Page) => Promise<unknown>;
}

async function openWorst(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Fabrikam Device Bridge" }).click();
  await page.locator("canvas").waitFor();
  await settle(page);
}

async function silence(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New silence" }).nth(1).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Connection", { exact: true }).fill("SOTI*");
  await dialog.getByLabel("Rule", { exact: true }).fill("heartbeat-age");
  await dialog.getByRole("textbox", { name: "Reason", exact: true }).fill("Planned move to a new server");
  await dialog.getByRole("textbox", { name: "Your name", exact: true }).fill("Alex");
  await dialog.getByRole("button", { name: "Silence" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("row", { name: /Planned move/ }).waitFor();
  await page.getByText(/^Silenced\./).click();
}

const PICTURES: readonly Picture[] = [
  { name: "sign-in", keys: "none", height: 640 },
  { name: "overview" },
  { name: "overview-dark", theme: "dark" },
  { name: "overview-phone", width: 360, height: 740 },
  { name: "connection", hash: `/overview?tenant=${FABRIKAM}`, isWhole: true, goOn: openWorst },
  { name: "connection-dark", hash: `/overview?tenant=${FABRIKAM}`, theme: "dark", isWhole: true, goOn: openWorst },
  { name: "deadlines", hash: "/deadlines", height: 640 },
  { name: "deliveries", hash: "/deliveries" },
  { name: "silences", hash: "/silences", isWhole: true, goOn: silence },
];

/** Writes a picture of each view into docs/images: the simulated tenants of `npm start` after their two weeks of history. */
async function takeScreenshots(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const world = await startWorld(loadScenario("demo"), { historyMs: HISTORY_MS, idleMs: 0 });
  const browser = await launchBrowser(await findChromium(env), env);
  try {
    for (const { name, isWhole = false, goOn, ...options } of PICTURES) {
      const { page, context } = await visit(browser, world, options);
      await settle(page);
      await goOn?.(page);
      await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: "disabled", fullPage: isWhole });
      await context.close();
    }
  } finally {
    await browser.close();
    await world.stop();
  }
}

await takeScreenshots();
