import type { OutboxRow } from "../delivery/notification.ts";
import type { Change } from "../history/connection-event.ts";
import { resolveSettings } from "../rules/resolve-settings.ts";
import type { ConnectionState } from "./connection-state.ts";
import { describeChanges } from "./describe-changes.ts";
import { observeConnection } from "./observe-connection.ts";
import { countsSlot, type PollContext, type Sighting } from "./poll-context.ts";
import { type AlertsInput, stepAlerts } from "./step-alerts.ts";

/** A connection after one poll. */
export interface ConnectionStep {
  readonly state: ConnectionState;
  /** Nothing is left to watch: the state moves to the rows of the gone. */
  readonly isRetired: boolean;
  /** In the order in which they are told: the reading's, then the alerts'. */
  readonly changes: readonly Change[];
  readonly notifications: readonly OutboxRow[];
}

/**
 * Moves one connection by one poll, or returns undefined when it has seen this slot or a newer one.
 *
 * A slot that does not count updates the reading, but no phase, counter or absence.
 * @param previous Undefined at the first sighting; the state kept among the gone when the connection returns.
 */
export function stepConnection(
  previous: ConnectionState | undefined,
  sighting: Sighting,
  context: PollContext,
): ConnectionStep | undefined {
  if (previous !== undefined && context.slotMs <= previous.lastSlotMs) return undefined;
  const observed = observeConnection(previous, sighting, context);
  if (observed === undefined) return undefined;
  const changes = describeChanges(previous, observed, { sighting: sighting.kind, context });
  if (!countsSlot(previous, context)) return { state: observed, isRetired: false, changes, notifications: [] };
  const absence = judgeAbsence(observed, sighting, context);
  const { gone } = absence;
  const input = { sighting: sighting.kind, isFirstReading: previous === undefined, gone };
  const { alerts, changes: alertChanges, notifications } = stepAlerts(observed, input, context);
  return {
    state: { ...observed, alerts },
    isRetired: gone === "whole" || sighting.kind === "unwatched",
    changes: [...changes, ...absence.changes, ...alertChanges],
    notifications,
  };
}

interface Absence {
  readonly gone: AlertsInput["gone"];
  /** That it disappeared is told when its absence is first believed, and when it is accepted. */
  readonly changes: readonly Change[];
}

/** The rule `connection-missing` knows the numbers: when the other alerts give way to it, and when the absence is accepted. */
function judgeAbsence(observed: ConnectionState, sighting: Sighting, { nowMs, policy }: PollContext): Absence {
  if (sighting.kind === "unwatched")
    return { gone: "no", changes: [{ type: "disappeared", reason: "source-not-watched" }] };
  const { absentPolls, absentSinceMs = nowMs, reading } = observed;
  const { limits } = resolveSettings(policy.rules, reading, "connection-missing");
  const { warnFromPolls = Infinity, goneFromMs = Infinity } = limits;
  if (sighting.kind !== "absent" || absentPolls < warnFromPolls) return { gone: "no", changes: [] };
  if (nowMs - absentSinceMs >= goneFromMs) {
    return { gone: "whole", changes: [{ type: "disappeared", reason: "connection-gone" }] };
  }
  return {
    gone: "alerts-only",
    changes: absentPolls === warnFromPolls ? [{ type: "disappeared", reason: "absent" }] : [],
  };
}
