import { createHash } from "node:crypto";

/** Returns the first 32 hex digits of a text's SHA-256: enough to name a connection for good, short enough for a row key. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
