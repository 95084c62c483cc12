import type { EndReason } from "../alerts/alert-state.ts";
import type { ConnectionKind, ReadDate, Standing } from "../connections/reading.ts";
import type { Evaluation, RuleId, Severity } from "../rules/rule.ts";
import { SECOND_MS } from "../units.ts";

/**
 * What a notification says. All but `flapping` belong to an episode that its channel was told of: `fired` first,
 * `resolved` last. `flapping` stands alone: short breaches came and went so often that it is worth a word.
 */
export const NOTIFICATION_KINDS = ["fired", "escalated", "deescalated", "reminder", "flapping", "resolved"] as const;

/** What a notification says. */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Why a channel is told, as decided by the poll. */
export const NOTIFY_REASONS = [
  "first-firing",
  "suppression-ended",
  "newly-routed",
  "critical-while-flapping",
  "severity-rose",
  "severity-fell",
  "changed-again",
  "date-moved-later",
  "date-moved-earlier",
  "bucket-crossed",
  "repeat-due",
  "flapping-began",
  "flapping-ended",
  "ended",
  "channel-left",
] as const;

/** Why a channel is told. */
export type NotifyReason = (typeof NOTIFY_REASONS)[number];

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
  readonly reason: NotifyReason;
  readonly severity: Severity;
  /** The alert comes and goes: until it is calm for 48 hours no further coming and going is told. */
  readonly isFlapping?: boolean;
  /** The date this channel was told before; set where it has moved. */
  readonly previousDateMs?: number;
  /** The severity this channel was told before; set for `escalated` and, where it fell, for `deescalated`. */
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
  readonly lastAttemptAtMs?: number;
  /** How long it was due since its first attempt and yet not tried, as a silence held it: does not count against its 72 hours. */
  readonly heldMs?: number;
  /** Not before this instant; a new row is due at once. */
  readonly nextAttemptAtMs: number;
  /** Until then its owner alone may send or settle it. */
  readonly leaseUntilMs?: number;
  /** The drain that wrote it last. */
  readonly owner?: string;
  /** The code of the last failure; never a text or an address. */
  readonly lastFailure?: string;
  /** It is replayed, and was tried before it was given up: its channel may have heard of it. */
  readonly wasTried?: boolean;
  /** Given up, kept beside the episode until its `resolved` settles; never due. */
  readonly dead?: boolean;
}

/** How a notification ended. */
export interface Delivery {
  readonly id: string;
  readonly facts: NotificationFacts;
  readonly channel: string;
  /** `superseded`: never sent, because something newer says more, or because a silence lay over all of the episode. */
  readonly outcome: "delivered" | "dead" | "superseded";
  readonly attempts: number;
  readonly settledAtMs: number;
  /** The code of the last failure, also of one that a later attempt made good; or why it was not sent. */
  readonly reason?: string;
}

/** How far the clock of a drain may be behind ours (ours): nobody would ring again for a row that is not due there yet. */
const CLOCK_SLACK_MS = 5 * SECOND_MS;

/** Returns a notification as it is planned now: without an attempt and due at once, also for a clock a little behind ours. */
export function plannedRow(facts: NotificationFacts, channel: string, nowMs: number): OutboxRow {
  return { facts, channel, attempts: 0, nextAttemptAtMs: nowMs - CLOCK_SLACK_MS };
}

/** Returns when its poll judged: its reading's instant, or the slot where the reading is an older one. Dates are told from there. */
export function judgedAtMs({ slotMs, observedAtMs }: NotificationFacts): number {
  return Math.max(slotMs, observedAtMs);
}

/** Names a notification for good: receivers drop a second one with the same id. */
export function notificationId(facts: NotificationFacts, channel: string): string {
  return `${facts.episode}.${facts.slotMs}.${facts.kind}.${channel}`;
}
