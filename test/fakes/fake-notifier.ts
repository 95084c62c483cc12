import type { AttemptOutcome } from "../../src/domain/delivery/conclude-attempt.ts";
import type { Notifier, OutgoingNotification } from "../../src/ports/notifier.ts";

/** What the receiver behind a channel does with a message. */
export type ReceiverMood =
  | "accepts"
  /** Asks for two minutes of patience. */
  | "throttles"
  | "overloaded"
  | "refuses"
  | "gone"
  | "redirects"
  | "resets"
  | "hangs";

/** What a notifier makes of each mood; the contract suite holds the real channels to the same table. */
export const OUTCOMES: Readonly<Record<ReceiverMood, AttemptOutcome>> = {
  accepts: { kind: "delivered" },
  throttles: { kind: "retry", reason: "http-429", retryAfterMs: 120_000 },
  overloaded: { kind: "retry", reason: "http-503" },
  refuses: { kind: "final", reason: "http-404" },
  gone: { kind: "final", reason: "http-410" },
  redirects: { kind: "final", reason: "http-redirect" },
  resets: { kind: "retry", reason: "network" },
  hangs: { kind: "retry", reason: "timeout" },
};

/** A notifier in memory with the receiver behind it. */
export interface FakeNotifier extends Notifier {
  /** Every message that reached the receiver, whatever became of it. */
  readonly received: readonly OutgoingNotification[];
  /** Sets the mood for all further messages. */
  readonly setMood: (mood: ReceiverMood) => void;
}

/** Keeps messages in memory; the receiver accepts until told otherwise. */
export function createFakeNotifier(): FakeNotifier {
  const received: OutgoingNotification[] = [];
  let outcome = OUTCOMES.accepts;
  return {
    received,
    setMood: (mood) => {
      outcome = OUTCOMES[mood];
    },
    send: async (notification) => {
      received.push(notification);
      return outcome;
    },
  };
}
