import type { AttemptOutcome } from "../domain/delivery/conclude-attempt.ts";
import type { NotificationFacts } from "../domain/delivery/notification.ts";

/** A notification on its way to one channel. */
export interface OutgoingNotification {
  /** Stable over all attempts, so that a receiver can drop a duplicate. */
  readonly id: string;
  readonly facts: NotificationFacts;
  /** The channel never got the `fired` of this episode, so this must read as a first notice. */
  readonly isFirstNotice: boolean;
  /** When this attempt is made. */
  readonly sentAtMs: number;
}

/** Sends notifications to one channel. */
export interface Notifier {
  /** Makes one attempt within 15 s; never throws for what the receiver or the network does. */
  readonly send: (notification: OutgoingNotification) => Promise<AttemptOutcome>;
}

/** Finds the notifier of a configured channel, loading its code on first use; undefined when no such channel is configured. */
export type NotifierOf = (channel: string) => Promise<Notifier | undefined>;
