import { z } from "zod";
import type { AlertState, EndReason, Episode, Phase, StepReason, Told } from "../../domain/alerts/alert-state.ts";
import { type Evaluation, type Measure, RULE_IDS, SEVERITIES } from "../../domain/rules/rule.ts";
import { objectOf, oneOf, variantOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Checks a rule's id. */
export const ruleId = z.enum(RULE_IDS);

/** Checks how bad a breach is. */
export const severity = z.enum(SEVERITIES);

/** Checks where an alert stands in its life. */
export const phase: z.ZodType<Phase> = oneOf<Phase>({ inactive: true, pending: true, firing: true, recovering: true });

const endReasons = {
  "connection-gone": true,
  "not-configured": true,
  retired: true,
  ignored: true,
  "rule-off": true,
  "not-applicable": true,
  "source-not-watched": true,
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
  "still-firing": true,
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

/** Checks an alert with all it remembers. */
export const alertState: z.ZodType<AlertState> = objectOf<AlertState>({
  ruleId,
  alertKey: text,
  phase,
  sinceSlotMs: number,
  severity: severity.optional(),
  breaches: number,
  oks: number,
  firstOkSlotMs: number.optional(),
  episode: objectOf<Episode>({ id: text, firedSlotMs: number }).optional(),
  told: z.record(text, objectOf<Told>({ severity, slotMs: number })),
  old: z.boolean().optional(),
  evaluation: evaluation.optional(),
});
