import { type Cron, NEVER_MS, nextCronMs, parseCron } from "./ncrontab.ts";
import { parseTimeSpan } from "./time-span.ts";

/** When a timer fires: at the moments of a cron expression, or again and again after a fixed time. */
export type Schedule =
  | { readonly kind: "cron"; readonly cron: Cron; readonly isOftenerThanMinutely: boolean }
  | { readonly kind: "interval"; readonly everyMs: number; readonly isOftenerThanMinutely: boolean };

/** Reads a schedule: NCRONTAB first, then a .NET time span, else `undefined`; an interval may be zero or negative. */
export function parseSchedule(text: string): Schedule | undefined {
  const cron = parseCron(text);
  if (cron !== undefined) {
    const isEveryMinute = /^ *\S+(?: +\*){5} *$/.test(text);
    return { kind: "cron", cron, isOftenerThanMinutely: isEveryMinute && cron.seconds.length > 1 };
  }
  const everyMs = parseTimeSpan(text);
  return everyMs === undefined ? undefined : { kind: "interval", everyMs, isOftenerThanMinutely: everyMs < 60_000 };
}

/** Returns the first moment after `fromMs`, in UTC. */
export function nextRunMs(schedule: Schedule, fromMs: number): number {
  return schedule.kind === "cron" ? nextCronMs(schedule.cron, fromMs) : Math.min(NEVER_MS, fromMs + schedule.everyMs);
}
