import { createHash } from "node:crypto";
import { createTableStorage } from "../../../src/adapters/tables/create-table-storage.ts";
import { schedulePolls } from "../../../src/app/schedule-polls.ts";
import { loadSettings } from "../../../src/composition.ts";

/** Has the monitor watch itself at an instant, as its timer would, without asking for polls or deliveries. */
export async function watchFleet(settings: Readonly<Record<string, string>>, nowMs: number): Promise<void> {
  const { periodMs, tenants, fleet, channels, tablePrefix } = await loadSettings(settings);
  const connection = { connectionString: settings["AzureWebJobsStorage"] ?? "" };
  const { monitorStore: store, ...stores } = createTableStorage({ connection, tablePrefix });
  const queue = { requestPoll: () => Promise.resolve(), requestDelivery: () => Promise.resolve() };
  await schedulePolls(
    {
      store,
      overview: stores.overviewStore,
      channelHealth: stores.channelHealthStore,
      notifierOf: () => Promise.resolve(undefined),
      queue,
      clock: { nowMs: () => nowMs },
      digest: (text) => createHash("sha256").update(text).digest("hex").slice(0, 32),
      deadManSwitch: undefined,
    },
    { tenants: tenants.map(({ policy }) => policy), periodMs, fleet, channels: channels.map(({ name }) => name) },
  );
}
