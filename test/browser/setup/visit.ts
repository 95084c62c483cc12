import type { Browser, BrowserContext, Page } from "playwright-core";
import type { World } from "./start-world.ts";

/** How the page is visited. */
export interface VisitOptions {
  /** Part of the address behind `#`. @default the overview */
  readonly hash?: string;
  /** @default light */
  readonly theme?: "light" | "dark";
  /** In CSS pixels. @default 1280 */
  readonly width?: number;
  /** In CSS pixels. @default 900 */
  readonly height?: number;
  /** Which keys were entered before in this session. @default both */
  readonly keys?: "both" | "read" | "wrong" | "none";
  /** Prepares the page before it is loaded, such as by routes that answer otherwise. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** A page that was loaded, with what it did that it must not do. */
export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and requests to other hosts. */
  readonly complaints: string[];
  readonly context: BrowserContext;
}

/** Loads the page in a session of its own and waits until nothing of it is on its way. */
export async function visit(browser: Browser, world: World, options: VisitOptions = {}): Promise<Visit> {
  const { hash = "/overview", theme = "light", width = 1280, height = 900, keys = "both" } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "America/New_York",
    acceptDownloads: true,
  });
  const complaints: string[] = [];
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const isOwn = origin === new URL(world.pageUrl).origin || protocol === "blob:" || protocol === "data:";
    if (!isOwn) complaints.push(`request to another host: ${request.url()}`);
  });
  if (keys !== "none") await context.addInitScript(enterKeys, keysOf(world, keys));
  await options.prepare?.(page);
  await page.goto(`${world.pageUrl}#${hash}`);
  return { page, complaints, context };
}

function keysOf({ functionKey, writeKey }: World, keys: "both" | "read" | "wrong") {
  return {
    functionKey: keys === "wrong" ? "not-the-key" : functionKey,
    writeKey: keys === "both" ? writeKey : "",
  };
}

/** Runs in the page: as if a person had entered the keys in this tab, and has not signed out since. */
function enterKeys({ functionKey, writeKey }: { readonly functionKey: string; readonly writeKey: string }): void {
  if (sessionStorage.getItem("test.entered") !== null) return;
  sessionStorage.setItem("test.entered", "yes");
  sessionStorage.setItem("monitor.functionKey", functionKey);
  sessionStorage.setItem("monitor.writeKey", writeKey);
}

/** Waits until a view is drawn and no part of it is on its way. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.locator(".loading").first().waitFor({ state: "detached" });
}
