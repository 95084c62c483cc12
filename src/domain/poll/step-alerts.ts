import { type AlertState, isOpen, type Observation, type Told } from "../alerts/alert-state.ts";
import { decideNotification } from "../alerts/decide-notification.ts";
import { type AlertStep, quietAlert, stepAlert } from "../alerts/step-alert.ts";
import type { NotificationKind, OutboxRow } from "../delivery/notification.ts";
import type { Change } from "../history/connection-event.ts";
import { evaluateConnection } from "../rules/evaluate-connection.ts";
import type { Judgement } from "../rules/rule.ts";
import type { ConnectionState } from "./connection-state.ts";
import { type SteppedAlert, toNotificationFacts } from "./notification-facts.ts";
import type { PollContext, Sighting } from "./poll-context.ts";

/** What the alerts of one connection became in one poll. */
export interface AlertsStep {
  readonly alerts: ConnectionState["alerts"];
  readonly changes: readonly Change[];
  readonly notifications: readonly OutboxRow[];
}

/** How the connection was seen, as far as its alerts care. */
export interface AlertsInput {
  readonly sighting: Sighting["kind"];
  readonly isFirstReading: boolean;
  /** Its absence was believed: `alerts-only` leaves `connection-missing` to speak, `whole` ends that one too. */
  readonly gone: "no" | "alerts-only" | "whole";
}

/** Judges one connection by every rule, steps its alerts and plans what each channel is told. */
export function stepAlerts(observed: ConnectionState, input: AlertsInput, context: PollContext): AlertsStep {
  const judgements = evaluateConnection(
    { ...observed, nowMs: context.nowMs, isBlind: input.sighting === "blind" },
    context.policy.rules,
  );
  const steps = judgements.map((judgement) => stepOne(observed, judgement, { input, context }));
  return {
    alerts: Object.fromEntries(steps.flatMap(({ after }) => (isWorthKeeping(after) ? [[after.ruleId, after]] : []))),
    changes: steps.flatMap(({ change }) => change ?? []),
    notifications: steps.flatMap(({ notifications }) => notifications),
  };
}

interface StepWorld {
  readonly input: AlertsInput;
  readonly context: PollContext;
}

interface OneStep {
  readonly after: AlertState;
  readonly change: Change | undefined;
  readonly notifications: readonly OutboxRow[];
}

function stepOne(observed: ConnectionState, judgement: Judgement, { input, context }: StepWorld): OneStep {
  const { id: ruleId } = judgement.rule;
  const { slotMs, policy, digest } = context;
  const alertKey = digest(`${policy.tenantId}\n${observed.reading.connectionId}\n${ruleId}`);
  const before = observed.alerts[ruleId] ?? quietAlert({ ruleId, alertKey, slotMs });
  const { isFirstReading } = input;
  const { settings } = judgement;
  const step = stepAlert(before, toObservation(judgement, input), {
    ruleId,
    alertKey,
    settings,
    slotMs,
    isFirstReading,
  });
  const planned = planNotifications({ before, step, judgement, observed }, context);
  const after = isOpen(step.state) ? { ...step.state, told: planned.told } : step.state;
  return { after, change: toChange(before, step, planned.kinds), notifications: planned.notifications };
}

function toObservation(judgement: Judgement, { sighting, gone }: AlertsInput): Observation {
  if (sighting === "unwatched") return { verdict: "ended", reason: "source-not-watched" };
  const isMissingRule = judgement.rule.id === "connection-missing";
  if (gone === "whole" || (gone === "alerts-only" && !isMissingRule))
    return { verdict: "ended", reason: "connection-gone" };
  return judgement.evaluation;
}

interface Planned {
  readonly told: Readonly<Record<string, Told>>;
  readonly kinds: Readonly<Record<string, NotificationKind>>;
  readonly notifications: readonly OutboxRow[];
}

function planNotifications(stepped: SteppedAlert, context: PollContext): Planned {
  const { before, step } = stepped;
  const { slotMs, nowMs, policy } = context;
  const routes = new Map(policy.channels.map(({ name, minSeverity }) => [name, minSeverity]));
  const told: Record<string, Told> = { ...before.told };
  const kinds: Record<string, NotificationKind> = {};
  const notifications: OutboxRow[] = [];
  for (const channel of new Set([...routes.keys(), ...Object.keys(before.told)])) {
    const view = { minSeverity: routes.get(channel), told: before.told[channel] };
    const decision = decideNotification(before, step.state, view);
    if (decision.kind === "hold") continue;
    const facts = toNotificationFacts(stepped, decision, context);
    kinds[channel] = decision.notification;
    told[channel] = { severity: facts.severity, slotMs };
    notifications.push({ facts, channel, attempts: 0, nextAttemptAtMs: nowMs });
  }
  return { told, kinds, notifications };
}

function toChange(
  before: AlertState,
  { state: after, reason }: AlertStep,
  told: Readonly<Record<string, NotificationKind>>,
): Change | undefined {
  const isSame = before.phase === after.phase && before.severity === after.severity;
  if (isSame && Object.keys(told).length === 0) return undefined;
  const severity = after.severity ?? before.severity;
  const episode = after.episode ?? before.episode;
  return {
    type: "alert",
    ruleId: after.ruleId,
    from: before.phase,
    to: after.phase,
    reason,
    told,
    ...(severity === undefined ? {} : { severity }),
    ...(episode === undefined ? {} : { episode: episode.id }),
    ...(after.evaluation === undefined ? {} : { evaluation: after.evaluation }),
  };
}

/** A plain ok needs no memory; a breach that was old at the first reading stays capped until the rule says ok. */
function isWorthKeeping(alert: AlertState): boolean {
  return alert.phase !== "inactive" || alert.old === true;
}
