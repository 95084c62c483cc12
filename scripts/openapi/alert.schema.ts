import { z } from "zod";
import type { EvaluationBody, MeasureBody } from "../../src/domain/wire.ts";
import type { AlertBody, QuietBody } from "../../src/http/contract/alerts.ts";
import { bodyOf, literals } from "./body-of.ts";
import { dateTime, key, phase, ruleId, severity, text } from "./common.schema.ts";

const measure = bodyOf<MeasureBody>({
  unit: literals<MeasureBody["unit"]>({ duration: true, date: true, count: true, text: true }),
  value: z.union([text, z.number()]),
}).meta({ id: "Measure", description: "Durations and dates are text." });

/** What a rule said. */
export const evaluation = bodyOf<EvaluationBody>({
  verdict: literals<EvaluationBody["verdict"]>({ ok: true, breach: true, unknown: true, "not-applicable": true }),
  reason: text,
  severity: severity.optional(),
  measured: measure.optional(),
  threshold: measure.optional(),
  breachedSinceDateTime: dateTime.optional(),
}).meta({ id: "Evaluation" });

type QuietOf<Kind> = Extract<QuietBody, { readonly kind: Kind }>;

/** Why an alert is quiet. */
export const quiet: z.ZodType<QuietBody> = z
  .union([
    bodyOf<QuietOf<"silence">>({
      kind: z.literal("silence"),
      id: text,
      untilDateTime: dateTime,
      by: text,
      reason: text,
    }),
    bodyOf<QuietOf<"maintenance">>({ kind: z.literal("maintenance"), name: text }),
    bodyOf<QuietOf<"inhibited">>({ kind: z.literal("inhibited"), by: ruleId }),
    bodyOf<QuietOf<"acknowledged">>({
      kind: z.literal("acknowledged"),
      untilDateTime: dateTime,
      by: text,
      reason: text,
    }),
    bodyOf<QuietOf<"flapping">>({ kind: z.literal("flapping") }),
  ])
  .meta({ id: "Quiet", description: "Why an alert is quiet although it goes on." });

/** A channel that was told of an episode. */
export const told = bodyOf<AlertBody["told"][number]>({ channel: text, severity, slotDateTime: dateTime });

/** An alert that is not inactive. */
export const alert = bodyOf<AlertBody>({
  ruleId,
  title: text.describe("What the rule watches for."),
  consequence: text.describe("What happens next and when, told from the instant of the reading."),
  remedy: text.describe("What to do about it."),
  measure: text.describe("What the rule measures, in words that a value follows, such as failed polls."),
  alertKey: key,
  phase,
  severity: severity.optional(),
  sinceDateTime: dateTime.describe("When the phase was entered."),
  reason: text.optional(),
  evaluation: evaluation.optional(),
  episode: bodyOf<NonNullable<AlertBody["episode"]>>({ id: text, firedDateTime: dateTime }).optional(),
  quiet: z.array(quiet),
  told: z.array(told),
}).meta({ id: "Alert" });
