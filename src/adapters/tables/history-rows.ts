import { z } from "zod";
import type { Change, ConnectionEvent } from "../../domain/history/connection-event.ts";
import type { DailyRollup, DayTally, DayTotals } from "../../domain/history/daily.ts";
import type { Snapshot } from "../../domain/history/snapshot.ts";
import type { UptimePart } from "../../domain/history/uptime-part.ts";
import { VERDICTS } from "../../domain/rules/verdict.ts";
import {
  disappearance,
  evaluation,
  phase,
  quietReason,
  ruleId,
  severity,
  stepReason,
  windowMark,
} from "./alert.schema.ts";
import { notificationKind, notifyReason } from "./delivery-rows.ts";
import { snapshotReading } from "./reading.schema.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { type MemberSchemas, objectOf, oneOf, variantOf } from "./typed-schema.ts";

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
    why: z.record(text, notifyReason).optional(),
  }),
  suppression: objectOf<ChangeOf<"suppression">>({
    type: z.literal("suppression"),
    ruleId,
    began: z.array(quietReason),
    ended: z.array(quietReason),
  }),
  maintenance: objectOf<ChangeOf<"maintenance">>({
    type: z.literal("maintenance"),
    began: z.array(windowMark),
    ended: z.array(windowMark),
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

const uptimePart = oneOf<UptimePart>({ up: true, down: true, unknown: true, maintenance: true });

const dayTotals = {
  verdictsMs: z.partialRecord(z.enum(VERDICTS), number),
  partsMs: z.partialRecord(uptimePart, number),
  fired: number,
} as const satisfies MemberSchemas<DayTotals>;

/** Checks the tally of a day that is not over. */
export const dayTally: z.ZodType<DayTally> = objectOf<DayTally>({
  ...dayTotals,
  now: objectOf<DayTally["now"]>({ verdict: z.enum(VERDICTS), part: uptimePart }),
});

/** Stores a day that is over. */
export const dailyRow: RowCodec<DailyRollup> = createRowCodec({
  instants: ["dayMs"],
  parts: [],
  schema: objectOf<DailyRollup>({ ...dayTotals, connectionKey: text, dayMs: number }),
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
