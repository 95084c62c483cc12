import { compareSeverity, type Evaluation, type RuleSettings, SEVERITIES } from "../rules/rule.ts";
import { GAP_PERIODS } from "../time.ts";
import { DAY_MS } from "../units.ts";
import {
  type AlertState,
  type EndReason,
  isEndReason,
  isFlapping,
  isOpen,
  isTold,
  type Observation,
  type StepReason,
} from "./alert-state.ts";
import { calmDown, noteFlaps } from "./flapping.ts";
import { holdTimers } from "./hold-timers.ts";

/** How old a breach may be at a connection's very first reading and still be told with its full severity (ours). */
const OLD_BREACH_MS = 7 * DAY_MS;

/** By which settings an alert is stepped, and when. */
export interface StepContext {
  readonly settings: Pick<RuleSettings, "confirmPolls" | "recoverPolls" | "keepFiringMs">;
  /** Names the limits by which the observation was judged. */
  readonly judgedBy: string;
  /** The slot of this observation; all durations inside a step are slot time. */
  readonly slotMs: number;
  /** Slot time since the connection's last counted observation; 0 at its first. */
  readonly sinceLastMs: number;
  readonly periodMs: number;
  /** The clock by which people acknowledge. */
  readonly nowMs: number;
  /** Whether coming and going may count as flapping. */
  readonly mayFlap: boolean;
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
 * `unknown` changes nothing but holds the timers. An episode opens with the confirming breach; its severity rises at once
 * and falls when a calmer one has held; it closes after enough oks over enough time, at once when other limits say ok or
 * there is nothing left to judge, and not at all while it flaps and somebody was told.
 * The caller sees to it that a slot is never applied twice.
 */
export function stepAlert(state: AlertState, observation: Observation, context: StepContext): AlertStep {
  const { slotMs, sinceLastMs, periodMs } = context;
  if (observation.verdict === "unknown") return { state: holdTimers(state, sinceLastMs), reason: "kept-while-blind" };
  const isGap = sinceLastMs > GAP_PERIODS * periodMs;
  const before = calmDown(holdTimers(state, isGap ? sinceLastMs : 0), slotMs);
  const step = observe(before, observation, context);
  const isNoted = context.mayFlap && !isEndReason(step.reason);
  return isNoted ? { ...step, state: noteFlaps(before, step.state, slotMs) } : step;
}

/** Returns the state of an alert that never was anything but ok. */
export function quietAlert(alert: Pick<AlertState, "ruleId" | "alertKey" | "sinceSlotMs">): AlertState {
  return { ...alert, phase: "inactive", breaches: 0, oks: 0, told: {} };
}

function observe(
  state: AlertState,
  observation: Exclude<Observation, { verdict: "unknown" }>,
  context: StepContext,
): AlertStep {
  switch (observation.verdict) {
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

function onBreach(state: AlertState, breach: Breach, context: StepContext): AlertStep {
  const old = isOld(state, breach, context);
  const evaluation =
    old && compareSeverity(breach.severity, "warning") > 0 ? { ...breach, severity: "warning" as const } : breach;
  const { firstOkSlotMs: _firstOk, old: _old, ...kept } = state;
  const { severity } = evaluation;
  const { judgedBy } = context;
  const next = {
    ...kept,
    ...(old ? { old } : {}),
    evaluation,
    severity,
    judgedBy,
    oks: 0,
    breaches: state.breaches + 1,
  };
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

function stayFiring(before: AlertState, breached: AlertState, context: StepContext): AlertStep {
  const { slotMs, nowMs } = context;
  const relapsed = before.phase === "recovering";
  const next = { ...breached, phase: "firing" as const, sinceSlotMs: relapsed ? slotMs : before.sinceSlotMs };
  const { severity = "info" } = before;
  const settled = settleSeverity(before, next, context);
  const change = compareSeverity(settled.severity ?? severity, severity);
  if (change > 0 && settled.episode !== undefined) {
    return { state: { ...settled, episode: { ...settled.episode, escalatedAtMs: nowMs } }, reason: "severity-rose" };
  }
  return { state: settled, reason: change < 0 ? "severity-fell" : relapsed ? "relapsed" : "still-firing" };
}

/** A graver breach counts at once; a calmer one when it has held for `keepFiringMs`, or when the limits have changed. */
function settleSeverity(before: AlertState, next: AlertState, { settings, slotMs, judgedBy }: StepContext): AlertState {
  const { severity: current = "info" } = before;
  const { severity: newest = current, calmer: _calmer, ...rest } = next;
  if (hasOtherLimits(before, judgedBy) || compareSeverity(newest, current) >= 0) return { ...rest, severity: newest };
  const waiting = SEVERITIES.slice(SEVERITIES.indexOf(newest), SEVERITIES.indexOf(current)).map((severity) => {
    return { severity, sinceSlotMs: before.calmer?.[severity] ?? slotMs };
  });
  const held = waiting.findIndex(({ sinceSlotMs }) => slotMs - sinceSlotMs >= settings.keepFiringMs);
  const severity = waiting[held]?.severity ?? current;
  const calmer = waiting
    .slice(0, held === -1 ? undefined : held)
    .map((one) => [one.severity, one.sinceSlotMs] as const);
  return { ...rest, severity, ...(calmer.length === 0 ? {} : { calmer: Object.fromEntries(calmer) }) };
}

function onOk(state: AlertState, context: StepContext): AlertStep {
  const { judgedBy } = context;
  const { old: _old, calmer: _calmer, ...kept } = state;
  const next = { ...kept, breaches: 0, judgedBy };
  if (state.phase === "inactive") return { state: toInactive(next, context), reason: "still-ok" };
  if (hasOtherLimits(state, judgedBy)) return end(next, context, "rule-changed");
  if (state.phase === "pending") return { state: toInactive(next, context), reason: "cleared-before-confirmed" };
  return recover(next, context);
}

function recover(state: AlertState, context: StepContext): AlertStep {
  const { slotMs, settings } = context;
  const oks = state.oks + 1;
  const { firstOkSlotMs = slotMs } = state;
  const hasRecovered = oks >= settings.recoverPolls && slotMs - firstOkSlotMs >= settings.keepFiringMs;
  const staysOpen = isFlapping(state) && isTold(state);
  if (hasRecovered && !staysOpen) return { state: toInactive(state, context), reason: "recovered" };
  const sinceSlotMs = state.phase === "recovering" ? state.sinceSlotMs : slotMs;
  const reason = hasRecovered ? "kept-open-while-flapping" : "recovering";
  return { state: { ...state, phase: "recovering", sinceSlotMs, oks, firstOkSlotMs }, reason };
}

/** What is no longer judged begins anew when it is judged again. */
function end(state: AlertState, context: StepContext, reason: EndReason): AlertStep {
  const { flaps: _flaps, ...kept } = state;
  return { state: toInactive({ ...kept, breaches: 0 }, context), reason };
}

function toInactive(state: AlertState, { slotMs }: StepContext): AlertState {
  const { severity: _severity, calmer: _calmer, episode: _episode, firstOkSlotMs: _firstOk, ...kept } = state;
  const sinceSlotMs = state.phase === "inactive" ? state.sinceSlotMs : slotMs;
  return { ...kept, phase: "inactive", sinceSlotMs, oks: 0, told: {} };
}

/** A state that was written before limits had names is taken as judged by these. */
function hasOtherLimits({ judgedBy }: AlertState, current: string): boolean {
  return judgedBy !== undefined && judgedBy !== current;
}

/** What has not begun, such as a date that is still ahead, is never old, whatever went before it. */
function isOld(state: AlertState, { breachedSinceMs }: Breach, { slotMs, isFirstReading }: StepContext): boolean {
  if (breachedSinceMs === undefined) return false;
  return state.old === true || (isFirstReading && slotMs - breachedSinceMs > OLD_BREACH_MS);
}
