import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../units.ts";

/** Writes a length of time for people, cut and not rounded, by its two largest units: "2 d 5 h", "15 min"; seconds only below a minute. */
export function describeDuration(durationMs: number): string {
  const lengthMs = Math.max(0, durationMs);
  if (lengthMs < MINUTE_MS) return `${Math.floor(lengthMs / SECOND_MS)} s`;
  const counts = [
    [Math.floor(lengthMs / DAY_MS), "d"],
    [Math.floor(lengthMs / HOUR_MS) % 24, "h"],
    [Math.floor(lengthMs / MINUTE_MS) % 60, "min"],
  ] as const;
  const largest = counts.findIndex(([count]) => count > 0);
  const shown = counts.slice(largest, largest + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** Says how far away an instant is: "in 8 d 20 h" or "2 d ago". */
export function describeDistance(atMs: number, fromMs: number): string {
  return atMs > fromMs ? `in ${describeDuration(atMs - fromMs)}` : `${describeDuration(fromMs - atMs)} ago`;
}
