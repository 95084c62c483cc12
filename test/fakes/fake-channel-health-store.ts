import { CHANNEL_HEALTH_PREFIX, channelHealthKey } from "../../src/adapters/tables/row-keys.ts";
import type { ChannelHealth } from "../../src/domain/delivery/channel-health.ts";
import { FLEET } from "../../src/domain/poll/fleet.ts";
import type { ChannelHealthStore } from "../../src/ports/channel-health-store.ts";
import { type MemoryStorage, parseRow } from "./memory-storage.ts";

/** Keeps how the channels are doing in memory. */
export function createFakeChannelHealthStore(storage: MemoryStorage): ChannelHealthStore {
  return {
    load: async () =>
      storage.rows(FLEET, CHANNEL_HEALTH_PREFIX).map((row) => {
        const channel = row.rowKey.slice(CHANNEL_HEALTH_PREFIX.length);
        return { value: parseRow<ChannelHealth>(row) ?? { channel, failures: 0 }, etag: row.etag };
      }),
    write: async (value, etag) => {
      const row = { rowKey: channelHealthKey(value), value };
      const write =
        etag === undefined ? ({ op: "insert", ...row } as const) : ({ op: "replace", ...row, etag } as const);
      return storage.transact(FLEET, [write]) === undefined ? "conflict" : "written";
    },
  };
}
