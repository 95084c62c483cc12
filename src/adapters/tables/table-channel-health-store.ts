import { FLEET } from "../../domain/poll/fleet.ts";
import type { ChannelHealthStore } from "../../ports/channel-health-store.ts";
import { channelHealthRow } from "./delivery-rows.ts";
import { actionsIn } from "./row-actions.ts";
import { CHANNEL_HEALTH_PREFIX, channelHealthKey, under } from "./row-keys.ts";
import type { TableCalls } from "./table-calls.ts";

/** Keeps how the channels are doing in the fleet's partition of the table `monitor`. */
export function createTableChannelHealthStore(table: TableCalls): ChannelHealthStore {
  return {
    load: async () => {
      const rows = await table.readAll("load-channels", { partitionKey: FLEET, ...under(CHANNEL_HEALTH_PREFIX) });
      return rows.map((row) => {
        const channel = row.rowKey.slice(CHANNEL_HEALTH_PREFIX.length);
        const { failures = 0, ...known } = channelHealthRow.fromRow(row) ?? {};
        return { value: { ...known, channel, failures }, etag: row.etag };
      });
    },
    write: async (next, etag) => {
      const rows = actionsIn(FLEET);
      const [key, columns] = [channelHealthKey(next), channelHealthRow.toColumns(next)];
      const action = etag === undefined ? rows.insert(key, columns) : rows.replace(key, columns, etag);
      return (await table.transact("write-channel", [action])) === undefined ? "conflict" : "written";
    },
  };
}
