import { env } from "node:process";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { launchBrowser } from "./chromium.ts";
import type { World } from "./start-world.ts";
import { settle, type Visit, type VisitOptions, visit } from "./visit.ts";

/** What a test of the page works with. */
interface BrowserUse {
  readonly world: World;
  /** Opens the page and waits until nothing of it is on its way. */
  readonly open: (options?: TestVisit) => Promise<Page>;
  /** Opens the page and leaves it as it is. */
  readonly load: (options?: TestVisit) => Promise<Page>;
}

/** How a test visits the page. */
interface TestVisit extends VisitOptions {
  /** What the page must complain about, because the test makes it; nothing else may be. */
  readonly complaint?: RegExp;
}

/** Gives the tests of a file one browser, closes their pages, and fails each test whose page complained. */
export function useBrowser(): BrowserUse {
  const world = inject("world");
  const visits: (Visit & { readonly complaint: RegExp | undefined })[] = [];
  let browser: Browser | undefined;

  beforeAll(async () => {
    browser = await launchBrowser(inject("chromium"), env);
  });
  afterEach(async () => {
    const closed = visits.splice(0);
    await Promise.all(closed.map(({ context }) => context.close()));
    const unasked = closed.flatMap(({ complaints, complaint }) => complaints.filter((text) => !complaint?.test(text)));
    expect(unasked).toEqual([]);
  });
  afterAll(() => browser?.close());

  async function load({ complaint, ...options }: TestVisit = {}): Promise<Page> {
    if (browser === undefined) throw new TypeError("Cannot open a page: a running test is wanted");
    const visited = await visit(browser, world, options);
    visits.push({ ...visited, complaint });
    return visited.page;
  }
  return {
    world,
    load,
    open: async (options) => {
      const page = await load(options);
      await settle(page);
      return page;
    },
  };
}
