import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Makes a reader of text files, whose relative paths start at the app's folder: the nearest one above the module that has
 * a `host.json`.
 *
 * The working directory says nothing: the host starts its worker elsewhere, and a bundled module lies deeper than its source.
 */
export function createAppFileReader(moduleUrl: string): (file: string) => Promise<string> {
  return async (file) => readFile(path.resolve(findAppRoot(fileURLToPath(moduleUrl)), file), "utf8");
}

/** Makes a reader of folders of the app, such as the built page: the bytes of each file, by its name. */
export function createAppFolderReader(
  moduleUrl: string,
): (folder: string) => Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  return async (folder) => {
    const whole = path.resolve(findAppRoot(fileURLToPath(moduleUrl)), folder);
    const names = await readdir(whole);
    return new Map(
      await Promise.all(names.map(async (name) => [name, await readFile(path.join(whole, name))] as const)),
    );
  };
}

function findAppRoot(below: string): string {
  for (let folder = path.dirname(below); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "host.json"))) return folder;
  }
  throw new Error(`Cannot find the app: a host.json is wanted in a folder above ${below}`);
}
