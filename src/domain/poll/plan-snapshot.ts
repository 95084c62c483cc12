import { isRow } from "../connections/reading.ts";
import type { Snapshot } from "../history/snapshot.ts";
import { HOUR_MS } from "../units.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext } from "./poll-context.ts";

/** A snapshot to write, with what the state remembers of it. */
export interface PlannedSnapshot {
  readonly snapshot: Snapshot;
  readonly mark: NonNullable<ConnectionState["snapshot"]>;
}

/** Plans a snapshot of a partner or connector when its reading changed, else once an hour. */
export function planSnapshot(state: ConnectionState, context: PollContext): PlannedSnapshot | undefined {
  const { reading, connectionKey } = state;
  if (!isRow(reading)) return undefined;
  const { slotMs, observedAtMs } = context;
  const digest = context.digest(JSON.stringify(reading));
  const { snapshot: last } = state;
  if (last !== undefined && last.digest === digest && slotMs - last.slotMs < HOUR_MS) return undefined;
  return { snapshot: { connectionKey, slotMs, observedAtMs, reading }, mark: { slotMs, digest } };
}
