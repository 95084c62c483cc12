import { toIso } from "./time.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./units.ts";

/**
 * Says a length of time, cut and not rounded, by its largest units: "2 d 5 h", "15 min".
 *
 * @param maxUnits With 2, seconds are said only below a minute. @default 2
 */
export function sayDuration(durationMs: number, maxUnits = 2): string {
  const lengthMs = Math.max(0, durationMs);
  const hasSeconds = lengthMs < MINUTE_MS || maxUnits > 2;
  const counts = [
    [Math.floor(lengthMs / DAY_MS), "d"],
    [Math.floor(lengthMs / HOUR_MS) % 24, "h"],
    [Math.floor(lengthMs / MINUTE_MS) % 60, "min"],
    [hasSeconds ? Math.floor(lengthMs / SECOND_MS) % 60 : 0, "s"],
  ] as const;
  const largest = counts.findIndex(([count]) => count > 0);
  if (largest === -1) return "0 s";
  const shown = counts.slice(largest, largest + maxUnits).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** Says how far away an instant is: "in 8 d 20 h" or "2 d ago". */
export function sayDistance(atMs: number, fromMs: number): string {
  return atMs > fromMs ? `in ${sayDuration(atMs - fromMs)}` : `${sayDuration(fromMs - atMs)} ago`;
}

/** Says an instant to the minute, in UTC: "2026-09-18 08:15 UTC". */
export function sayDate(atMs: number): string {
  return `${toIso(atMs).slice(0, 16).replace("T", " ")} UTC`;
}

/** Says an instant and how far away it is: "2026-09-18 08:15 UTC (in 8 d 20 h)". */
export function sayDateFrom(atMs: number, fromMs: number): string {
  return `${sayDate(atMs)} (${sayDistance(atMs, fromMs)})`;
}

/** Writes a phrase as the beginning of a sentence. */
export function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
