import type { ConnectionKind } from "./reading.ts";

/** Names a connection for good by its kind and the stable ids of what is behind it; never by names, numbers or texts. */
export function connectionId(kind: ConnectionKind, ...ids: readonly [string, ...string[]]): string {
  return [kind, ...ids].join(":");
}
