import type { RowReading } from "../connections/reading.ts";

/** A stored reading of a partner or connector: kept when it changed, else once an hour. */
export interface Snapshot {
  readonly connectionKey: string;
  readonly slotMs: number;
  readonly observedAtMs: number;
  readonly reading: RowReading;
}
