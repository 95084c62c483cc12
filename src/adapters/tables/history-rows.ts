import { z } from "zod";
import type { Change, ConnectionEvent } from "../../domain/history/connection-event.ts";
import type { Snapshot } from "../../domain/history/snapshot.ts";
import { disappearance, evaluation, phase, ruleId, severity, stepReason } from "./alert.schema.ts";
import { notificationKind } from "./delivery-rows.ts";
import { snapshotReading } from "./reading.schema.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { objectOf, oneOf, variantOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

type ChangeOf<T extends Change["type"]> = Extract<Change, { readonly type: T }>;

const change = variantOf<Change, "type">("type", {
  alert: objectOf<ChangeOf<"alert">>({
    type: z.literal("alert"),
    ruleId,
    from: phase,
    to: phase,
    severity: severity.optional(),
    reason: stepReason,
    evaluation: evaluation.optional(),
    told: z.record(text, notificationKind),
  }),
  appeared: objectOf<ChangeOf<"appeared">>({ type: z.literal("appeared"), returned: z.boolean() }),
  disappeared: objectOf<ChangeOf<"disappeared">>({ type: z.literal("disappeared"), reason: disappearance }),
  configuration: objectOf<ChangeOf<"configuration">>({
    type: z.literal("configuration"),
    severity: oneOf<ChangeOf<"configuration">["severity"]>({ info: true, warning: true }),
    changes: z.array(text),
  }),
  standing: objectOf<ChangeOf<"standing">>({ type: z.literal("standing"), from: text, to: text }),
  state: objectOf<ChangeOf<"state">>({ type: z.literal("state"), from: text, to: text }),
  gap: objectOf<ChangeOf<"gap">>({ type: z.literal("gap"), fromMs: number, toMs: number, reason: text }),
});

/** Stores all changes of one connection in one slot; the row in the feed is the same. */
export const eventRow: RowCodec<ConnectionEvent> = createRowCodec({
  instants: ["slotMs", "observedAtMs"],
  parts: ["changes"],
  schema: objectOf<ConnectionEvent>({
    connectionKey: text,
    connectionId: text,
    displayName: text,
    slotMs: number,
    observedAtMs: number,
    lastContactMs: number.optional(),
    changes: z.array(change),
  }),
});

/** Stores a reading. */
export const snapshotRow: RowCodec<Snapshot> = createRowCodec({
  instants: ["slotMs", "observedAtMs"],
  parts: ["reading"],
  schema: objectOf<Snapshot>({
    connectionKey: text,
    slotMs: number,
    observedAtMs: number,
    reading: snapshotReading,
  }),
});
