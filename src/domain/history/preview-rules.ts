import type { Reading } from "../connections/reading.ts";
import { ROW_KINDS } from "../connections/reading.ts";
import type { TenantPolicy } from "../poll/tenant-policy.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { type MisplacedLimit, misplacedLimits } from "../rules/check-limits.ts";
import { type RuleOverride, type RuleOverrides, resolveSettings } from "../rules/resolve-settings.ts";
import { RULE_IDS, type RuleId, type RuleSettings } from "../rules/rule.ts";
import { type ReadingRecord, replayReadings } from "./replay-readings.ts";
import { type Replay, replayRule } from "./replay-rule.ts";
import type { Span } from "./timeline.ts";

/** What a rule would have made of a connection by some settings. */
export interface PreviewOutcome extends Replay {
  readonly settings: RuleSettings;
}

/** What a rule would have made of a connection by the settings that are tried, beside those that hold. */
export interface RulePreview {
  readonly ruleId: RuleId;
  readonly current: PreviewOutcome;
  readonly tried: PreviewOutcome;
}

/** A limit of a rule that contradicts another one for some connection. */
export interface TrialProblem extends MisplacedLimit {
  readonly ruleId: RuleId;
}

/** Says whether stored readings of partners and connectors tell what a rule would have said: absence leaves no reading. */
export function canReplay(ruleId: RuleId): boolean {
  return ruleId !== "connection-missing" && ruleOf(ruleId).appliesTo.some((kind) => ROW_KINDS.includes(kind));
}

/** Lists the limits by which rules could not judge a connection, those that hold among them, by what was expected of them. */
export function checkTrial(policy: TenantPolicy, reading: Reading, tried: RuleOverrides): readonly TrialProblem[] {
  return trialsOf(reading, tried).flatMap(({ ruleId, override }) =>
    misplacedLimits(settle(policy, reading, { ruleId, override }).limits).map((limit) => ({ ruleId, ...limit })),
  );
}

/**
 * Tells what rules would have made of a span of one connection by the settings that are tried and by those that hold; rules
 * that had nothing to judge by either are left out. Both begin with nothing open: what was going on before fires anew.
 * Pauses every `PAUSE_STEPS`.
 *
 * @param reading The newest one: it says which overrides match.
 */
export function* previewRules(
  connection: ReadingRecord & { readonly reading: Reading },
  trial: PreviewTrial,
  policy: TenantPolicy,
): Generator<undefined, readonly RulePreview[]> {
  const { reading } = connection;
  const trials = trialsOf(reading, trial.rules);
  const previews: RulePreview[] = [];
  if (trials.length === 0) return previews;
  const steps = yield* replayReadings(connection, trial.span, policy);
  for (const { ruleId, override } of trials) {
    const settings = resolveSettings(policy.rules, reading, ruleId);
    const changed = settle(policy, reading, { ruleId, override });
    const current = { settings, ...(yield* replayRule(steps, ruleOf(ruleId), settings)) };
    const tried = { settings: changed, ...(yield* replayRule(steps, ruleOf(ruleId), changed)) };
    const judged = [current, tried].some(({ judgedSteps, unknownSteps }) => judgedSteps + unknownSteps > 0);
    if (judged) previews.push({ ruleId, current, tried });
  }
  return previews;
}

/** Counts the steps of `previewRules`, once for each rule, without taking them. */
export function countSteps(
  { snapshots, reading }: Pick<ReadingRecord, "snapshots"> & { readonly reading: Reading },
  { span, rules }: PreviewTrial,
  { periodMs }: Pick<TenantPolicy, "periodMs">,
): number {
  const [oldest] = snapshots;
  if (oldest === undefined) return 0;
  const lengthMs = span.toMs - Math.max(span.fromMs, oldest.slotMs);
  return Math.ceil(lengthMs / periodMs) * trialsOf(reading, rules).length;
}

/** What is tried, and over which time. */
interface PreviewTrial {
  readonly span: Span;
  readonly rules: RuleOverrides;
}

interface Trial {
  readonly ruleId: RuleId;
  readonly override: RuleOverride;
}

function trialsOf({ kind }: Reading, tried: RuleOverrides): readonly Trial[] {
  return RULE_IDS.filter((ruleId) => ruleOf(ruleId).appliesTo.includes(kind)).flatMap((ruleId) => {
    const override = tried[ruleId];
    return override === undefined ? [] : { ruleId, override };
  });
}

/** What is tried is laid on what holds for this connection, limit by limit, whatever override that comes from. */
function settle({ rules: policy }: TenantPolicy, reading: Reading, { ruleId, override }: Trial): RuleSettings {
  const limits = { ...resolveSettings(policy, reading, ruleId).limits, ...override.limits };
  const own = { match: {}, rules: { [ruleId]: { ...override, limits } } };
  return resolveSettings({ ...policy, overrides: [...policy.overrides, own] }, reading, ruleId);
}
