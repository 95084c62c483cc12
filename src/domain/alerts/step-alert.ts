import { compareSeverity, type Evaluation, type RuleSettings } from "../rules/rule.ts";
import { DAY_MS } from "../units.ts";
import {
  type AlertState,
  type EndReason,
  isEndReason,
  isOpen,
  type Observation,
  type StepReason,
} from "./alert-state.ts";

/** How old a breach may be at a connection's very first reading and still be told with its full severity (ours). */
const OLD_BREACH_MS = 7 * DAY_MS;

/** By which settings an alert is stepped, and when. */
export interface StepContext {
  readonly settings: Pick<RuleSettings, "confirmPolls" | "recoverPolls" | "keepFiringMs">;
  /** The slot of this observation; all durations inside a step are slot time. */
  readonly slotMs: number;
  /** Whether this is the connection's very first reading: a first deployment must not page about the past. */
  readonly isFirstReading: boolean;
}

/** An alert after one observation, with the named reason for what became of it. */
export interface AlertStep {
  readonly state: AlertState;
  readonly reason: StepReason;
}

type Breach = Extract<Evaluation, { verdict: "breach" }>;

/**
 * Moves one alert by one counted observation: pure, total and deterministic.
 *
 * `unknown` freezes phase, timers and counters. An episode opens with the confirming breach and keeps its gravest
 * severity; it closes after enough oks over enough time, or at once when there is nothing left to judge.
 * The caller sees to it that a slot is never applied twice.
 */
export function stepAlert(state: AlertState, observation: Observation, context: StepContext): AlertStep {
  switch (observation.verdict) {
    case "unknown":
      return { state, reason: "kept-while-blind" };
    case "breach":
      return onBreach(state, observation, context);
    case "ok":
      return onOk({ ...state, evaluation: observation }, context);
    case "not-applicable":
      return end(state, context, isEndReason(observation.reason) ? observation.reason : "not-applicable");
    case "ended":
      return end(state, context, observation.reason);
  }
}

/** Returns the state of an alert that never was anything but ok. */
export function quietAlert(alert: Pick<AlertState, "ruleId" | "alertKey" | "sinceSlotMs">): AlertState {
  return { ...alert, phase: "inactive", breaches: 0, oks: 0, told: {} };
}

function onBreach(state: AlertState, breach: Breach, context: StepContext): AlertStep {
  const old = isOld(state, breach, context);
  const evaluation =
    old && compareSeverity(breach.severity, "warning") > 0 ? { ...breach, severity: "warning" as const } : breach;
  const { firstOkSlotMs: _firstOk, old: _old, ...kept } = state;
  const { severity } = evaluation;
  const next = { ...kept, ...(old ? { old } : {}), evaluation, severity, oks: 0, breaches: state.breaches + 1 };
  return isOpen(state) ? stayFiring(state, next, context) : confirm(next, context);
}

function confirm(next: AlertState, context: StepContext): AlertStep {
  const { slotMs, settings } = context;
  if (next.breaches < settings.confirmPolls) {
    const sinceSlotMs = next.phase === "pending" ? next.sinceSlotMs : slotMs;
    return { state: { ...next, phase: "pending", sinceSlotMs }, reason: "confirming" };
  }
  const episode = { id: `${next.alertKey}-${slotMs}`, firedSlotMs: slotMs };
  return { state: { ...next, phase: "firing", sinceSlotMs: slotMs, episode }, reason: "confirmed" };
}

function stayFiring(before: AlertState, next: AlertState, { slotMs }: StepContext): AlertStep {
  const { severity: gravest = "info" } = before;
  const { severity: newest = gravest } = next;
  const rose = compareSeverity(newest, gravest) > 0;
  const severity = rose ? newest : gravest;
  const relapsed = before.phase === "recovering";
  const sinceSlotMs = relapsed ? slotMs : before.sinceSlotMs;
  const reason = rose ? "severity-rose" : relapsed ? "relapsed" : "still-firing";
  return { state: { ...next, phase: "firing", sinceSlotMs, severity }, reason };
}

function onOk(state: AlertState, context: StepContext): AlertStep {
  const { old: _, ...next } = { ...state, breaches: 0 };
  if (!isOpen(state)) {
    return {
      state: toInactive(next, context),
      reason: state.phase === "pending" ? "cleared-before-confirmed" : "still-ok",
    };
  }
  const { slotMs, settings } = context;
  const oks = state.oks + 1;
  const firstOkSlotMs = state.firstOkSlotMs ?? slotMs;
  if (oks >= settings.recoverPolls && slotMs - firstOkSlotMs >= settings.keepFiringMs) {
    return { state: toInactive(next, context), reason: "recovered" };
  }
  const sinceSlotMs = state.phase === "recovering" ? state.sinceSlotMs : slotMs;
  return { state: { ...next, phase: "recovering", sinceSlotMs, oks, firstOkSlotMs }, reason: "recovering" };
}

function end(state: AlertState, context: StepContext, reason: EndReason): AlertStep {
  return { state: toInactive({ ...state, breaches: 0 }, context), reason };
}

function toInactive(state: AlertState, { slotMs }: StepContext): AlertState {
  const { severity: _severity, episode: _episode, firstOkSlotMs: _firstOk, ...kept } = state;
  const sinceSlotMs = state.phase === "inactive" ? state.sinceSlotMs : slotMs;
  return { ...kept, phase: "inactive", sinceSlotMs, oks: 0, told: {} };
}

/** What has not begun, such as a date that is still ahead, is never old, whatever went before it. */
function isOld(state: AlertState, { breachedSinceMs }: Breach, { slotMs, isFirstReading }: StepContext): boolean {
  if (breachedSinceMs === undefined) return false;
  return state.old === true || (isFirstReading && slotMs - breachedSinceMs > OLD_BREACH_MS);
}
