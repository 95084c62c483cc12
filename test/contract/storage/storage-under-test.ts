import { randomUUID } from "node:crypto";
import { TableClient } from "@azure/data-tables";
import { createTableStorage, type TableStorage } from "../../../src/adapters/tables/create-table-storage.ts";
import { createFakeChannelHealthStore } from "../../fakes/fake-channel-health-store.ts";
import { createFakeDeadLetters } from "../../fakes/fake-dead-letters.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { createFakeOperatorStore } from "../../fakes/fake-operator-store.ts";
import { createFakeOutbox } from "../../fakes/fake-outbox.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createFakeSuppressionStore } from "../../fakes/fake-suppression-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

/** The stores on one empty storage, a hand that spoils rows, and an eye on what no port reads. */
export interface StorageUnderTest extends TableStorage {
  /** The RowKeys of a partition of the table `monitor`, in ordinal order. */
  readonly keys: (partition: string) => Promise<readonly string[]>;
  /** Makes a row unreadable, or puts an unreadable one where there was none. */
  readonly corrupt: (table: "monitor" | "overview", partition: string, rowKey: string) => Promise<void>;
}

/** Opens an empty storage. */
export type OpenStorage = () => StorageUnderTest;

/** Opens fakes on a memory of their own. */
export function openFakeStorage(): StorageUnderTest {
  const storage = createMemoryStorage();
  return {
    monitorStore: createFakeMonitorStore(storage),
    overviewStore: createFakeOverviewStore(storage),
    historyStore: createFakeHistoryStore(storage),
    outbox: createFakeOutbox(storage),
    suppressionStore: createFakeSuppressionStore(storage),
    channelHealthStore: createFakeChannelHealthStore(storage),
    deadLetters: createFakeDeadLetters(storage),
    operatorStore: createFakeOperatorStore(storage),
    keys: async (partition) => storage.rows(partition, "").map(({ rowKey }) => rowKey),
    corrupt: async (_, partition, rowKey) => storage.corrupt(partition, rowKey),
  };
}

/** The real storage, with clients that see its tables as they are. */
export interface TablesUnderTest extends StorageUnderTest {
  readonly tables: Readonly<Record<"monitor" | "overview", TableClient>>;
}

/** Opens tables of their own in an emulator; nothing is there until a store makes it. */
export function openTableStorage(connectionString: string): TablesUnderTest {
  const tablePrefix = `t${randomUUID().replaceAll("-", "")}`;
  const clientOf = (table: string) =>
    TableClient.fromConnectionString(connectionString, tablePrefix + table, { allowInsecureConnection: true });
  const tables = { monitor: clientOf("monitor"), overview: clientOf("overview") };
  return {
    ...createTableStorage({ connection: { connectionString }, tablePrefix, retryDelayMs: 1 }),
    tables,
    keys: async (partition) => {
      const keys: string[] = [];
      for await (const { partitionKey, rowKey = "" } of tables.monitor.listEntities()) {
        if (partitionKey === partition) keys.push(rowKey);
      }
      return keys;
    },
    corrupt: async (table, partitionKey, rowKey) => {
      await tables[table].createTable();
      await tables[table].upsertEntity({ partitionKey, rowKey, v: 1, rest: "{" }, "Merge");
    },
  };
}
