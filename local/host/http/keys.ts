import { createHash, timingSafeEqual } from "node:crypto";
import type { AuthLevel } from "../index-functions.ts";

/** The keys of the host. */
export interface HostKeys {
  /** Opens functions of level `function`. */
  readonly functionKey: string;
  /** Opens everything, also the admin endpoints. */
  readonly masterKey: string;
}

/** Returns the level that a key gives; an unknown, empty or absent key gives `anonymous`. */
export function levelOf(key: string | null, keys: HostKeys): AuthLevel {
  if (key === null || key === "") {
    return "anonymous";
  }
  const isMaster = isSame(key, keys.masterKey);
  const isFunction = isSame(key, keys.functionKey);
  if (isMaster) {
    return "admin";
  }
  return isFunction ? "function" : "anonymous";
}

/** Returns whether a caller of level `given` may call what asks for `wanted`. */
export function isAllowed(given: AuthLevel, wanted: AuthLevel): boolean {
  const order: readonly AuthLevel[] = ["anonymous", "function", "admin"];
  return order.indexOf(given) >= order.indexOf(wanted);
}

/** Takes the same time wherever the texts differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
