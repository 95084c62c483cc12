import { createHash } from "node:crypto";

/** Digests what makes up the target of a channel, such as its address and key, to 32 hex digits. */
export function digestTarget(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
