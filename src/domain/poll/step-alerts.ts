import { type AlertState, isOpen, type Observation, type Told } from "../alerts/alert-state.ts";
import { bucketOf } from "../alerts/days-left.ts";
import { dateOf, decideNotification } from "../alerts/decide-notification.ts";
import { gatherEvents } from "../alerts/gather-events.ts";
import { quietAlert, stepAlert } from "../alerts/step-alert.ts";
import { defined } from "../defined.ts";
import { type OutboxRow, plannedRow } from "../delivery/notification.ts";
import type { Change } from "../history/connection-event.ts";
import { evaluateConnection } from "../rules/evaluate-connection.ts";
import type { Judgement, Limits, RuleId } from "../rules/rule.ts";
import type { ConnectionState } from "./connection-state.ts";
import { describeAlertChanges } from "./describe-alert-changes.ts";
import { type SteppedAlert, toNotificationFacts } from "./notification-facts.ts";
import type { PollContext, Sighting } from "./poll-context.ts";
import { verdictOf } from "./verdict-of.ts";
import { whyQuiet } from "./why-quiet.ts";

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
  readonly sighting: Sighting;
  /** Slot time since its last counted observation, undefined at its very first reading. */
  readonly sinceLastMs: number | undefined;
  /** Its absence was believed: `alerts-only` leaves `connection-missing` to speak, `whole` ends that one too. */
  readonly gone: "no" | "alerts-only" | "whole";
}

/** The most notifications of one connection in one poll: with its other rows they fit one transaction. */
const MAX_NOTIFICATIONS = 80;

/** The most channels of which an episode remembers that they left (ours); one that is forgotten is told anew if it returns. */
const MAX_CLOSED = 10;

