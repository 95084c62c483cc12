import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, readSource, sourceFiles } from "./source-files.ts";

/** Files that hold types only have nothing to test. */
function hasCode(path: string): boolean {
  return /^export (async )?(function|const|class)/m.test(readSource(path));
}

const NO_MIRROR = /^src\/(ports\/|composition\.ts$|adapters\/)/;

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
    const untested = sourceFiles("src")
      .filter((path) => !NO_MIRROR.test(path) && hasCode(path))
      .filter((path) => !existsSync(join(ROOT, path.replace(/^src\//, "test/unit/").replace(/\.ts$/, ".test.ts"))))
      .filter((path) => !covered.has(path));

    expect(untested).toEqual([]);
  });
});

/** The source files that a test imports, as paths from the root. */
function importsOf(path: string): readonly string[] {
  return [...readSource(path).matchAll(/from "(?:\.\.\/)+((?:src|local)\/[^"]+)"/g)].flatMap(
    ([, target]) => target ?? [],
  );
}
