import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const worldSchema = z.strictObject({
  /** Zero of the simulated tenants' timelines, epoch ms: a later start goes on in the same story. */
  zeroMs: z.int(),
  /** Whether history was played to its end. */
  isPlayed: z.boolean(),
  functionKey: z.string().min(16),
  masterKey: z.string().min(16),
  /** Opens the writes of the app; an earlier version kept none. */
  writeKey: z.string().min(16).default(newKey),
});

/** What stays the same between two starts on one data folder. */
export type World = Readonly<z.output<typeof worldSchema>>;

/** Names the folder of the storage emulator inside a data folder. */
export function storageFolderOf(folder: string): string {
  return join(folder, "storage");
}

/**
 * Opens a data folder that nobody else uses: the world of an earlier start, or a new one.
 *
 * A world whose history was not played to its end, or whose rows are gone, is begun anew: half a past is none.
 * @throws {Error} When the file of an earlier start cannot be understood.
 */
export function openWorld(folder: string, wanted: { readonly zeroMs: number; readonly fresh: boolean }): World {
  const known = wanted.fresh ? undefined : readWorld(folder);
  if (known?.isPlayed === true && existsSync(storageFolderOf(folder))) return known;
  rmSync(storageFolderOf(folder), { recursive: true, force: true });
  const world = {
    zeroMs: wanted.zeroMs,
    isPlayed: false,
    functionKey: newKey(),
    masterKey: newKey(),
    writeKey: newKey(),
  };
  saveWorld(folder, world);
  return world;
}

/** Writes the world down; only this user may read it, for it holds the keys of the host. */
export function saveWorld(folder: string, world: World): void {
  const { zeroMs, isPlayed, functionKey, masterKey, writeKey } = world;
  const text = JSON.stringify({ zeroMs, isPlayed, functionKey, masterKey, writeKey }, undefined, 2);
  writeFileSync(fileOf(folder), `${text}\n`, { mode: 0o600 });
}

function readWorld(folder: string): World | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(folder), "utf8");
  } catch {
    return undefined;
  }
  const parsed = worldSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(`Cannot go on with ${fileOf(folder)}: it is damaged; npm start -- --fresh begins anew`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fileOf(folder: string): string {
  return join(folder, "world.json");
}

function newKey(): string {
  return randomBytes(24).toString("base64url");
}
