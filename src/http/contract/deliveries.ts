import type { ConnectionKind } from "../../domain/connections/reading.ts";
import type { NotificationKind, NotifyReason } from "../../domain/delivery/notification.ts";
import type { RuleId, Severity } from "../../domain/rules/rule.ts";

/** Answer of GET v1/deliveries: one page, newest first. */
export interface DeliveriesBody {
  readonly tenantId: string;
  readonly value: readonly DeliveryBody[];
  /** Absolute, without a key; absent on the last page. */
  readonly nextLink?: string | undefined;
}

/** A notification of one channel, on its way or settled. */
export interface DeliveryBody {
  /** Names the record of a settled one; absent while it is pending. */
  readonly id?: string | undefined;
  /** What its receivers know it by; the same for every attempt. */
  readonly notificationId: string;
  /** `superseded`: never sent, as `reason` says. */
  readonly status: "pending" | "delivered" | "superseded" | "dead";
  readonly channel: string;
  readonly kind: NotificationKind;
  /** Why the channel is told. */
  readonly toldBecause: NotifyReason;
  readonly ruleId: RuleId;
  readonly severity: Severity;
  readonly alertKey: string;
  readonly episode: string;
  readonly connectionKey: string;
  readonly connectionKind: ConnectionKind;
  readonly connectionName: string;
  /** Slot of the poll that planned it. */
  readonly slotDateTime: string;
  /** Slot in which the episode began. */
  readonly firedDateTime: string;
  /** Sends begun so far, or until it was settled. */
  readonly attempts: number;
  /** The code of the last failure, or why it was not sent. */
  readonly reason?: string | undefined;
  readonly settledDateTime?: string | undefined;
  /** Of a pending one. */
  readonly lastAttemptDateTime?: string | undefined;
  /** Not before this instant; of a pending one. */
  readonly nextAttemptDateTime?: string | undefined;
}
