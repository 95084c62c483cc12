import type { ConnectionKind, Reading } from "../connections/reading.ts";
import { defined } from "../defined.ts";
import type { ConfigProblem } from "../errors.ts";
import { matchesGlob } from "../glob.ts";
import { RULES, ruleOf } from "./catalogue.ts";
import { checkLimits } from "./check-limits.ts";
import { defaultKeepFiringMs } from "./define-rule.ts";
import type { Limits, Rule, RuleId, RuleSettings } from "./rule.ts";

/** The named sets of limits. */
export const PRESETS = ["recommended", "microsoft", "strict", "relaxed"] as const;

/** One named set of limits. */
export type Preset = (typeof PRESETS)[number];

/** What a configuration says differently about one rule. */
export type RuleOverride = Partial<RuleSettings>;

/** Overrides by rule. */
export type RuleOverrides = Readonly<Partial<Record<RuleId, RuleOverride>>>;

/** Overrides for some connections; all that `match` names must fit, an empty match fits all. */
export interface ConnectionOverride {
  readonly match: {
    readonly kind?: ConnectionKind;
    /** A glob (`*`) over the connection id. */
    readonly connection?: string;
    /** A glob (`*`) over the display name. */
    readonly name?: string;
  };
  readonly rules: RuleOverrides;
}

/** How one tenant's connections are judged. */
export interface RulePolicy {
  readonly preset: Preset;
  readonly rules: RuleOverrides;
  /** Later ones win. */
  readonly overrides: readonly ConnectionOverride[];
}

/**
 * How the presets stretch the ages after which a rule speaks; the time left to a date is stretched the other way round.
 *
 * Strict is no less than 0.75: our 36 hours become 27, while half of them would make each connector that syncs once a day
 * flap every day.
 */
const STRETCH: Readonly<Record<Exclude<Preset, "microsoft">, number>> = { recommended: 1, strict: 0.75, relaxed: 2 };

/**
 * Resolves how one rule judges one connection: the preset, then the policy's word on the rule, then the overrides that
 * match, field by field.
 *
 * Limits are laid on those of preset and policy, and only the last matching override that has any counts: so limits that
 * contradict cannot arise from overrides that are each sound.
 */
export function resolveSettings(policy: RulePolicy, reading: Reading, ruleId: RuleId): RuleSettings {
  const overrides = policy.overrides.flatMap(({ match, rules }) =>
    rules[ruleId] !== undefined && matches(match, reading) ? [rules[ruleId]] : [],
  );
  return settle(policy, ruleOf(ruleId), overrides);
}

/**
 * Checks that every rule can judge by every set of limits that the policy can lead to.
 *
 * @returns One problem for each wrong set, with the setting's path below the policy; none when all are sound.
 */
export function checkPolicy(policy: RulePolicy): readonly ConfigProblem[] {
  return RULES.flatMap((rule) => {
    const ofRule = toProblem(rule, settle(policy, rule, []), `rules.${rule.id}`);
    const ofOverrides = policy.overrides.flatMap(({ rules }, index) => {
      const override = rules[rule.id];
      if (override?.limits === undefined) return [];
      return toProblem(rule, settle(policy, rule, [override]), `overrides[${index}].rules.${rule.id}`);
    });
    return ofRule.length > 0 ? ofRule : ofOverrides;
  });
}

function toProblem(rule: Rule, { limits }: RuleSettings, setting: string): readonly ConfigProblem[] {
  const expected = checkLimits(rule, limits);
  return expected === undefined ? [] : [{ setting, expected }];
}

function settle({ preset, rules }: RulePolicy, rule: Rule, overrides: readonly RuleOverride[]): RuleSettings {
  const { defaults } = rule;
  let fields: RuleOverride = rules[rule.id] ?? {};
  const limits = { ...presetLimits(preset, rule), ...fields.limits };
  const lastLimits = overrides.findLast((override) => override.limits !== undefined)?.limits;
  for (const override of overrides) fields = { ...fields, ...defined(override) };
  const {
    enabled = defaults.enabled,
    confirmPolls = defaults.confirmPolls,
    recoverPolls = defaults.recoverPolls,
  } = fields;
  const { keepFiringMs = defaultKeepFiringMs(confirmPolls) } = fields;
  return { enabled, limits: { ...limits, ...lastLimits }, confirmPolls, recoverPolls, keepFiringMs };
}

function presetLimits(preset: Preset, { defaults, microsoftLimits }: Rule): Limits {
  if (preset === "microsoft") return microsoftLimits ?? defaults.limits;
  const stretched = Object.entries(defaults.limits).map(([name, limit]) => [
    name,
    stretch(name, limit, STRETCH[preset]),
  ]);
  return Object.fromEntries(stretched);
}

/** Counts, and durations that are no severity's threshold, stay as they are. */
function stretch(name: string, limit: number, factor: number): number {
  const scale = /^(?:warn|error|critical)(After|From|Within)Ms$/.exec(name)?.[1];
  if (scale === undefined) return limit;
  return Math.round(scale === "Within" ? limit / factor : limit * factor);
}

function matches({ kind, connection, name }: ConnectionOverride["match"], reading: Reading): boolean {
  return (
    (kind === undefined || kind === reading.kind) &&
    (connection === undefined || matchesGlob(connection, reading.connectionId)) &&
    (name === undefined || matchesGlob(name, reading.displayName))
  );
}
