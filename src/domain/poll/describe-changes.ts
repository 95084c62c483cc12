import { describeOutcome, NOT_POLLED } from "../connections/describe-outcome.ts";
import { isRow, type Reading } from "../connections/reading.ts";
import { reportedStateOf } from "../connections/reported-state.ts";
import type { Change } from "../history/connection-event.ts";
import type { WindowMark } from "../suppression/maintenance-window.ts";
import { GAP_PERIODS } from "../time.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext, Sighting } from "./poll-context.ts";

/**
 * Names what changed about a connection between two polls, apart from its alerts: appearance, configuration, state,
 * standing, and the end of a source's blindness.
 */
export function describeChanges(
  previous: ConnectionState | undefined,
  observed: ConnectionState,
  { sighting, context }: { readonly sighting: Sighting["kind"]; readonly context: PollContext },
): readonly Change[] {
  if (previous === undefined) return firstChange(observed.reading);
  const change = observed.configurationChange;
  return [
    ...(change?.slotMs === context.slotMs
      ? [{ type: "configuration" as const, severity: change.severity, changes: change.changes }]
      : []),
    ...stateChange(previous.reading, observed.reading),
    ...standingChange(previous, observed),
    ...maintenanceChange(previous, observed),
    ...(sighting === "seen" ? gap(previous, observed, context) : []),
  ];
}

/** A source that is not read at first sight is told of, as nothing else may ever say that the tenant does not have it. */
function firstChange(reading: Reading): readonly Change[] {
  if (isRow(reading)) return [{ type: "appeared", returned: false }];
  const to = stateOf(reading);
  return to === undefined || to === "read" ? [] : [{ type: "state", from: NOT_POLLED, to }];
}

function stateChange(before: Reading, after: Reading): readonly Change[] {
  const [from, to] = [stateOf(before), stateOf(after)];
  return from === undefined || to === undefined || from === to ? [] : [{ type: "state", from, to }];
}

function stateOf(reading: Reading): string | undefined {
  return reading.kind === "source" ? describeOutcome(reading) : reportedStateOf(reading);
}

function standingChange({ standing: from }: ConnectionState, { standing: to }: ConnectionState): readonly Change[] {
  if (from.standing === to.standing) return [];
  return [{ type: "standing", from: from.standing, to: to.standing, ...("reason" in to ? { reason: to.reason } : {}) }];
}

function maintenanceChange(previous: ConnectionState, observed: ConnectionState): readonly Change[] {
  const { activeWindows: before = [] } = previous;
  const { activeWindows: after = [] } = observed;
  const [began, ended] = [without(after, before), without(before, after)];
  return began.length + ended.length === 0 ? [] : [{ type: "maintenance", began, ended }];
}

function without(marks: readonly WindowMark[], others: readonly WindowMark[]): readonly WindowMark[] {
  return marks.filter(({ name }) => !others.some((other) => other.name === name));
}

/** Says from when to when a source could not be seen, once it can be seen again. */
function gap(previous: ConnectionState, observed: ConnectionState, context: PollContext): readonly Change[] {
  const { reading: before } = previous;
  const { reading: after } = observed;
  if (before.kind !== "source" || after.kind !== "source" || after.outcome === "unreadable") return [];
  const fromMs = before.lastGoodAtMs ?? before.failingSinceMs;
  if (fromMs === undefined) return [];
  const wasUnreadable = before.outcome === "unreadable";
  if (!wasUnreadable && observed.observedAtMs - fromMs <= GAP_PERIODS * context.periodMs) return [];
  const reason = wasUnreadable ? (before.reason ?? "unreadable") : NOT_POLLED;
  return [{ type: "gap", fromMs, toMs: observed.observedAtMs, reason }];
}
