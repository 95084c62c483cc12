import { parseSchedule, type Schedule } from "../../../../../local/host/timers/schedule.ts";

/** Builds a schedule from a text that must be valid. */
export function aSchedule(text: string): Schedule {
  const schedule = parseSchedule(text);
  if (schedule === undefined) {
    throw new TypeError(`Cannot build a schedule: it must be valid, current value is ${text}`);
  }
  return schedule;
}
