import { type AlertState, isOpen, type Observation } from "../alerts/alert-state.ts";
import { decideNotification } from "../alerts/decide-notification.ts";
import { type AlertStep, quietAlert, stepAlert } from "../alerts/step-alert.ts";
import type { OutboxRow } from "../delivery/notification.ts";
import type { Change } from "../history/connection-event.ts";
import { evaluateConnection } from "../rules/evaluate-connection.ts";
import type { Judgement, RuleId } from "../rules/rule.ts";
import type { ConnectionState } from "./connection-state.ts";
import { type SteppedAlert, toNotificationFacts } from "./notification-facts.ts";
import type { PollContext, Sighting } from "./poll-context.ts";
import { verdictOf } from "./verdict-of.ts";

/** What the alerts of one connection became in one poll. */
export interface AlertsStep {
  readonly alerts: ConnectionState["alerts"];
  /** Rules that cannot judge the newest reading. */
  readonly unknownRules: ConnectionState["unknownRules"];
  /** Whether every alert was stepped; those for whose notifications there was no room wait for the next poll. */
  readonly isWhole: boolean;
  readonly changes: readonly Change[];
  /** At most 80. */
  readonly notifications: readonly OutboxRow[];
}

/** How the connection was seen, as far as its alerts care. */
export interface AlertsInput {
  readonly sighting: Sighting["kind"];
  readonly isFirstReading: boolean;
  /** Its absence was believed: `alerts-only` leaves `connection-missing` to speak, `whole` ends that one too. */
  readonly gone: "no" | "alerts-only" | "whole";
}

/** The most notifications of one connection in one poll: with its other rows they fit one transaction. */
const MAX_NOTIFICATIONS = 80;

/** Judges one connection by every rule, steps its alerts and plans what each channel is told. */
export function stepAlerts(observed: ConnectionState, input: AlertsInput, context: PollContext): AlertsStep {
  const isBlind = input.sighting === "blind";
  const judgements = evaluateConnection({ ...observed, nowMs: context.nowMs, isBlind }, context.policy.rules);
  const unknownRules = input.sighting === "seen" ? unknownOf(judgements) : observed.unknownRules;
  const stepped = judgements.map((judgement) => stepOne(observed, judgement, { input, context }));
  const alerts = Object.fromEntries(stepped.map(({ step: { state } }) => [state.ruleId, state]));
  const verdict = verdictOf({ ...observed, alerts, unknownRules }, isBlind);
  const planned = planInTurn(stepped.map((alert) => planAlert({ ...alert, verdict }, context)));
  return {
    alerts: Object.fromEntries(planned.flatMap(({ after }) => (isWorthKeeping(after) ? [[after.ruleId, after]] : []))),
    unknownRules,
    isWhole: planned.every(({ waits }) => !waits),
    changes: planned.flatMap(({ change }) => change ?? []),
    notifications: planned.flatMap(({ notifications }) => notifications),
  };
}

function unknownOf(judgements: readonly Judgement[]): readonly RuleId[] {
  return judgements.flatMap(({ rule, evaluation }) => (evaluation.verdict === "unknown" ? rule.id : []));
}

interface StepWorld {
  readonly input: AlertsInput;
  readonly context: PollContext;
}

function stepOne(
  observed: ConnectionState,
  judgement: Judgement,
  { input, context }: StepWorld,
): Omit<SteppedAlert, "verdict"> {
  const { rule, settings } = judgement;
  const { slotMs, policy, digest } = context;
  const alertKey = digest(`${policy.tenantId}\n${observed.reading.connectionId}\n${rule.id}`);
  const before = observed.alerts[rule.id] ?? quietAlert({ ruleId: rule.id, alertKey, sinceSlotMs: slotMs });
  const { isFirstReading } = input;
  const step = stepAlert(before, toObservation(judgement, input), { settings, slotMs, isFirstReading });
  return { before, step, judgement, observed };
}

function toObservation(judgement: Judgement, { sighting, gone }: AlertsInput): Observation {
  if (sighting === "unwatched") return { verdict: "ended", reason: "source-not-watched" };
  const isMissingRule = judgement.rule.id === "connection-missing";
  if (gone === "whole" || (gone === "alerts-only" && !isMissingRule))
    return { verdict: "ended", reason: "connection-gone" };
  return judgement.evaluation;
}

interface PlannedAlert {
  readonly before: AlertState;
  readonly after: AlertState;
  readonly change: Change | undefined;
  readonly notifications: readonly OutboxRow[];
  readonly waits: boolean;
}

function planAlert(stepped: SteppedAlert, context: PollContext): PlannedAlert {
  const { before, step } = stepped;
  const notifications = planNotifications(stepped, context);
  const told = notifications.map(
    ({ channel, facts: { severity, slotMs } }) => [channel, { severity, slotMs }] as const,
  );
  const after = isOpen(step.state)
    ? { ...step.state, told: { ...before.told, ...Object.fromEntries(told) } }
    : step.state;
  return { before, after, change: toChange(before, step, notifications), notifications, waits: false };
}

function planNotifications(stepped: SteppedAlert, context: PollContext): readonly OutboxRow[] {
  const { before, step } = stepped;
  const { slotMs, nowMs, policy } = context;
  const routes = new Map(policy.channels.map(({ name, minSeverity }) => [name, minSeverity]));
  const told = new Map(Object.entries(before.told));
  const channels = [...new Set([...routes.keys(), ...told.keys()])];
  return channels.flatMap((channel) => {
    const view = { minSeverity: routes.get(channel), told: told.get(channel) };
    const decision = decideNotification(before, step.state, view);
    if (decision.kind === "hold") return [];
    // Due also for a drain whose clock is a little behind ours: nobody would ring for it again.
    const nextAttemptAtMs = Math.min(slotMs, nowMs);
    return { facts: toNotificationFacts(stepped, decision, context), channel, attempts: 0, nextAttemptAtMs };
  });
}

/** Keeps an alert as it was, to be stepped by the next poll, when there is no room left for what it has to tell. */
function planInTurn(alerts: readonly PlannedAlert[]): readonly PlannedAlert[] {
  let room = MAX_NOTIFICATIONS;
  return alerts.map((alert) => {
    if (alert.notifications.length > room) {
      return { ...alert, after: alert.before, change: undefined, notifications: [], waits: true };
    }
    room -= alert.notifications.length;
    return alert;
  });
}

function toChange(
  before: AlertState,
  { state: after, reason }: AlertStep,
  notifications: readonly OutboxRow[],
): Change | undefined {
  const isSame = before.phase === after.phase && before.severity === after.severity;
  if (isSame && notifications.length === 0) return undefined;
  const severity = after.severity ?? before.severity;
  const episode = after.episode ?? before.episode;
  return {
    type: "alert",
    ruleId: after.ruleId,
    from: before.phase,
    to: after.phase,
    reason,
    told: Object.fromEntries(notifications.map(({ channel, facts }) => [channel, facts.kind])),
    ...(severity === undefined ? {} : { severity }),
    ...(episode === undefined ? {} : { episode: episode.id }),
    ...(after.evaluation === undefined ? {} : { evaluation: after.evaluation }),
  };
}

/** A plain ok needs no memory; a breach that was old at the first reading stays capped until the rule says ok. */
function isWorthKeeping(alert: AlertState): boolean {
  return alert.phase !== "inactive" || alert.old === true;
}
