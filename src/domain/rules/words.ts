import { toIso } from "../time.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../units.ts";

/** Says a length of time in its fitting unit, rounded down: minutes below 2 hours, hours below 3 days, else days. */
export function sayDuration(durationMs: number): string {
  const [unitMs, unit] =
    durationMs < 2 * HOUR_MS
      ? ([MINUTE_MS, "minute"] as const)
      : durationMs < 3 * DAY_MS
        ? ([HOUR_MS, "hour"] as const)
        : ([DAY_MS, "day"] as const);
  const count = Math.max(0, Math.floor(durationMs / unitMs));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Says an instant to the minute, in UTC. */
export function sayDate(atMs: number): string {
  return `${toIso(atMs).slice(0, 16).replace("T", " ")} UTC`;
}

/** Says a date and how far away it is, such as `2026-09-18 08:15 UTC (in 56 days)`. */
export function sayDateFrom(atMs: number, nowMs: number): string {
  const distance = atMs > nowMs ? `in ${sayDuration(atMs - nowMs)}` : `${sayDuration(nowMs - atMs)} ago`;
  return `${sayDate(atMs)} (${distance})`;
}
