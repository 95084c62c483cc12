import type { AlertState, StepReason } from "../alerts/alert-state.ts";
import { defined } from "../defined.ts";
import type { OutboxRow } from "../delivery/notification.ts";
import type { Change } from "../history/connection-event.ts";
import { nameOfQuiet, type QuietReason } from "../suppression/quiet-reason.ts";

/** An alert before and after a poll. */
export interface PolledAlert {
  readonly before: AlertState;
  readonly after: AlertState;
  readonly reason: StepReason;
}

/** Names what changed about one alert: phase, severity and what was told; and what began or ended to keep it quiet. */
export function describeAlertChanges(alert: PolledAlert, notifications: readonly OutboxRow[]): readonly Change[] {
  const { before, after, reason } = alert;
  const isSame = before.phase === after.phase && before.severity === after.severity;
  if (isSame && notifications.length === 0) return suppressionChange(before, after);
  return [
    {
      type: "alert",
      ruleId: after.ruleId,
      from: before.phase,
      to: after.phase,
      reason,
      told: Object.fromEntries(notifications.map(({ channel, facts }) => [channel, facts.kind])),
      why: Object.fromEntries(notifications.map(({ channel, facts }) => [channel, facts.reason])),
      ...defined({
        severity: after.severity ?? before.severity,
        episode: (after.episode ?? before.episode)?.id,
        evaluation: after.evaluation,
      }),
    },
    ...suppressionChange(before, after),
  ];
}

function suppressionChange({ quiet: before = [] }: AlertState, after: AlertState): readonly Change[] {
  const { ruleId, quiet = [] } = after;
  const began = without(quiet, before);
  const ended = without(before, quiet);
  return began.length + ended.length === 0 ? [] : [{ type: "suppression", ruleId, began, ended }];
}

function without(reasons: readonly QuietReason[], others: readonly QuietReason[]): readonly QuietReason[] {
  const known = new Set(others.map(nameOfQuiet));
  return reasons.filter((reason) => !known.has(nameOfQuiet(reason)));
}
