import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseScript } from "./parse-script.ts";
import type { Script } from "./script.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../../local/scenarios/told");
const EXTENSION = ".txt";

/** Returns the names of the scenarios that come with the program, sorted. */
export function listCatalogue(): readonly string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(EXTENSION));
  return files.map((file) => file.slice(0, -EXTENSION.length)).sort();
}

/** Returns the path of a scenario that comes with the program. */
export function cataloguePath(name: string): string {
  return path.join(FOLDER, `${name}${EXTENSION}`);
}

/**
 * Reads a scenario that comes with the program.
 *
 * @throws {ScriptError} When something is wrong with its text.
 */
export function loadFromCatalogue(name: string): Script {
  return parseScript(readFileSync(cataloguePath(name), "utf8"), name);
}
