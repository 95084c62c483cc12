import { HOUR_MS, MINUTE_MS } from "../domain/units.ts";

/**
 * Reads how often a schedule fires from its simple forms: every minute, every hour, and every N minutes or N hours where N
 * divides the hour or the day.
 *
 * @returns Milliseconds, or undefined for any other form, whatever it may mean.
 */
export function periodOfSchedule(schedule: string): number | undefined {
  const [second, minute = "", hour = "", ...days] = schedule.trim().split(/ +/);
  if (second !== "0" || days.join(" ") !== "* * *") return undefined;
  if (hour === "*" && minute !== "0") return multiply(stepOf(minute, 60), MINUTE_MS);
  return minute === "0" ? multiply(stepOf(hour, 24), HOUR_MS) : undefined;
}

function stepOf(field: string, size: number): number | undefined {
  const step = field === "*" ? 1 : Number(/^\*\/(\d{1,2})$/.exec(field)?.[1]);
  return size % step === 0 ? step : undefined;
}

function multiply(count: number | undefined, unitMs: number): number | undefined {
  return count === undefined ? undefined : count * unitMs;
}
