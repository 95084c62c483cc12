import type { EndReason } from "../alerts/alert-state.ts";
import type { OutboxRow } from "../delivery/notification.ts";
import type { Change } from "../history/connection-event.ts";
import { judgePresence } from "../rules/connection-missing.ts";
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
  const { gone, changes: disappearance } = judgeDisappearance(observed, sighting, context);
  const input = { sighting: sighting.kind, isFirstReading: previous === undefined, gone };
  const { alerts, changes: alertChanges, notifications } = stepAlerts(observed, input, context);
  return {
    state: { ...observed, alerts },
    isRetired: gone === "whole" || sighting.kind === "unwatched",
    changes: [...changes, ...disappearance, ...alertChanges],
    notifications,
  };
}

interface Disappearance {
  readonly gone: AlertsInput["gone"];
  readonly changes: readonly Change[];
}

/** The rule `connection-missing` says when the other alerts give way to it, and when the absence is accepted. */
function judgeDisappearance(observed: ConnectionState, sighting: Sighting, context: PollContext): Disappearance {
  if (sighting.kind === "unwatched") return { gone: "no", changes: [disappeared("source-not-watched")] };
  if (sighting.kind !== "absent") return { gone: "no", changes: [] };
  const { nowMs, policy } = context;
  const { limits } = resolveSettings(policy.rules, observed.reading, "connection-missing");
  switch (judgePresence({ ...observed, nowMs }, limits)) {
    case "present":
    case "brief":
      return { gone: "no", changes: [] };
    case "gone":
      return { gone: "whole", changes: [disappeared("connection-gone")] };
    case "missing": {
      const before = judgePresence({ ...observed, absentPolls: observed.absentPolls - 1, nowMs }, limits);
      return { gone: "alerts-only", changes: before === "missing" ? [] : [disappeared("absent")] };
    }
  }
}

function disappeared(reason: "absent" | EndReason): Change {
  return { type: "disappeared", reason };
}
