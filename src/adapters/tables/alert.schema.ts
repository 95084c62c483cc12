import { z } from "zod";
import {
  type AlertState,
  type EndReason,
  type Episode,
  type Flaps,
  PHASES,
  type StepReason,
  type Told,
} from "../../domain/alerts/alert-state.ts";
import { type Evaluation, type Measure, RULE_IDS, SEVERITIES } from "../../domain/rules/rule.ts";
import type { WindowMark } from "../../domain/suppression/maintenance-window.ts";
import type { QuietReason } from "../../domain/suppression/quiet-reason.ts";
import { connectionKind } from "./reading.schema.ts";
import { objectOf, oneOf, variantOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Checks a rule's id. */
export const ruleId = z.enum(RULE_IDS);

/** Checks how bad a breach is. */
export const severity = z.enum(SEVERITIES);

/** Checks where an alert stands in its life. */
export const phase = z.enum(PHASES);

const endReasons = {
  "connection-gone": true,
  "not-configured": true,
  retired: true,
  ignored: true,
  "rule-off": true,
  "not-applicable": true,
  "rule-changed": true,
  "source-not-watched": true,
  "removed-from-configuration": true,
  "channel-left": true,
  "state-reset": true,
} as const;

/** Checks why an episode ended. */
export const episodeEnd: z.ZodType<"recovered" | EndReason> = oneOf<"recovered" | EndReason>({
  ...endReasons,
  recovered: true,
});

/** Checks why a connection disappeared. */
export const disappearance: z.ZodType<"absent" | EndReason> = oneOf<"absent" | EndReason>({
  ...endReasons,
  absent: true,
});

/** Checks the named reason of a step. */
export const stepReason: z.ZodType<StepReason> = oneOf<StepReason>({
  ...endReasons,
  confirming: true,
  confirmed: true,
  "cleared-before-confirmed": true,
  "severity-rose": true,
  "severity-fell": true,
  "still-firing": true,
  "kept-open-while-flapping": true,
  recovering: true,
  relapsed: true,
  recovered: true,
  "kept-while-blind": true,
  "still-ok": true,
});

const measure = variantOf<Measure, "unit">("unit", {
  duration: z.looseObject({ unit: z.literal("duration"), ms: number }),
  date: z.looseObject({ unit: z.literal("date"), atMs: number }),
  count: z.looseObject({ unit: z.literal("count"), count: number }),
  text: z.looseObject({ unit: z.literal("text"), text }),
});

type EvaluationOf<V extends Evaluation["verdict"]> = Extract<Evaluation, { readonly verdict: V }>;

/** Checks what a rule said of a reading. */
export const evaluation: z.ZodType<Evaluation> = variantOf<Evaluation, "verdict">("verdict", {
  ok: objectOf<EvaluationOf<"ok">>({ verdict: z.literal("ok"), reason: text, measured: measure.optional() }),
  breach: objectOf<EvaluationOf<"breach">>({
    verdict: z.literal("breach"),
    severity,
    reason: text,
    measured: measure,
    threshold: measure.optional(),
    breachedSinceMs: number.optional(),
  }),
  unknown: z.looseObject({ verdict: z.literal("unknown"), reason: text }),
  "not-applicable": z.looseObject({ verdict: z.literal("not-applicable"), reason: text }),
});

/** Checks what is kept of a maintenance window. */
export const windowMark: z.ZodType<WindowMark> = objectOf<WindowMark>({
  name: text,
  match: objectOf<WindowMark["match"]>({ connection: text.optional(), kind: connectionKind.optional() }),
});

/** Checks why an alert is quiet. */
export const quietReason: z.ZodType<QuietReason> = variantOf<QuietReason, "kind">("kind", {
  silence: z.looseObject({ kind: z.literal("silence"), id: text, untilMs: number, by: text, reason: text }),
  maintenance: z.looseObject({ kind: z.literal("maintenance"), name: text }),
  inhibited: z.looseObject({ kind: z.literal("inhibited"), by: ruleId }),
  acknowledged: z.looseObject({ kind: z.literal("acknowledged"), untilMs: number, by: text, reason: text }),
  flapping: z.looseObject({ kind: z.literal("flapping") }),
});

/** Checks an alert with all it remembers. */
export const alertState: z.ZodType<AlertState> = objectOf<AlertState>({
  ruleId,
  alertKey: text,
  phase,
  sinceSlotMs: number,
  severity: severity.optional(),
  calmer: z.partialRecord(severity, number).optional(),
  breaches: number,
  oks: number,
  firstOkSlotMs: number.optional(),
  episode: objectOf<Episode>({ id: text, firedSlotMs: number, escalatedAtMs: number.optional() }).optional(),
  told: z.record(
    text,
    objectOf<Told>({
      severity,
      slotMs: number,
      dateMs: number.optional(),
      bucketDays: number.optional(),
      isClosed: z.boolean().optional(),
    }),
  ),
  old: z.boolean().optional(),
  evaluation: evaluation.optional(),
  judgedBy: text.optional(),
  flaps: objectOf<Flaps>({
    firedSlotsMs: z.array(number),
    clearedSlotsMs: z.array(number),
    changedSlotMs: number,
    sinceSlotMs: number.optional(),
    noticed: z.array(text).optional(),
  }).optional(),
  quiet: z.array(quietReason).optional(),
});
