import { type AlertState, isOpen, isTold, type StepReason } from "../alerts/alert-state.ts";
import { quietAlert, stepAlert } from "../alerts/step-alert.ts";
import { evaluateRule } from "../rules/evaluate-connection.ts";
import { compareSeverity, type Rule, type RuleSettings, type Severity } from "../rules/rule.ts";
import { PAUSE_STEPS, type ReplayStep } from "./replay-readings.ts";

/** One episode that a rule would have had. */
export interface ReplayedEpisode {
  readonly firedMs: number;
  /** Absent when it was still open at the end. */
  readonly resolvedMs?: number;
  /** The worst that it came to. */
  readonly severity: Severity;
  /** Why it ended; absent as `resolvedMs` is. */
  readonly reason?: StepReason;
}

/** What a rule would have made of a span. */
export interface Replay {
  /** Oldest first. */
  readonly episodes: readonly ReplayedEpisode[];
  /** In how many steps it could judge, and in how many it could not although it should have. */
  readonly judgedSteps: number;
  readonly unknownSteps: number;
}

/**
 * Judges each step by a rule with some settings and steps its alert, as polls would have for a channel that hears of
 * everything: what flaps stays open where that one was told of it. Pauses every `PAUSE_STEPS`.
 */
export function* replayRule(
  steps: readonly ReplayStep[],
  rule: Rule,
  settings: RuleSettings,
): Generator<undefined, Replay> {
  const [first] = steps;
  const episodes: ReplayedEpisode[] = [];
  let alert = quietAlert({ ruleId: rule.id, alertKey: rule.id, sinceSlotMs: first?.slotMs ?? 0 });
  let lastMs = first?.slotMs ?? 0;
  let [judgedSteps, unknownSteps] = [0, 0];
  for (const [index, { slotMs, input, isFirst }] of steps.entries()) {
    const evaluation = evaluateRule(rule, settings, input);
    if (evaluation.verdict === "unknown") unknownSteps += 1;
    else if (evaluation.verdict !== "not-applicable") judgedSteps += 1;
    // One step a period: there is no gap between two of them.
    const sinceLastMs = slotMs - lastMs;
    const time = { slotMs, nowMs: input.nowMs, sinceLastMs, periodMs: sinceLastMs };
    const how = { settings, judgedBy: "", mayFlap: rule.tellsEvents !== true, isFirstReading: isFirst };
    const step = stepAlert(alert, evaluation, { ...time, ...how });
    note(episodes, step, slotMs);
    alert = tell(step.state, slotMs);
    lastMs = slotMs;
    if ((index + 1) % PAUSE_STEPS === 0) yield;
  }
  return { episodes, judgedSteps, unknownSteps };
}

/** What had begun to flap before it fired is told only when it is critical. */
function tell(state: AlertState, slotMs: number): AlertState {
  const { severity = "info", flaps } = state;
  const flapped = flaps?.sinceSlotMs !== undefined && flaps.sinceSlotMs < slotMs;
  if (!isOpen(state) || isTold(state) || (flapped && severity !== "critical")) return state;
  return { ...state, told: { any: { severity, slotMs } } };
}

/** Opens an episode, raises the severity of the one that is open, or closes it. */
function note(
  episodes: ReplayedEpisode[],
  { state, reason }: { readonly state: AlertState; readonly reason: StepReason },
  slotMs: number,
): void {
  const open = episodes.at(-1)?.resolvedMs === undefined ? episodes.pop() : undefined;
  if (isOpen(state)) {
    const { firedMs = slotMs, severity: before = "info" } = open ?? {};
    const { severity = before } = state;
    episodes.push({ firedMs, severity: compareSeverity(severity, before) > 0 ? severity : before });
  } else if (open !== undefined) episodes.push({ ...open, resolvedMs: slotMs, reason });
}
