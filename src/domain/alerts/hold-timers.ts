import { defined, mapValues } from "../defined.ts";
import type { AlertState } from "./alert-state.ts";

/**
 * Moves an alert's timers on by time in which nothing was judged, so that it proves neither a recovery nor calm: what lies
 * before an `unknown`, and a gap of more than 3 periods in the monitor's own work.
 */
export function holdTimers(state: AlertState, heldMs: number): AlertState {
  const { firstOkSlotMs, calmer, flaps } = state;
  if (heldMs === 0) return state;
  return {
    ...state,
    ...defined({
      firstOkSlotMs: firstOkSlotMs === undefined ? undefined : firstOkSlotMs + heldMs,
      calmer: calmer && mapValues(calmer, (sinceSlotMs) => sinceSlotMs + heldMs),
      flaps: flaps && { ...flaps, changedSlotMs: flaps.changedSlotMs + heldMs },
    }),
  };
}
