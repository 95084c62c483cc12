import { carryOver } from "../connections/carry-over.ts";
import { diffConfiguration } from "../connections/diff-configuration.ts";
import { judgeStanding } from "../connections/judge-standing.ts";
import { isPartner, type Reading } from "../connections/reading.ts";
import type { ConnectionState } from "./connection-state.ts";
import { countsSlot, type PollContext, type Sighting } from "./poll-context.ts";

/** So many maintenance windows at one time are kept for a tenant's history (ours): its rows have their limit. */
const MAX_WINDOWS = 15;

/** A connection that is there has no absence, nor one that was accepted. */
const PRESENT = { absentSinceMs: undefined, removalAcceptedAtMs: undefined };

/**
 * Takes one sighting into a connection's state: reading, standing, presence and configuration; alerts are left as they are.
 *
 * A slot that does not count updates the reading only.
 * @param previous Undefined at the first sighting, which is always `seen`.
 */
export function observeConnection(
  previous: ConnectionState | undefined,
  sighting: Sighting,
  context: PollContext,
): ConnectionState | undefined {
  if (sighting.kind === "seen") return observeSeen(previous, sighting.reading, context);
  return previous === undefined ? undefined : observeUnseen(previous, sighting.kind, context);
}

function observeSeen(previous: ConnectionState | undefined, read: Reading, context: PollContext): ConnectionState {
  const { slotMs, observedAtMs, suppression } = context;
  const { windows } = suppression;
  const counts = countsSlot(previous, context);
  const before = previous ?? newcomer(read, context);
  const reading = previous === undefined ? read : carryOver(previous.reading, read);
  const change = diffConfiguration(before.reading, reading);
  const observed = {
    ...before,
    reading,
    observedAtMs,
    lastSlotMs: slotMs,
    lastSeenAtMs: slotMs,
    lastKnownState: knownStateOf(reading) ?? before.lastKnownState,
    stateSinceMs: stateOf(reading) === stateOf(before.reading) ? before.stateSinceMs : slotMs,
    ...(reading.kind === "tenant"
      ? { activeWindows: windows.length === 0 ? undefined : windows.slice(0, MAX_WINDOWS) }
      : {}),
    configurationChange: change === undefined ? before.configurationChange : { ...change, slotMs },
    ...(counts ? { lastCountedSlotMs: slotMs, absentPolls: 0, ...PRESENT } : {}),
  };
  return withStanding(observed, context);
}

function newcomer(reading: Reading, { slotMs, observedAtMs, digest }: PollContext): ConnectionState {
  return {
    connectionKey: digest(reading.connectionId),
    reading,
    observedAtMs,
    standing: { standing: "active" },
    alerts: {},
    lastSlotMs: slotMs,
    lastCountedSlotMs: slotMs,
    firstSeenAtMs: slotMs,
    lastSeenAtMs: slotMs,
    absentPolls: 0,
  };
}

function observeUnseen(
  previous: ConnectionState,
  kind: "absent" | "blind" | "unwatched",
  context: PollContext,
): ConnectionState {
  const { slotMs } = context;
  const counts = countsSlot(previous, context);
  const unseen = {
    ...withStanding(previous, context),
    lastSlotMs: slotMs,
    ...(counts ? { lastCountedSlotMs: slotMs } : {}),
  };
  if (kind !== "absent" || !counts) return unseen;
  return { ...unseen, absentPolls: previous.absentPolls + 1, absentSinceMs: previous.absentSinceMs ?? slotMs };
}

function withStanding(state: ConnectionState, { policy, slotMs, nowMs }: PollContext): ConnectionState {
  const { reading, observedAtMs, lastKnownState, standing: before } = state;
  const standing = judgeStanding(reading, { ...policy, nowMs, observedAtMs, wasKnown: lastKnownState !== undefined });
  const sinceMs = before.standing === "active" ? state.activeSinceMs : slotMs;
  return { ...state, standing, activeSinceMs: standing.standing === "active" ? sinceMs : undefined };
}

function stateOf(reading: Reading): string | undefined {
  return isPartner(reading) ? (reading.stateAsSent ?? reading.state) : undefined;
}

function knownStateOf(reading: Reading): string | undefined {
  return isPartner(reading) && reading.state !== "unknown" ? reading.state : undefined;
}
