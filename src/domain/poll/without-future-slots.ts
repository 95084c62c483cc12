import type { AlertState, Episode, Flaps } from "../alerts/alert-state.ts";
import { isRow, type Reading } from "../connections/reading.ts";
import { defined, mapValues } from "../defined.ts";
import { moveBar } from "../history/bar90.ts";
import { dayOf } from "../history/daily.ts";
import { MAX_AHEAD_MS } from "../time.ts";
import { DAY_MS } from "../units.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext } from "./poll-context.ts";

/**
 * Takes back what a worker with a wrong clock has written: in a state whose slot lies more than 1 minute ahead of our clock,
 * every instant of ours that lies ahead counts as one period ago, or nothing would recover, wait or end until it comes. What was
 * tallied of a day that is not over is forgotten.
 */
export function withoutFutureSlots(
  state: ConnectionState,
  { nowMs, periodMs }: Pick<PollContext, "nowMs" | "periodMs">,
): ConnectionState {
  if (state.lastSlotMs <= nowMs + MAX_AHEAD_MS) return state;
  const pastMs = nowMs - periodMs;
  const back = (atMs: number) => Math.min(atMs, pastMs);
  const { absentSinceMs, activeSinceMs, stateSinceMs, configurationChange: change, snapshot, bar90 } = state;
  const daysAhead = (dayOf(state.lastSlotMs) - dayOf(pastMs)) / DAY_MS;
  return {
    ...state,
    reading: readingBack(state.reading, back),
    alerts: mapValues(state.alerts, (alert) => alertBack(alert, back)),
    observedAtMs: back(state.observedAtMs),
    lastSlotMs: back(state.lastSlotMs),
    lastCountedSlotMs: back(state.lastCountedSlotMs),
    firstSeenAtMs: back(state.firstSeenAtMs),
    lastSeenAtMs: back(state.lastSeenAtMs),
    today: undefined,
    ...defined({
      absentSinceMs: absentSinceMs && back(absentSinceMs),
      activeSinceMs: activeSinceMs && back(activeSinceMs),
      stateSinceMs: stateSinceMs && back(stateSinceMs),
      configurationChange: change && { ...change, slotMs: back(change.slotMs) },
      snapshot: snapshot && { ...snapshot, slotMs: back(snapshot.slotMs) },
      bar90: bar90 && moveBar(bar90, -daysAhead),
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
  const { firstOkSlotMs, sinceSlotMs, episode, told, calmer, flaps } = alert;
  return {
    ...alert,
    told: mapValues(told, (one) => ({ ...one, slotMs: back(one.slotMs) })),
    sinceSlotMs: back(sinceSlotMs),
    ...defined({
      firstOkSlotMs: firstOkSlotMs && back(firstOkSlotMs),
      episode: episode && episodeBack(episode, back),
      calmer: calmer && mapValues(calmer, back),
      flaps: flaps && flapsBack(flaps, back),
    }),
  };
}

function episodeBack({ firedSlotMs, escalatedAtMs, ...rest }: Episode, back: Back): Episode {
  return {
    ...rest,
    firedSlotMs: back(firedSlotMs),
    ...defined({ escalatedAtMs: escalatedAtMs && back(escalatedAtMs) }),
  };
}

function flapsBack({ firedSlotsMs, clearedSlotsMs, changedSlotMs, sinceSlotMs }: Flaps, back: Back): Flaps {
  return {
    firedSlotsMs: firedSlotsMs.map(back),
    clearedSlotsMs: clearedSlotsMs.map(back),
    changedSlotMs: back(changedSlotMs),
    ...defined({ sinceSlotMs: sinceSlotMs && back(sinceSlotMs) }),
  };
}
