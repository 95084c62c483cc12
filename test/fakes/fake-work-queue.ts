import type { DeliveryRequest, PollRequest, WorkQueue } from "../../src/ports/work-queue.ts";

/** A message as sent, with the delay asked for. */
export interface SentMessage<T> {
  readonly request: T;
  readonly delayMs: number;
}

/** A work queue in memory with its other end. */
export interface FakeWorkQueue extends WorkQueue {
  /** Takes all poll requests sent so far, oldest first, whatever their delay. */
  readonly takePolls: () => readonly SentMessage<PollRequest>[];
  /** Takes all delivery requests sent so far, oldest first, whatever their delay. */
  readonly takeDeliveries: () => readonly SentMessage<DeliveryRequest>[];
}

/** Keeps messages in memory until a test takes them; time is up to the test. */
export function createFakeWorkQueue(): FakeWorkQueue {
  const polls: SentMessage<PollRequest>[] = [];
  const deliveries: SentMessage<DeliveryRequest>[] = [];
  return {
    requestPoll: async (request, delayMs) => {
      polls.push({ request, delayMs });
    },
    requestDelivery: async (request, delayMs) => {
      deliveries.push({ request, delayMs });
    },
    takePolls: () => polls.splice(0),
    takeDeliveries: () => deliveries.splice(0),
  };
}
