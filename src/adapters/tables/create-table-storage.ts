import { TableClient, type TableServiceClientOptions } from "@azure/data-tables";
import type { TokenCredential } from "@azure/identity";
import { SECOND_MS } from "../../domain/units.ts";
import type { ChannelHealthStore } from "../../ports/channel-health-store.ts";
import type { DeadLetters } from "../../ports/dead-letters.ts";
import type { HistoryStore } from "../../ports/history-store.ts";
import type { MonitorStore, OverviewStore } from "../../ports/monitor-store.ts";
import type { OperatorStore } from "../../ports/operator-store.ts";
import type { Outbox } from "../../ports/outbox.ts";
import type { SuppressionStore } from "../../ports/suppression-store.ts";
import { guardedDeletePolicy } from "./guarded-delete.ts";
import { createTableCalls } from "./table-calls.ts";
import { createTableChannelHealthStore } from "./table-channel-health-store.ts";
import { createTableDeadLetters } from "./table-dead-letters.ts";
import { createTableHistoryStore } from "./table-history-store.ts";
import { createTableMonitorStore } from "./table-monitor-store.ts";
import { createTableOperatorStore } from "./table-operator-store.ts";
import { createTableOutbox } from "./table-outbox.ts";
import { createTableOverviewStore } from "./table-overview-store.ts";
import { createTableSuppressionStore } from "./table-suppression-store.ts";

/** How the storage account is reached: by a connection string, or by an identity at `https://<account>.table.core.windows.net`. */
export type TableConnection =
  | { readonly connectionString: string }
  | { readonly serviceUrl: string; readonly credential: TokenCredential };

/** Where the rows are and how patient the calls are. */
export interface TableStorageOptions {
  readonly connection: TableConnection;
  /** Letters and digits before the table names `monitor` and `overview`, for several installations in one account. @default "" */
  readonly tablePrefix?: string;
  /** The pause before the first of three retries; it doubles each time. @default 500 */
  readonly retryDelayMs?: number;
  /** How long a call may take with all its retries. @default 30_000 */
  readonly timeoutMs?: number;
}

/** The stores on one set of tables. */
export interface TableStorage {
  readonly monitorStore: MonitorStore;
  readonly overviewStore: OverviewStore;
  readonly historyStore: HistoryStore;
  readonly outbox: Outbox;
  readonly suppressionStore: SuppressionStore;
  readonly channelHealthStore: ChannelHealthStore;
  readonly deadLetters: DeadLetters;
  readonly operatorStore: OperatorStore;
}

/** Keeps everything in the tables `monitor` and `overview`, which are made when first missed. */
export function createTableStorage(options: TableStorageOptions): TableStorage {
  const callsTo = (table: string) =>
    createTableCalls(createClient(table, options), options.timeoutMs ?? 30 * SECOND_MS);
  const monitor = callsTo("monitor");
  return {
    monitorStore: createTableMonitorStore(monitor),
    overviewStore: createTableOverviewStore(callsTo("overview")),
    historyStore: createTableHistoryStore(monitor),
    outbox: createTableOutbox(monitor),
    suppressionStore: createTableSuppressionStore(monitor),
    channelHealthStore: createTableChannelHealthStore(monitor),
    deadLetters: createTableDeadLetters(monitor),
    operatorStore: createTableOperatorStore(monitor),
  };
}

function createClient(
  table: string,
  { connection, tablePrefix = "", retryDelayMs = 500 }: TableStorageOptions,
): TableClient {
  const name = tablePrefix + table;
  const options: TableServiceClientOptions = {
    retryOptions: { maxRetries: 3, retryDelayInMs: retryDelayMs, maxRetryDelayInMs: 8 * retryDelayMs },
    additionalPolicies: [{ policy: guardedDeletePolicy, position: "perCall" }],
  };
  if ("connectionString" in connection) {
    // A connection string says itself whether it means plain HTTP, which is all that an emulator speaks.
    return TableClient.fromConnectionString(connection.connectionString, name, {
      ...options,
      allowInsecureConnection: true,
    });
  }
  return new TableClient(connection.serviceUrl, name, connection.credential, options);
}
