import { z } from "zod";
import type { Delivery, NotificationFacts, NotificationKind, OutboxRow } from "../../domain/delivery/notification.ts";
import { episodeEnd, evaluation, ruleId, severity } from "./alert.schema.ts";
import type { RowKind } from "./read-rows.ts";
import { connectionKind, readDate, standing } from "./reading.schema.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { OUTBOX_PREFIX, outboxKey } from "./row-keys.ts";
import { objectOf, oneOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Checks what a notification says about its episode. */
export const notificationKind: z.ZodType<NotificationKind> = oneOf<NotificationKind>({
  fired: true,
  escalated: true,
  resolved: true,
});

const facts = objectOf<NotificationFacts>({
  tenantId: text,
  tenantName: text,
  connectionKey: text,
  connectionId: text,
  connectionKind,
  connectionName: text,
  ruleId,
  alertKey: text,
  episode: text,
  kind: notificationKind,
  severity,
  previousSeverity: severity.optional(),
  slotMs: number,
  observedAtMs: number,
  firedSlotMs: number,
  evaluation: evaluation.optional(),
  endReason: episodeEnd.optional(),
  standing,
  lastContact: readDate,
  nonComplianceDeadline: readDate,
  removalDeadline: readDate,
  consequence: text,
  remedy: text,
});

/** Stores an undelivered notification. */
export const outboxRow: RowCodec<OutboxRow> = createRowCodec({
  instants: ["nextAttemptAtMs"],
  parts: ["facts"],
  schema: objectOf<OutboxRow>({
    facts,
    channel: text,
    attempts: number,
    firstAttemptAtMs: number.optional(),
    nextAttemptAtMs: number,
    leaseUntilMs: number.optional(),
    owner: text.optional(),
    dead: z.boolean().optional(),
  }),
});

/** The undelivered notifications. */
export const OUTBOX: RowKind<OutboxRow> = { prefix: OUTBOX_PREFIX, codec: outboxRow, keyOf: outboxKey };

/** Stores how a notification ended. */
export const deliveryRow: RowCodec<Delivery> = createRowCodec({
  instants: ["settledAtMs"],
  parts: ["facts"],
  schema: objectOf<Delivery>({
    id: text,
    facts,
    channel: text,
    outcome: oneOf<Delivery["outcome"]>({ delivered: true, dead: true, superseded: true }),
    attempts: number,
    settledAtMs: number,
  }),
});
