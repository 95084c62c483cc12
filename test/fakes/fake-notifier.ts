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
  /** Every notification that reached the receiver, whatever became of it. */
  readonly received: readonly OutgoingNotification[];
  /** The same by message: the notifications that one message told of. */
  readonly messages: readonly (readonly OutgoingNotification[])[];
  /** When each test message was sent. */
  readonly tests: readonly number[];
  /** Sets the mood for all further messages. */
  readonly setMood: (mood: ReceiverMood) => void;
}

/** Keeps messages in memory; the receiver accepts until told otherwise. */
export function createFakeNotifier({ groups = false, targetDigest = "target-1" } = {}): FakeNotifier {
  const received: OutgoingNotification[] = [];
  const messages: (readonly OutgoingNotification[])[] = [];
  const tests: number[] = [];
  let outcome = OUTCOMES.accepts;
  return {
    groups,
    targetDigest,
    received,
    messages,
    tests,
    setMood: (mood) => {
      outcome = OUTCOMES[mood];
    },
    send: async (notifications) => {
      if (notifications.length === 0 || (!groups && notifications.length > 1)) {
        throw new RangeError(`Cannot send: ${groups ? "1 to 45" : "one"} wanted, there are ${notifications.length}`);
      }
      messages.push(notifications);
      received.push(...notifications);
      return outcome;
    },
    sendTest: async (sentAtMs) => {
      tests.push(sentAtMs);
      return outcome;
    },
  };
}
