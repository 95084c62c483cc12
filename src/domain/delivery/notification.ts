import type { EndReason } from "../alerts/alert-state.ts";
import type { ConnectionKind, ReadDate, Standing } from "../connections/reading.ts";
import type { Evaluation, RuleId, Severity } from "../rules/rule.ts";

/** What a notification says about its episode. */
export type NotificationKind = "fired" | "escalated" | "resolved";

/** What a notification reports, stored as facts and rendered only when it is sent. */
export interface NotificationFacts {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly connectionKey: string;
  readonly connectionId: string;
  readonly connectionKind: ConnectionKind;
  readonly connectionName: string;
  readonly ruleId: RuleId;
  readonly alertKey: string;
  readonly episode: string;
  readonly kind: NotificationKind;
  readonly severity: Severity;
  /** The severity this channel was told before; set for `escalated`. */
  readonly previousSeverity?: Severity;
  readonly slotMs: number;
  /** When the reading behind it was taken. */
  readonly observedAtMs: number;
  /** Slot in which the episode began to fire. */
  readonly firedSlotMs: number;
  readonly evaluation?: Evaluation;
  /** Why it ended: `recovered`, or the reason why nothing is judged any more; set for `resolved`. */
  readonly endReason?: "recovered" | EndReason;
  readonly standing: Standing;
  readonly lastContact?: ReadDate;
  readonly nonComplianceDeadline?: ReadDate;
  readonly removalDeadline?: ReadDate;
  /** Partner state or Microsoft's verdict as read; of a source or tenant the reason why it cannot be read. */
  readonly reportedState?: string;
  /** What is known of that reason, such as the permission to grant. */
  readonly detail?: string;
  /** One sentence where Microsoft's verdict differs from ours. */
  readonly verdictNote?: string;
  /** What happens next and when, if nobody acts. */
  readonly consequence: string;
  readonly remedy: string;
  /** Where in the Intune admin center the connection is looked after. */
  readonly portalPage?: string;
}

/** One undelivered notification: an alert gives a channel at most one a slot, so alert, slot and channel identify it. */
export interface OutboxRow {
  readonly facts: NotificationFacts;
  /** The channel's name. */
  readonly channel: string;
  /** Sends begun so far. */
  readonly attempts: number;
  readonly firstAttemptAtMs?: number;
  /** Not before this instant; a new row is due at once. */
  readonly nextAttemptAtMs: number;
  /** Until then its owner alone may send or settle it. */
  readonly leaseUntilMs?: number;
  readonly owner?: string;
  /** The code of the last failure; never a text or an address. */
  readonly lastFailure?: string;
  /** Given up, kept beside the episode until its `resolved` settles; never due. */
  readonly dead?: boolean;
}

/** How a notification ended. */
export interface Delivery {
  readonly id: string;
  readonly facts: NotificationFacts;
  readonly channel: string;
  readonly outcome: "delivered" | "dead" | "superseded";
  readonly attempts: number;
  readonly settledAtMs: number;
  /** The code of the last failure, or why it was not sent. */
  readonly reason?: string;
}

/** Returns when its poll judged: its reading's instant, or the slot where the reading is an older one. Dates are told from there. */
export function judgedAtMs({ slotMs, observedAtMs }: NotificationFacts): number {
  return Math.max(slotMs, observedAtMs);
}

/** Names a notification for good: receivers drop a second one with the same id. */
export function notificationId(facts: NotificationFacts, channel: string): string {
  return `${facts.episode}.${facts.slotMs}.${facts.kind}.${channel}`;
}
