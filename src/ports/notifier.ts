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

/** Sends notifications to one channel; no member throws for what the receiver or the network does. */
export interface Notifier {
  /** Whether one message may tell of several notifications, as in chat and mail. */
  readonly groups: boolean;
  /** Tells the target from any other that the channel may have had or get, without giving it away. */
  readonly targetDigest: string;
  /**
   * Makes one attempt within 15 s to tell all of them in one message.
   *
   * @param notifications Of one tenant, the gravest first: 1 to 45 of them, and exactly one where `groups` is false.
   */
  readonly send: (notifications: readonly OutgoingNotification[]) => Promise<AttemptOutcome>;
  /** Makes one attempt to send a message that says it is a test and leaves nothing open at the receiver. */
  readonly sendTest: (sentAtMs: number) => Promise<AttemptOutcome>;
}

/** Finds the notifier of a configured channel, loading its code on first use; undefined when no such channel is configured. */
export type NotifierOf = (channel: string) => Promise<Notifier | undefined>;
