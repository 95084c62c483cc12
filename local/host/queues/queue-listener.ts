import { setTimeout as sleep } from "node:timers/promises";
import { type DequeuedMessageItem, type QueueClient, QueueServiceClient, RestError } from "@azure/storage-queue";
import type { QueueOptions } from "../host-config.ts";
import type { QueueFunction } from "../index-functions.ts";
import { createInvocation } from "../invocation.ts";
import type { Listener } from "../listener.ts";
import { type Log, messageOf } from "../logs.ts";
import type { RpcInvocationRequest } from "../rpc.ts";
import { judgeFailure, judgeMessage, nextIdleMs, poisonQueueOf } from "./queue-decisions.ts";
import { toTriggerMetadata } from "./trigger-metadata.ts";

/** What a queue listener works with. */
export interface QueueListenerDeps {
  readonly options: QueueOptions;
  /** Runs the function; resolves with whether it succeeded. */
  readonly run: (request: RpcInvocationRequest) => Promise<boolean>;
  readonly log: Log;
  /** How long a received message is hidden from others; renewed at half-time. */
  readonly hiddenMs: number;
}

/** The poll itself tries again, and a stop must not wait long for storage that is away. */
const QUICK_RETRY = { maxTries: 2, retryDelayInMs: 200 };

interface Context extends QueueListenerDeps {
  readonly fn: QueueFunction;
  readonly queue: QueueClient;
  readonly poisonQueue: QueueClient | undefined;
}

/** Runs a queue function for each message of its queue; a queue that is missing counts as empty. */
export function startQueueListener(deps: QueueListenerDeps, fn: QueueFunction): Listener {
  const service = QueueServiceClient.fromConnectionString(fn.connectionString, { retryOptions: QUICK_RETRY });
  const poisonName = poisonQueueOf(fn.queueName);
  const context = {
    ...deps,
    fn,
    queue: service.getQueueClient(fn.queueName),
    poisonQueue: poisonName === undefined ? undefined : service.getQueueClient(poisonName),
  };
  const stopping = new AbortController();
  const polling = poll(context, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await polling;
    },
  };
}

/** Ends when `signal` is aborted and all messages under way are done. */
async function poll(context: Context, signal: AbortSignal): Promise<void> {
  const { options } = context;
  const atWork = new Set<Promise<void>>();
  let idleMs: number | undefined;
  while (!signal.aborted) {
    if (atWork.size > options.newBatchThreshold) {
      await Promise.race(atWork);
      continue;
    }
    const messages = await receive(context);
    if (signal.aborted) {
      await Promise.all(messages.map((message) => show(context, message, 0)));
      break;
    }
    for (const message of messages) {
      const work: Promise<void> = handleMessage(context, message).finally(() => atWork.delete(work));
      atWork.add(work);
    }
    idleMs = messages.length > 0 ? undefined : nextIdleMs(idleMs, options);
    await sleep(idleMs ?? 0, undefined, { signal }).catch(() => undefined); // an abort ends the loop
  }
  await Promise.all(atWork);
}

/** Not aborted by a stop: messages that storage has handed out must not stay hidden. */
async function receive(context: Context): Promise<readonly DequeuedMessageItem[]> {
  try {
    const { receivedMessageItems } = await context.queue.receiveMessages({
      numberOfMessages: context.options.batchSize,
      visibilityTimeout: toSeconds(context.hiddenMs),
    });
    return receivedMessageItems;
  } catch (error) {
    if (!isNotFound(error)) {
      warn(context, "Cannot receive messages", error);
    }
    return [];
  }
}

/** Lets others see a message again after a while. */
async function show(
  { queue }: Context,
  { messageId, popReceipt }: { readonly messageId: string; readonly popReceipt: string },
  afterMs: number,
): Promise<void> {
  await queue.updateMessage(messageId, popReceipt, undefined, toSeconds(afterMs));
}

/** Never rejects: a message whose fate cannot be written comes again. */
async function handleMessage(context: Context, message: DequeuedMessageItem): Promise<void> {
  const facts = { text: message.messageText, dequeueCount: message.dequeueCount };
  const verdict = judgeMessage(facts, context.options);
  try {
    if (verdict.kind === "poison") {
      await moveToPoison(context, message, message.popReceipt);
      return;
    }
    const stayHidden = keepHidden(context, message);
    const metadata = toTriggerMetadata(verdict.body, message);
    const hasSucceeded = await context.run(createInvocation(context.fn, { data: { string: verdict.body }, metadata }));
    const popReceipt = await stayHidden.end();
    if (hasSucceeded) {
      await context.queue.deleteMessage(message.messageId, popReceipt);
    } else if (judgeFailure(facts, context.options) === "poison") {
      await moveToPoison(context, message, popReceipt);
    } else {
      await show(context, { ...message, popReceipt }, context.options.visibilityTimeoutMs);
    }
  } catch (error) {
    warn(context, `Cannot settle message ${message.messageId}`, error);
  }
}

/** The copy comes before the deletion: a stop between doubles a poison message instead of losing it. */
async function moveToPoison(context: Context, message: DequeuedMessageItem, popReceipt: string): Promise<void> {
  const { poisonQueue } = context;
  if (poisonQueue === undefined) {
    return;
  }
  await poisonQueue.createIfNotExists();
  await poisonQueue.sendMessage(message.messageText, { messageTimeToLive: -1 });
  await context.queue.deleteMessage(message.messageId, popReceipt);
  const text = `Message ${message.messageId} of ${context.fn.queueName} was moved to ${poisonQueue.name}`;
  context.log({ level: "warning", category: "Host.Triggers.Queue", message: text, functionName: context.fn.name });
}

/** Renews a message's hiding at half-time until it is ended, which resolves with the receipt that is valid then. */
function keepHidden(context: Context, { messageId, popReceipt }: DequeuedMessageItem): { end(): Promise<string> } {
  let receipt = popReceipt;
  let renewal = Promise.resolve();
  const renew = async (): Promise<void> => {
    const renewed = await context.queue.updateMessage(messageId, receipt, undefined, toSeconds(context.hiddenMs));
    receipt = renewed.popReceipt ?? receipt;
  };
  const timer = setInterval(() => {
    renewal = renewal.then(renew).catch((error: unknown) => warn(context, `Cannot keep message ${messageId}`, error));
  }, context.hiddenMs / 2);
  return {
    async end() {
      clearInterval(timer);
      await renewal;
      return receipt;
    },
  };
}

function warn(context: Context, action: string, error: unknown): void {
  const message = `${action} of ${context.fn.queueName}: ${messageOf(error).split("\n")[0]}`;
  context.log({ level: "warning", category: "Host.Triggers.Queue", message, functionName: context.fn.name });
}

function isNotFound(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 404;
}

function toSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
