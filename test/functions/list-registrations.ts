import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { installStandInCore } from "../fakes/stand-in-core.ts";

/*
 * Run as `node list-registrations.ts <folder of built entries>`: loads them as a worker does and prints what they registered.
 */
const folder = process.argv[2] ?? "";
const core = installStandInCore();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
  await import(pathToFileURL(path.join(folder, file)).href);
}
process.stdout.write(JSON.stringify([...core.functions.keys()].toSorted()));
