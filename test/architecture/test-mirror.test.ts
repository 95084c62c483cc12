import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, readSource, sourceFiles } from "./source-files.ts";

/** Files that hold types only have nothing to test. */
function hasCode(path: string): boolean {
  return /^export (async )?(function|const|class)/m.test(readSource(path));
}

/** Parts of one machine that have no meaning apart: they are tested through the file that puts them together. */
const TESTED_THROUGH: Readonly<Record<string, readonly string[]>> = {
  "src/domain/poll/plan-poll.ts": ["src/domain/poll/plan-snapshot.ts", "src/domain/poll/poll-context.ts"],
};

const NO_MIRROR =
  /^src\/(ports\/|(?:composition|compose-routes|compose-adapters)\.ts$|adapters\/)|^dashboard\/data\/session\.ts$/;

describe("unit tests", () => {
  it("mirror the files that they test, path for path", () => {
    const strays = sourceFiles("test/unit")
      .filter((path) => path.endsWith(".test.ts"))
      .filter((path) => {
        const tested = path.slice("test/unit/".length).replace(/(\.properties)?\.test\.ts$/, ".ts");
        return ![tested, `src/${tested}`].some((candidate) => existsSync(join(ROOT, candidate)));
      });

    expect(strays).toEqual([]);
  });

  it("exist for every file of the domain, the use cases and the HTTP shapes that holds code", () => {
    const covered = new Set(
      sourceFiles("test")
        .filter((path) => path.endsWith(".test.ts"))
        .flatMap((path) => importsOf(path)),
    );
    const untested = sourceFiles("src", "dashboard/model", "dashboard/data")
      .filter((path) => !NO_MIRROR.test(path) && hasCode(path))
      .filter((path) => !existsSync(join(ROOT, path.replace(/^src\//, "test/unit/").replace(/\.ts$/, ".test.ts"))))
      .filter((path) => !covered.has(path));

    expect(untested).toEqual(Object.values(TESTED_THROUGH).flat());
  });
});

/** The source files whose code a test imports, as paths from the root; types alone test nothing. */
function importsOf(path: string): readonly string[] {
  const imports = readSource(path).matchAll(
    /^import (?!type )[^;]*? from "(?:\.\.\/)+((?:src|local|dashboard)\/[^"]+)"/gm,
  );
  return [...imports].flatMap(([, target]) => target ?? []);
}
