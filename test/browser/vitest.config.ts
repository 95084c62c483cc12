import { env } from "node:process";
import { defineConfig } from "vitest/config";
import { hasChromium } from "./setup/chromium.ts";

if (!hasChromium(env)) {
  process.stderr.write(
    "The browser tests are left out: CHROMIUM_PATH is wanted where the packed Chromium does not run\n",
  );
}

/** The page in a browser: one server and one browser at a time, after the tests of all other projects. */
export default defineConfig({
  test: {
    name: "browser",
    include: hasChromium(env) ? ["*.test.ts"] : [],
    environment: "node",
    globalSetup: ["./setup/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "threads",
    isolate: false,
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  },
});
