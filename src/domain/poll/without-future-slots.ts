import type { AlertState } from "../alerts/alert-state.ts";
import { isRow, type Reading } from "../connections/reading.ts";
import { defined } from "../defined.ts";
import { MAX_AHEAD_MS } from "../time.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext } from "./poll-context.ts";

/**
 * Takes back what a worker with a wrong clock has written: in a state whose slot lies more than 1 minute ahead of our clock,
 * every instant of ours that lies ahead counts as one period ago, or nothing would recover, wait or end until it comes.
 */
export function withoutFutureSlots(
  state: ConnectionState,
  { nowMs, periodMs }: Pick<PollContext, "nowMs" | "periodMs">,
): ConnectionState {
  if (state.lastSlotMs <= nowMs + MAX_AHEAD_MS) return state;
  const pastMs = nowMs - periodMs;
  const back = (atMs: number) => Math.min(atMs, pastMs);
  const { absentSinceMs, activeSinceMs, configurationChange: change, snapshot } = state;
  return {
    ...state,
    reading: readingBack(state.reading, back),
    alerts: mapValues(state.alerts, (alert) => alertBack(alert, back)),
    observedAtMs: back(state.observedAtMs),
    lastSlotMs: back(state.lastSlotMs),
    lastCountedSlotMs: back(state.lastCountedSlotMs),
    firstSeenAtMs: back(state.firstSeenAtMs),
    lastSeenAtMs: back(state.lastSeenAtMs),
    ...defined({
      absentSinceMs: absentSinceMs && back(absentSinceMs),
      activeSinceMs: activeSinceMs && back(activeSinceMs),
      configurationChange: change && { ...change, slotMs: back(change.slotMs) },
      snapshot: snapshot && { ...snapshot, slotMs: back(snapshot.slotMs) },
    }),
  };
}

type Back = (atMs: number) => number;

function readingBack(reading: Reading, back: Back): Reading {
  if (isRow(reading)) return reading;
  const { lastGoodAtMs, failingSinceMs } = reading;
  return {
    ...reading,
    ...defined({
      lastGoodAtMs: lastGoodAtMs && back(lastGoodAtMs),
      failingSinceMs: failingSinceMs && back(failingSinceMs),
    }),
  };
}

function alertBack(alert: AlertState, back: Back): AlertState {
  const { firstOkSlotMs, sinceSlotMs, episode, told } = alert;
  return {
    ...alert,
    told: mapValues(told, (one) => ({ ...one, slotMs: back(one.slotMs) })),
    sinceSlotMs: back(sinceSlotMs),
    ...defined({
      firstOkSlotMs: firstOkSlotMs && back(firstOkSlotMs),
      episode: episode && { ...episode, firedSlotMs: back(episode.firedSlotMs) },
    }),
  };
}

function mapValues<T>(values: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
