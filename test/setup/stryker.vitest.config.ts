import { defineConfig } from "vitest/config";

/** The tests that mutants are tried against: those of the folders that are mutated, all of them pure. */
export default defineConfig({
  test: {
    include: ["test/unit/domain/{alerts,delivery,rules}/**/*.test.ts"],
    environment: "node",
    setupFiles: ["test/setup/fast-check.ts"],
    testTimeout: 20_000,
    isolate: false,
    pool: "threads",
  },
});
