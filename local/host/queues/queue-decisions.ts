import type { QueueOptions } from "../host-config.ts";

/** A received message, as far as decisions need it. */
export interface MessageFacts {
  /** As it stands in the queue. */
  readonly text: string;
  /** Counts this reception. */
  readonly dequeueCount: number;
}

/** What becomes of a received message. */
export type MessageVerdict =
  | { readonly kind: "run"; readonly body: string }
  | { readonly kind: "poison"; readonly reason: "not-base64" | "dequeued-too-often" };

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Decides whether a received message is run; text that is not valid base64 never reaches the function.
 *
 * Source: azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage.Queues, QueueListener.cs and QueueProcessor.cs.
 */
export function judgeMessage({ text, dequeueCount }: MessageFacts, options: QueueOptions): MessageVerdict {
  if (options.messageEncoding === "base64" && !BASE64.test(text.replace(/\s/g, ""))) {
    return { kind: "poison", reason: "not-base64" };
  }
  if (dequeueCount > options.maxDequeueCount) {
    return { kind: "poison", reason: "dequeued-too-often" };
  }
  return { kind: "run", body: options.messageEncoding === "base64" ? Buffer.from(text, "base64").toString() : text };
}

/** Decides what becomes of a message whose run failed: it is shown again after a while, or poison. */
export function judgeFailure({ dequeueCount }: MessageFacts, options: QueueOptions): "retry" | "poison" {
  return dequeueCount >= options.maxDequeueCount ? "poison" : "retry";
}

/** Returns the queue for poison messages; `undefined` for a poison queue, which keeps its own. */
export function poisonQueueOf(queueName: string): string | undefined {
  return queueName.endsWith("-poison") ? undefined : `${queueName}-poison`;
}

const FIRST_IDLE_MS = 100;
/** The real host waits up to a minute; for someone who watches, a second is long. */
const LONGEST_IDLE_MS = 1000;

/** Returns the wait before the next look at a queue that was found empty, given the wait before. */
export function nextIdleMs(lastMs: number | undefined, options: QueueOptions): number {
  const wanted = lastMs === undefined ? FIRST_IDLE_MS : lastMs * 2;
  return Math.min(wanted, LONGEST_IDLE_MS, options.maxPollingIntervalMs);
}
