import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A configuration document as it is written, not checked. */
export type GivenDocument = Readonly<Record<string, unknown>>;

/**
 * Reads the configuration document of real tenants: what `MONITOR_CONFIG` holds or names, else `monitor.config.json`.
 *
 * @throws {Error} When there is none; the message is one line for the person at the terminal and quotes nothing.
 */
export function readDocument(appRoot: string, stated = "monitor.config.json"): GivenDocument {
  const isInline = stated.startsWith("{");
  const place = isInline ? "MONITOR_CONFIG" : resolve(appRoot, stated);
  const document = parseObject(isInline ? stated : readText(place));
  if (document === undefined) throw new Error(`Cannot watch real tenants: ${place} holds no JSON object`);
  return document;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    const help = "cp monitor.config.sample.json monitor.config.json makes one to start from";
    throw new Error(`Cannot watch real tenants: ${file} cannot be read; ${help}`, { cause });
  }
}

function parseObject(text: string): GivenDocument | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
