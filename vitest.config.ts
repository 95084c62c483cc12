import { defineConfig } from "vitest/config";

/** One project a kind of test: what a test may touch (pure code, storage, the built bundle) decides where it stands. */
const project = (name: string, options: { readonly timeoutMs: number; readonly isolate?: boolean }) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: "node",
    setupFiles: ["test/setup/fast-check.ts"],
    testTimeout: options.timeoutMs,
    hookTimeout: options.timeoutMs,
    isolate: options.isolate ?? true,
    pool: "threads" as const,
  },
});

export default defineConfig({
  test: {
    reporters: ["default", "./test/setup/closing-line.ts"],
    globalSetup: ["test/setup/assert-node.ts"],
    projects: [
      // Pure code leaves nothing behind, and loading each module once makes this six times faster.
      project("unit", { timeoutMs: 20_000, isolate: false }),
      project("architecture", { timeoutMs: 60_000 }),
      project("contract", { timeoutMs: 60_000 }),
      project("scenario", { timeoutMs: 120_000 }),
      project("soak", { timeoutMs: 60_000, isolate: false }),
      project("functions", { timeoutMs: 120_000 }),
      "test/browser/vitest.config.ts",
    ],
  },
});
