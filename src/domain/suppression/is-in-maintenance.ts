import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../units.ts";
import { type MaintenanceWindow, WEEKDAYS, type WindowMark } from "./maintenance-window.ts";

/**
 * Says whether an instant lies in a maintenance window: from its beginning to before beginning plus duration.
 *
 * It begins at the first instant at which the zone's clock shows the start, or has passed it, on a day that is named. So a
 * start that the clock leaps over in spring counts from the first instant after the leap (a leapt-over day alike), and one
 * that the clock shows twice in autumn counts the first time only. The duration is elapsed time and not what the clock says.
 * @throws {RangeError} When the zone is unknown; the configuration refuses it.
 */
export function isInMaintenance(window: MaintenanceWindow, atMs: number): boolean {
  const [startMs = Number.POSITIVE_INFINITY] = startsFrom(window, atMs, atMs);
  return startMs <= atMs;
}

/** How far ahead the end of a window is looked for; clocks that are put back end the longest ones once a year. */
const HORIZON_MS = 400 * DAY_MS;

/**
 * Finds the next instant at which a window begins or is over: one that begins anew before it ends goes on.
 *
 * @returns undefined for one that is on now and does not end within 400 days.
 * @throws {RangeError} When the zone is unknown; the configuration refuses it.
 */
export function nextChange(window: MaintenanceWindow, atMs: number): number | undefined {
  let endMs: number | undefined;
  for (const startMs of startsFrom(window, atMs, atMs + HORIZON_MS)) {
    if (startMs > (endMs ?? atMs)) return endMs ?? startMs;
    endMs = startMs + window.durationMs;
  }
  return undefined;
}

/** Yields when a window begins, in order: from the first that is not over at an instant, past another one. */
function* startsFrom(window: MaintenanceWindow, fromMs: number, toMs: number): Generator<number> {
  const { durationMs, timeZone } = window;
  // A day more on both sides: clocks have been moved by up to 24 hours.
  const firstDay = dayOf(fromMs + offsetMs(timeZone, fromMs) - durationMs) - 1;
  const lastDay = dayOf(toMs + offsetMs(timeZone, toMs)) + 1;
  for (let day = firstDay; day <= lastDay; day += 1) {
    if (!beginsOn(window, day)) continue;
    const startMs = firstInstantAt(timeZone, day * DAY_MS + window.startMinute * MINUTE_MS);
    if (fromMs < startMs + durationMs) yield startMs;
  }
}

/** Returns the windows that an instant lies in, in the order given. */
export function windowsAt(windows: readonly MaintenanceWindow[], atMs: number): readonly WindowMark[] {
  return windows.filter((window) => isInMaintenance(window, atMs)).map(({ name, match }) => ({ name, match }));
}

/** 1970-01-01, day 0, was a Thursday. */
function beginsOn({ weekdays }: MaintenanceWindow, day: number): boolean {
  const weekday = WEEKDAYS[(((day + 4) % 7) + 7) % 7];
  return weekday !== undefined && weekdays.includes(weekday);
}

function dayOf(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

/** Finds the first instant at which the zone's clock shows `localMs` or later; there is at most one change of clocks within a day of it. */
function firstInstantAt(timeZone: string, localMs: number): number {
  const offsets = [offsetMs(timeZone, localMs - DAY_MS), offsetMs(timeZone, localMs + DAY_MS)];
  const earlierMs = localMs - Math.max(...offsets);
  const laterMs = localMs - Math.min(...offsets);
  if (earlierMs === laterMs) return earlierMs;
  for (const atMs of [earlierMs, laterMs]) if (atMs + offsetMs(timeZone, atMs) === localMs) return atMs;
  return changeBetween(timeZone, earlierMs, laterMs);
}

/** Finds the instant at which the clocks change, by halving: after `beforeMs`, at the latest at `afterMs`. */
function changeBetween(timeZone: string, beforeMs: number, afterMs: number): number {
  const oldOffsetMs = offsetMs(timeZone, beforeMs);
  let [lowMs, highMs] = [beforeMs, afterMs];
  while (highMs - lowMs > 1) {
    const middleMs = Math.floor((lowMs + highMs) / 2);
    if (offsetMs(timeZone, middleMs) === oldOffsetMs) lowMs = middleMs;
    else highMs = middleMs;
  }
  return highMs;
}

/** Making a formatter costs a thousand times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Returns how far the zone's clock is ahead of UTC; whole seconds, as zones had them until 1972. */
function offsetMs(timeZone: string, atMs: number): number {
  const formatter =
    formatters.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formatters.set(timeZone, formatter);
  const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(formatter.format(atMs)) ?? [];
  const sizeMs = Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS + Number(seconds ?? 0) * SECOND_MS;
  return sign === "-" ? -sizeMs : sizeMs;
}
