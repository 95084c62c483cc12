import { z } from "zod";
import { CONNECTION_KINDS } from "../domain/connections/reading.ts";
import { defined } from "../domain/defined.ts";
import { RULES } from "../domain/rules/catalogue.ts";
import { toSetting } from "../domain/rules/check-limits.ts";
import type { ConnectionOverride, RuleOverride, RuleOverrides } from "../domain/rules/resolve-settings.ts";
import type { Limits, Rule } from "../domain/rules/rule.ts";
import { DAY_MS, formatDuration } from "../domain/units.ts";
import { duration, glob, wholeNumber } from "./fields.schema.ts";

/** Reads changed settings of rules: the limits are those that the catalogue gives the rule. */
export const rulesSchema: z.ZodType<RuleOverrides> = z
  .strictObject(Object.fromEntries(RULES.map((rule) => [rule.id, ruleSchema(rule).exactOptional()])))
  .describe("Changed settings of rules, by rule id.");

/** Reads changed settings of rules for the connections that match; all of the given matchers must fit. */
export const overridesSchema: z.ZodType<readonly ConnectionOverride[]> = z
  .array(
    z.strictObject({
      match: z
        .strictObject({
          kind: z.enum(CONNECTION_KINDS).exactOptional().describe("Kind of connection."),
          connection: glob().exactOptional().describe("Pattern over the connection id."),
          name: glob().exactOptional().describe("Pattern over the display name."),
        })
        .refine((match) => Object.keys(match).length > 0, "given with at least one of kind, connection, name"),
      rules: rulesSchema,
    }),
  )
  .describe("Changed settings of rules for some connections; of several that match, the later ones win.");

function ruleSchema(rule: Rule): z.ZodType<RuleOverride> {
  const { enabled, limits, confirmPolls, recoverPolls, keepFiringMs } = rule.defaults;
  const limitFields = Object.entries(limits).map(([limit, value]) => [toSetting(limit), limitField(limit, value)]);
  return z
    .strictObject({
      ...Object.fromEntries(limitFields),
      enabled: z.boolean().exactOptional().describe(`Whether it is judged at all. Default: ${enabled}.`),
      confirmPolls: polls().describe(`Breaches in a row before it fires. Default: ${confirmPolls}.`),
      recoverPolls: polls().describe(`Good polls in a row before it resolves. Default: ${recoverPolls}.`),
      keepFiring: duration(0, DAY_MS)
        .exactOptional()
        .describe(`How long it must be good before it resolves. Default: ${formatDuration(keepFiringMs)}.`),
    })
    .transform((given) => toOverride(rule, given))
    .describe(rule.title);
}

function limitField(limit: string, value: number): z.ZodType<number | undefined> {
  return limit.endsWith("Ms")
    ? duration(0)
        .exactOptional()
        .describe(`Default: ${formatDuration(value)}.`)
    : polls().describe(`Default: ${value}.`);
}

function polls(): z.ZodExactOptional<z.ZodInt> {
  return wholeNumber(1, 100).exactOptional();
}

interface GivenSettings {
  readonly enabled?: boolean;
  readonly confirmPolls?: number;
  readonly recoverPolls?: number;
  readonly keepFiring?: number;
}

/** Whatever is given beside the four common settings is a limit: the schema lets nothing else through. */
function toOverride(rule: Rule, given: GivenSettings): RuleOverride {
  const { enabled, confirmPolls, recoverPolls, keepFiring, ...others } = given;
  const limits = toLimits(rule, new Map<string, unknown>(Object.entries(others)));
  const changedLimits = Object.keys(limits).length === 0 ? undefined : limits;
  return defined({ enabled, confirmPolls, recoverPolls, keepFiringMs: keepFiring, limits: changedLimits });
}

function toLimits(rule: Rule, given: ReadonlyMap<string, unknown>): Limits {
  const limits: Record<string, number> = {};
  for (const limit of Object.keys(rule.defaults.limits)) {
    const value = given.get(toSetting(limit));
    if (typeof value === "number") limits[limit] = value;
  }
  return limits;
}