/** Judges one connection by every rule, steps its alerts and plans what each channel is told. */
export function stepAlerts(observed: ConnectionState, input: AlertsInput, context: PollContext): AlertsStep {
  const isBlind = input.sighting.kind === "blind";
  const judgements = evaluateConnection({ ...observed, nowMs: context.nowMs, isBlind }, context.policy.rules);
  const unknownRules = input.sighting.kind === "seen" ? unknownOf(judgements) : observed.unknownRules;
  const stepped = judgements.map((judgement) => stepOne(observed, judgement, { input, context }));
  const alerts = Object.fromEntries(stepped.map(({ step: { state } }) => [state.ruleId, state]));
  const verdict = verdictOf({ ...observed, alerts, unknownRules }, isBlind);
  const openRules = stepped.flatMap(({ step: { state } }) => (isOpen(state) ? state.ruleId : []));
  const planned = planInTurn(
    stepped.map((alert) => {
      const { before, step } = alert;
      const severity = step.state.severity ?? before.severity;
      const quiet = whyQuiet({ alert: step.state, severity, observed, openRules }, context);
      return planAlert({ ...alert, verdict, quiet }, context);
    }),
  );
  return {
    alerts: Object.fromEntries(planned.flatMap(({ after }) => (isWorthKeeping(after) ? [[after.ruleId, after]] : []))),
    unknownRules,
    isWhole: planned.every(({ waits }) => !waits),
    changes: planned.flatMap(({ changes }) => changes),
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
): Omit<SteppedAlert, "verdict" | "quiet"> {
  const { rule, settings } = judgement;
  const { slotMs, nowMs, periodMs, policy, digest } = context;
  const alertKey = digest(`${policy.tenantId}\n${observed.reading.connectionId}\n${rule.id}`);
  const before = observed.alerts[rule.id] ?? quietAlert({ ruleId: rule.id, alertKey, sinceSlotMs: slotMs });
  const { sinceLastMs } = input;
  const step = stepAlert(before, toObservation(before, judgement, input), {
    settings,
    judgedBy: nameLimits(settings.limits),
    slotMs,
    nowMs,
    periodMs,
    sinceLastMs: sinceLastMs ?? 0,
    mayFlap: rule.tellsEvents !== true,
    isFirstReading: sinceLastMs === undefined,
  });
  return { before, step, judgement, observed };
}

/** Names limits so that two policies that judge alike have one name: polls to confirm or recover by do not change a verdict. */
function nameLimits(limits: Limits): string {
  return Object.entries(limits)
    .map(([name, limit]) => `${name}=${limit}`)
    .sort()
    .join(" ");
}

function toObservation(before: AlertState, judgement: Judgement, { sighting, gone }: AlertsInput): Observation {
  if (sighting.kind === "unwatched") return { verdict: "ended", reason: sighting.reason };
  const { rule, evaluation } = judgement;
  const isMissingRule = rule.id === "connection-missing";
  if (gone === "whole" || (gone === "alerts-only" && !isMissingRule))
    return { verdict: "ended", reason: "connection-gone" };
  return rule.tellsEvents === true ? gatherEvents(before, evaluation) : evaluation;
}

interface PlannedAlert {
  readonly before: AlertState;
  readonly after: AlertState;
  readonly changes: readonly Change[];
  readonly notifications: readonly OutboxRow[];
  readonly waits: boolean;
}

function planAlert(stepped: SteppedAlert, context: PollContext): PlannedAlert {
  const { before, step, quiet } = stepped;
  const { quiet: _quiet, ...state } = step.state;
  const notifications = planNotifications(stepped, context);
  const isQuiet = state.phase !== "inactive" && quiet.length > 0;
  const after = {
    ...noteNoticed(state, notifications),
    ...(isOpen(state) ? { told: noteTold(stepped, notifications, context) } : {}),
    ...(isQuiet ? { quiet } : {}),
  };
  const changes = describeAlertChanges({ before, after, reason: step.reason }, notifications);
  return { before, after, changes, notifications, waits: false };
}

/** Of the channels that left during an episode the newest are remembered: names may change for ever, a row has its limit. */
function noteTold(
  { before, step }: SteppedAlert,
  notifications: readonly OutboxRow[],
  { nowMs }: PollContext,
): AlertState["told"] {
  const told = notifications.map((row) => [row.channel, toTold(row, step.state, nowMs)] as const);
  const all = Object.entries({ ...before.told, ...Object.fromEntries(told) });
  const closed = all.filter(([, { isClosed }]) => isClosed === true).sort(([, a], [, b]) => b.slotMs - a.slotMs);
  return Object.fromEntries([...all.filter(([, { isClosed }]) => isClosed !== true), ...closed.slice(0, MAX_CLOSED)]);
}

function toTold({ facts }: OutboxRow, state: AlertState, nowMs: number): Told {
  const { severity, slotMs, kind } = facts;
  if (kind === "resolved") return { severity, slotMs, isClosed: true };
  const dateMs = dateOf(state);
  const bucketDays = dateMs === undefined ? undefined : bucketOf(dateMs, nowMs);
  return { severity, slotMs, ...defined({ dateMs, bucketDays }) };
}

function noteNoticed(state: AlertState, notifications: readonly OutboxRow[]): AlertState {
  const noticed = notifications.flatMap(({ channel, facts }) => (facts.kind === "flapping" ? channel : []));
  return state.flaps === undefined || noticed.length === 0 ? state : { ...state, flaps: { ...state.flaps, noticed } };
}

function planNotifications(stepped: SteppedAlert, context: PollContext): readonly OutboxRow[] {
  const { before, step, quiet, judgement } = stepped;
  const { slotMs, nowMs, policy } = context;
  const { tellsEvents = false } = judgement.rule;
  const routes = new Map(policy.channels.map((route) => [route.name, route]));
  const told = new Map(Object.entries(before.told));
  const channels = [...new Set([...routes.keys(), ...told.keys()])];
  const { state: after, reason } = step;
  const { noticed = [] } = after.flaps ?? {};
  return channels.flatMap((channel) => {
    const { minSeverity, keepsIncidents = false } = routes.get(channel) ?? {};
    const decision = decideNotification(
      { before, after, reason, quiet, slotMs, nowMs, repeatMs: policy.repeatMs, tellsEvents },
      { minSeverity, keepsIncidents, knowsFlapping: noticed.includes(channel), told: told.get(channel) },
    );
    if (decision.kind === "hold") return [];
    const facts = toNotificationFacts(stepped, { decision, told: told.get(channel) }, context);
    return plannedRow(facts, channel, nowMs);
  });
}

/** Keeps an alert as it was, to be stepped by the next poll, when there is no room left for what it has to tell. */
function planInTurn(alerts: readonly PlannedAlert[]): readonly PlannedAlert[] {
  let room = MAX_NOTIFICATIONS;
  return alerts.map((alert) => {
    if (alert.notifications.length > room) {
      return { ...alert, after: alert.before, changes: [], notifications: [], waits: true };
    }
    room -= alert.notifications.length;
    return alert;
  });
}

/**
 * A plain ok needs no memory; a breach that was old at the first reading stays capped until the rule says ok, and comings and
 * goings count for a week.
 */
function isWorthKeeping(alert: AlertState): boolean {
  return alert.phase !== "inactive" || alert.old === true || alert.flaps !== undefined;
}
