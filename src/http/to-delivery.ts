import { toDeliveryId } from "../domain/delivery/delivery-id.ts";
import {
  type Delivery,
  type NotificationFacts,
  notificationId,
  type OutboxRow,
} from "../domain/delivery/notification.ts";
import { toIso } from "../domain/time.ts";
import { toDateTime } from "../domain/wire.ts";
import type { DeliveryBody } from "./contract/deliveries.ts";

/** Writes a notification that is on its way. */
export function toPendingDelivery(row: OutboxRow): DeliveryBody {
  const { facts, channel, attempts, lastFailure, lastAttemptAtMs, nextAttemptAtMs } = row;
  return {
    notificationId: notificationId(facts, channel),
    status: "pending",
    channel,
    ...toFacts(facts),
    attempts,
    reason: lastFailure,
    lastAttemptDateTime: toDateTime(lastAttemptAtMs),
    nextAttemptDateTime: toIso(nextAttemptAtMs),
  };
}

/** Writes the record of a settled notification. */
export function toSettledDelivery(delivery: Delivery): DeliveryBody {
  const { id, facts, channel, outcome, attempts, settledAtMs, reason } = delivery;
  return {
    id: toDeliveryId(delivery),
    notificationId: id,
    status: outcome,
    channel,
    ...toFacts(facts),
    attempts,
    reason,
    settledDateTime: toIso(settledAtMs),
  };
}

function toFacts(facts: NotificationFacts) {
  return {
    kind: facts.kind,
    toldBecause: facts.reason,
    ruleId: facts.ruleId,
    severity: facts.severity,
    alertKey: facts.alertKey,
    episode: facts.episode,
    connectionKey: facts.connectionKey,
    connectionKind: facts.connectionKind,
    connectionName: facts.connectionName,
    slotDateTime: toIso(facts.slotMs),
    firedDateTime: toIso(facts.firedSlotMs),
  };
}
