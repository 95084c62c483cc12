import { env } from "node:process";
import type { TestProject } from "vitest/node";
import { type BrowserCommand, findChromium } from "./chromium.ts";
import { HISTORY_MS, IDLE_MS, scenario, WINDOW_ON } from "./scenario.ts";
import { startWorld, type World } from "./start-world.ts";

declare module "vitest" {
  interface ProvidedContext {
    world: World;
    chromium: BrowserCommand;
  }
}

/** Unpacks the browser once, because a second process that did the same would disturb the first, and starts the one world. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  project.provide("chromium", await findChromium(env));
  const { stop, ...world } = await startWorld(scenario, {
    historyMs: HISTORY_MS,
    idleMs: IDLE_MS,
    windowOn: WINDOW_ON,
  });
  project.provide("world", world);
  return stop;
}
