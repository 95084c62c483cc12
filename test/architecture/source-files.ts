import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** Lists the TypeScript files below the given folders of the project, as paths from its root. */
export function sourceFiles(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
      .sort(),
  );
}

/** Reads a file of the project. */
export function readSource(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
