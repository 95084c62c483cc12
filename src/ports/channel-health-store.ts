import type { ChannelHealth } from "../domain/delivery/channel-health.ts";
import type { Stored } from "../domain/stored.ts";

/** Keeps how the channels are doing, beside what the fleet remembers; a channel that never failed has no row. */
export interface ChannelHealthStore {
  /** Reads the health of all channels by one query; a row that cannot be parsed counts as that of a channel that never failed. */
  readonly load: () => Promise<readonly Stored<ChannelHealth>[]>;
  /** Writes the health of one channel if nobody else has since; without an ETag only where there is no row yet. */
  readonly write: (next: ChannelHealth, etag: string | undefined) => Promise<"written" | "conflict">;
}
