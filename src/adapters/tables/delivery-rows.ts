import { z } from "zod";
import { defined } from "../../domain/defined.ts";
import type { ChannelHealth } from "../../domain/delivery/channel-health.ts";
import {
  type Delivery,
  NOTIFICATION_KINDS,
  NOTIFY_REASONS,
  type NotificationFacts,
  type NotifyReason,
  type OutboxRow,
} from "../../domain/delivery/notification.ts";
import { episodeEnd, evaluation, ruleId, severity } from "./alert.schema.ts";
import type { RowKind } from "./read-rows.ts";
import { connectionKind, readDate, standing } from "./reading.schema.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { DEAD_PREFIX, DELIVERY_PREFIX, deliveryKey, OUTBOX_PREFIX, outboxKey } from "./row-keys.ts";
import { type MemberSchemas, objectOf, oneOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Checks what a notification says. */
export const notificationKind = z.enum(NOTIFICATION_KINDS);

/** Checks why a channel is told. */
export const notifyReason = z.enum(NOTIFY_REASONS);

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
  reason: notifyReason,
  severity,
  isFlapping: z.boolean().optional(),
  previousDateMs: number.optional(),
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

/** Why the first versions told a channel, which did not write it down. */
const FORMER_REASONS: Readonly<Partial<Record<string, NotifyReason>>> = {
  fired: "first-firing",
  escalated: "severity-rose",
  resolved: "ended",
};

const rowWithKind = z.looseObject({ facts: z.looseObject({ kind: text }) });

/** Makes the schema of a row with facts; facts of a row that was written without a reason get theirs. */
function withReason<T extends object>(members: MemberSchemas<T>): z.ZodType<T> {
  return z.preprocess((row) => {
    const found = rowWithKind.safeParse(row).data;
    const reason = FORMER_REASONS[found?.facts.kind ?? ""];
    return found === undefined ? row : { ...found, facts: { ...defined({ reason }), ...found.facts } };
  }, objectOf<T>(members));
}

/** Stores an undelivered notification. */
export const outboxRow: RowCodec<OutboxRow> = createRowCodec({
  instants: ["nextAttemptAtMs"],
  parts: ["facts"],
  schema: withReason<OutboxRow>({
    facts,
    channel: text,
    attempts: number,
    firstAttemptAtMs: number.optional(),
    lastAttemptAtMs: number.optional(),
    heldMs: number.optional(),
    nextAttemptAtMs: number,
    leaseUntilMs: number.optional(),
    owner: text.optional(),
    wasTried: z.boolean().optional(),
    dead: z.boolean().optional(),
  }),
});

/** The undelivered notifications. */
export const OUTBOX: RowKind<OutboxRow> = { prefix: OUTBOX_PREFIX, codec: outboxRow, keyOf: outboxKey };

/** Stores how a notification ended. */
export const deliveryRow: RowCodec<Delivery> = createRowCodec({
  instants: ["settledAtMs"],
  parts: ["facts"],
  schema: withReason<Delivery>({
    id: text,
    facts,
    channel: text,
    outcome: oneOf<Delivery["outcome"]>({ delivered: true, dead: true, superseded: true }),
    attempts: number,
    settledAtMs: number,
  }),
});

/** The notifications that were given up. */
export const DEAD: RowKind<Delivery> = { prefix: DEAD_PREFIX, codec: deliveryRow, keyOf: deliveryKey };

/** The notifications that were settled in any other way. */
export const DELIVERED: RowKind<Delivery> = { prefix: DELIVERY_PREFIX, codec: deliveryRow, keyOf: deliveryKey };

/** Stores how a channel has been doing. */
export const channelHealthRow: RowCodec<ChannelHealth> = createRowCodec({
  instants: [],
  parts: [],
  schema: objectOf<ChannelHealth>({
    channel: text,
    failures: number,
    openUntilMs: number.optional(),
    probedAtMs: number.optional(),
    deadAtMs: number.optional(),
    off: objectOf<NonNullable<ChannelHealth["off"]>>({ reason: text, targetDigest: text, sinceMs: number }).optional(),
  }),
});
