import type { OutboxRow } from "../delivery/notification.ts";
import type { Change } from "../history/connection-event.ts";
import { judgePresence, type Presence } from "../rules/connection-missing.ts";
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
  readonly isGone: boolean;
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
  if (!countsSlot(previous, context)) return { state: observed, isGone: false, changes, notifications: [] };
  const { gone, changes: presenceChanges } = stepPresence(previous, observed, { sighting, context });
  const sinceLastMs = previous === undefined ? undefined : context.slotMs - previous.lastCountedSlotMs;
  const input = { sighting, sinceLastMs, gone };
  const { alerts, unknownRules, isWhole, changes: alertChanges, notifications } = stepAlerts(observed, input, context);
  return {
    state: { ...observed, alerts, unknownRules },
    isGone: isWhole && (gone === "whole" || sighting.kind === "unwatched"),
    changes: [...changes, ...presenceChanges, ...alertChanges],
    notifications,
  };
}

interface PresenceStep {
  readonly gone: AlertsInput["gone"];
  readonly changes: readonly Change[];
}

/**
 * Says whether the connection has left or has come back. The rule `connection-missing` knows when its other alerts give way
 * to that one, and when the absence is accepted.
 */
function stepPresence(
  previous: ConnectionState | undefined,
  observed: ConnectionState,
  { sighting, context }: { readonly sighting: Sighting; readonly context: PollContext },
): PresenceStep {
  const before = previous === undefined ? "present" : presenceOf(previous, context);
  const hadLeft = hasLeft(before);
  switch (sighting.kind) {
    case "blind":
      return { gone: hasLeft(presenceOf(observed, context)) ? "alerts-only" : "no", changes: [] };
    case "unwatched":
      return { gone: "no", changes: [{ type: "disappeared", reason: sighting.reason }] };
    case "seen":
      return { gone: "no", changes: hadLeft || sighting.hasReturned ? [{ type: "appeared", returned: true }] : [] };
    case "absent":
      return stepAbsence(presenceOf(observed, context), hadLeft);
  }
}

function stepAbsence(presence: Presence, hadLeft: boolean): PresenceStep {
  switch (presence) {
    case "present":
    case "brief":
      return { gone: "no", changes: [] };
    case "missing":
      return { gone: "alerts-only", changes: hadLeft ? [] : [{ type: "disappeared", reason: "absent" }] };
    case "gone":
      return { gone: "whole", changes: [{ type: "disappeared", reason: "connection-gone" }] };
  }
}

function hasLeft(presence: Presence): boolean {
  return presence === "missing" || presence === "gone";
}

function presenceOf(state: ConnectionState, { nowMs, policy }: PollContext): Presence {
  const { limits } = resolveSettings(policy.rules, state.reading, "connection-missing");
  return judgePresence({ ...state, nowMs }, limits);
}
