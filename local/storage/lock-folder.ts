import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Takes a folder for this process alone, and returns what gives it back.
 *
 * Two emulators on one folder would overwrite each other. A SQLite lock is the one lock in Node that the system releases
 * when the process dies, so no start has to judge a stale lock file.
 * @throws {Error} When another process has it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(path.join(folder, "in-use.lock"));
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new Error(
      `Cannot open the local storage in ${folder}: another process uses it; --data FOLDER takes another one`,
      { cause },
    );
  }
  return () => lock.close();
}
