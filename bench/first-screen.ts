import type { Browser, BrowserContext } from "playwright-core";
import { z } from "zod";
import { loadScenario } from "../local/scenarios/load-scenario.ts";
import { findChromium, launchBrowser } from "../test/browser/setup/chromium.ts";
import { startWorld, type World } from "../test/browser/setup/start-world.ts";
import { median, toTable } from "./stats.ts";

const RUNS = 15;
const HISTORY_MS = 14 * 86_400_000;

/** Runs in the page: reports when the first row of a connection is drawn and nothing is on its way any more. */
const WATCH = `let isTold = false;
new MutationObserver(() => {
  if (isTold || !document.querySelector("table tbody tr") || document.querySelector(".loading")) return;
  isTold = true;
  requestAnimationFrame(() => reportComplete(performance.now()));
}).observe(document, { childList: true, subtree: true });`;

/** Times the first screen of the simulated tenants in headless Chromium against an image from the same server. */
export async function benchFirstScreen(environment: NodeJS.ProcessEnv): Promise<string> {
  const command = await findChromium(environment);
  const world = await startWorld(loadScenario("demo"), { historyMs: HISTORY_MS, idleMs: 0 });
  const browser = await launchBrowser(command, environment);
  try {
    const first = await coldVisit(browser, world);
    const floor: number[] = [];
    const cold: number[] = [];
    const warm: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const visited = await coldVisit(browser, world);
      floor.push(visited.floorMs);
      cold.push(visited.coldMs);
      warm.push(visited.warmMs);
    }
    const floorMs = median(floor);
    const row = (name: string, ms: number) => [name, ms.toFixed(0), (ms / floorMs).toFixed(1)];
    return [
      `From the navigation to the first screen with every row of the simulated tenants, in headless Chromium; medians of ${RUNS} runs:`,
      toTable(
        ["", "ms", "against the floor"],
        [
          row("floor: the page's icon, alone, from the same server", floorMs),
          row("first screen, nothing in the browser's cache", median(cold)),
          row("first screen, loaded again", median(warm)),
          row("first screen, the app has just started too (one run)", first.coldMs),
        ],
      ),
    ].join("\n\n");
  } finally {
    await browser.close();
    await world.stop();
  }
}

interface Visited {
  readonly coldMs: number;
  readonly warmMs: number;
  readonly floorMs: number;
}

/** Visits the page in a session of its own, loads it again, and then the icon in another one. */
async function coldVisit(browser: Browser, { pageUrl, functionKey }: World): Promise<Visited> {
  const keys = `sessionStorage.setItem("monitor.functionKey", ${JSON.stringify(functionKey)})`;
  const { iconUrl, ...times } = await inSession(browser, async (context) => {
    await context.addInitScript({ content: `${keys};${WATCH}` });
    const page = await context.newPage();
    const waiting: ((ms: number) => void)[] = [];
    await page.exposeFunction("reportComplete", (ms: number) => waiting.shift()?.(ms));
    const timed = async (navigate: () => Promise<unknown>): Promise<number> => {
      const complete = new Promise<number>((resolve) => waiting.push(resolve));
      await navigate();
      await page.locator("table tbody tr").first().waitFor(); // fails in the end where nothing would be reported
      return complete;
    };
    const coldMs = await timed(() => page.goto(pageUrl));
    const warmMs = await timed(() => page.reload());
    const icon = await page.evaluate(`document.querySelector('link[rel="icon"]').href`);
    return { coldMs, warmMs, iconUrl: z.string().parse(icon) };
  });
  const floorMs = await inSession(browser, async (context) => {
    const page = await context.newPage();
    await page.goto(iconUrl);
    return z.number().parse(await page.evaluate('performance.getEntriesByType("navigation")[0].domComplete'));
  });
  return { ...times, floorMs };
}

async function inSession<T>(browser: Browser, work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
