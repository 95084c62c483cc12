import { execFile } from "node:child_process";
import { globSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MAX_ENTRY_BYTES = 120 * 1024;

/** What esbuild says of a file it wrote. */
interface Output {
  readonly bytes: number;
  readonly entryPoint?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

const { outputs }: { outputs: Readonly<Record<string, Output>> } = JSON.parse(
  await readFile(path.join(ROOT, "dist/metafile.json"), "utf8"),
);
const entries = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint?.startsWith("functions/"));

/** All files that are loaded with these, before anything is called. */
function closureOf(files: readonly string[]): readonly string[] {
  const found = new Set(files);
  for (const file of found) {
    for (const { path: imported, kind } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && imported in outputs) found.add(imported);
    }
  }
  return [...found];
}

function inputsOf(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}

describe("the built app", () => {
  it("has one entry a trigger file, and main of package.json matches entries only", async () => {
    const { main }: { main: string } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));

    const triggers = readdirSync(path.join(ROOT, "functions")).map(
      (file) => `dist/functions/${file.replace(/ts$/, "js")}`,
    );

    expect(globSync(main, { cwd: ROOT }).toSorted()).toEqual(triggers.toSorted());
    expect(entries.toSorted()).toEqual(triggers.toSorted());
  });

  it("loads less than 120 KB before the first call", () => {
    const bytes = closureOf(entries).map((file) => outputs[file]?.bytes ?? 0);

    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_ENTRY_BYTES);
  });

  it("loads no library and no adapter of Graph, identity, storage or channels before the first call", () => {
    const inputs = inputsOf(closureOf(entries));

    const libraries = new Set(inputs.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
    expect(
      [...libraries].filter((name) =>
        /^(?:applicationinsights|zod|@azure\/(?:identity|data|storage|core)|@microsoft)/.test(name),
      ),
    ).toEqual([]);
    expect(inputs.filter((file) => /^src\/adapters\/(?!system|telemetry)/.test(file))).toEqual([]);
    expect(libraries).toContain("@azure/functions");
  });

  it("loads Application Insights by its own adapter alone", () => {
    const lazy = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint?.startsWith("src/"));

    const loaders = lazy.filter((file) =>
      inputsOf(closureOf([file])).some((input) => input.includes("node_modules/applicationinsights/")),
    );

    expect(loaders.map((file) => outputs[file]?.entryPoint)).toEqual(["src/adapters/telemetry/start-insights.ts"]);
  });

  it("registers every trigger file's function, wherever it is started and without any setting", async () => {
    const script = fileURLToPath(new URL("./list-registrations.ts", import.meta.url));

    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [script, path.join(ROOT, "dist/functions")],
      {
        cwd: tmpdir(),
        env: {},
      },
    );

    const named = readdirSync(path.join(ROOT, "functions")).flatMap((file) => {
      const [stem = "", kind] = file.split(".");
      return kind === "ts" ? [] : [stem.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase())];
    });
    expect(JSON.parse(stdout)).toEqual(named.toSorted());
    expect(stderr).toBe("");
  });
});
