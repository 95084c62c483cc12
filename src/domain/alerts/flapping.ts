import { DAY_MS, HOUR_MS } from "../units.ts";
import type { AlertState, Flaps } from "./alert-state.ts";

/** How far back comings and goings count (ours). */
const WINDOW_MS = 7 * DAY_MS;

/** So many episodes within the window are flapping (ours). */
const MAX_EPISODES = 3;

/** So many breaches that went before they were confirmed are flapping too (ours). */
const MAX_CLEARED = 6;

/** How long nothing may change before an alert stops flapping (ours). */
const CALM_AFTER_MS = 48 * HOUR_MS;

const NO_FLAPS: Flaps = { firedSlotsMs: [], clearedSlotsMs: [], changedSlotMs: 0 };

/**
 * Takes the flapping off an alert that has not changed its phase for 48 hours; its past comings and goings then no longer
 * count, or the next one would bring it back.
 */
export function calmDown(state: AlertState, slotMs: number): AlertState {
  const { flaps, ...rest } = state;
  const isCalm = flaps?.sinceSlotMs !== undefined && slotMs - flaps.changedSlotMs >= CALM_AFTER_MS;
  return isCalm ? rest : state;
}

/**
 * Notes what a step has changed: flapping begins with the 3rd episode, or the 6th breach that went unconfirmed, within
 * 7 days.
 *
 * Nagios' 21 checks would cover five hours at our pace and never trip on a partner that fails once a day.
 */
export function noteFlaps(before: AlertState, after: AlertState, slotMs: number): AlertState {
  const { flaps: noted = NO_FLAPS, ...rest } = after;
  const hasFired = after.episode !== undefined && after.episode.id !== before.episode?.id;
  const hasCleared = before.phase === "pending" && after.phase === "inactive";
  const recent = (slotsMs: readonly number[], isNew: boolean) =>
    [...slotsMs, ...(isNew ? [slotMs] : [])].filter((atMs) => slotMs - atMs <= WINDOW_MS);
  const firedSlotsMs = recent(noted.firedSlotsMs, hasFired).slice(-MAX_EPISODES);
  const clearedSlotsMs = recent(noted.clearedSlotsMs, hasCleared).slice(-MAX_CLEARED);
  const changedSlotMs = before.phase === after.phase ? noted.changedSlotMs : slotMs;
  const begins = firedSlotsMs.length >= MAX_EPISODES || clearedSlotsMs.length >= MAX_CLEARED;
  const flaps = { ...noted, firedSlotsMs, clearedSlotsMs, changedSlotMs };
  if (noted.sinceSlotMs !== undefined) return { ...rest, flaps };
  if (begins) return { ...rest, flaps: { ...flaps, sinceSlotMs: slotMs } };
  return firedSlotsMs.length + clearedSlotsMs.length === 0 ? rest : { ...rest, flaps };
}
