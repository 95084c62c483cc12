import { Buffer } from "node:buffer";
import type { TokenCredential } from "@azure/identity";
import { type QueueClient, QueueServiceClient, type StoragePipelineOptions } from "@azure/storage-queue";
import { DAY_MS, SECOND_MS } from "../../domain/units.ts";
import type { WorkQueue } from "../../ports/work-queue.ts";
import { isMissing, toDependencyError } from "./queue-failure.ts";

/** How the storage account is reached: by a connection string, or by an identity at `https://<account>.queue.core.windows.net`. */
export type QueueConnection =
  | { readonly connectionString: string }
  | { readonly serviceUrl: string; readonly credential: TokenCredential };

/** Where the queues are and how patient the calls are. */
export interface WorkQueueOptions {
  readonly connection: QueueConnection;
  /** Lower-case letters and digits before the queue names; the triggers must agree. @default "" */
  readonly queuePrefix?: string;
  /** The pause that the waits before the second and third retry are multiples of. @default 500 */
  readonly retryDelayMs?: number;
  /** How long a call may take with all its retries. @default 30_000 */
  readonly timeoutMs?: number;
}

const WEEK_S = (7 * DAY_MS) / SECOND_MS;

/**
 * Sends work to the queues `poll-requests` and `delivery-requests`, which are made when first missed.
 *
 * A message is JSON in base64, as host.json's `messageEncoding` has it. A delay is rounded up to whole seconds and cut to
 * the 7 days that the service allows; the message expires a week after it became visible.
 */
export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const { queuePrefix = "", timeoutMs = 30 * SECOND_MS } = options;
  const service = createClient(options);
  const polls = createSend(service.getQueueClient(`${queuePrefix}poll-requests`), timeoutMs);
  const deliveries = createSend(service.getQueueClient(`${queuePrefix}delivery-requests`), timeoutMs);
  return {
    requestPoll: ({ tenantId, slotMs, graphUnavailable, closing }, delayMs) =>
      polls("request-poll", { tenantId, slotMs, graphUnavailable, closing }, delayMs),
    requestDelivery: ({ tenantId }, delayMs) => deliveries("request-delivery", { tenantId }, delayMs),
  };
}

function createClient({ connection, retryDelayMs = 500 }: WorkQueueOptions): QueueServiceClient {
  const options: StoragePipelineOptions = {
    retryOptions: { maxTries: 4, retryDelayInMs: retryDelayMs, maxRetryDelayInMs: 8 * retryDelayMs },
  };
  return "connectionString" in connection
    ? QueueServiceClient.fromConnectionString(connection.connectionString, options)
    : new QueueServiceClient(connection.serviceUrl, connection.credential, options);
}

type Send = (operation: string, message: object, delayMs: number) => Promise<void>;

function createSend(client: QueueClient, timeoutMs: number): Send {
  return async (operation, message, delayMs) => {
    const text = Buffer.from(JSON.stringify(message)).toString("base64");
    const visibilityTimeout = Math.min(Math.max(Math.ceil(delayMs / SECOND_MS), 0), WEEK_S);
    const options = { visibilityTimeout, messageTimeToLive: visibilityTimeout + WEEK_S };
    const attempt = () => client.sendMessage(text, { ...options, abortSignal: AbortSignal.timeout(timeoutMs) });
    try {
      await withQueue(client, attempt);
    } catch (error) {
      throw toDependencyError(operation, error);
    }
  };
}

async function withQueue(client: QueueClient, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!isMissing(error)) throw error;
    await client.createIfNotExists();
    await attempt();
  }
}
