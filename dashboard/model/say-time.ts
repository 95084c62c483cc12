const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Milliseconds of one day of 24 hours. */
export const DAY_MS = 24 * HOUR_MS;

const UNITS = [
  { ms: DAY_MS, short: "d", long: "day" },
  { ms: HOUR_MS, short: "h", long: "hour" },
  { ms: MINUTE_MS, short: "min", long: "minute" },
  { ms: SECOND_MS, short: "s", long: "second" },
] as const;

/** Says a length of time for a table cell, cut and not rounded: "12 d", "2 d 5 h", "15 min"; hours are dropped from ten days on. */
export function sayDuration(durationMs: number): string {
  const lengthMs = Math.max(0, durationMs);
  const index = UNITS.findIndex(({ ms }) => lengthMs >= ms);
  const unit = UNITS[index];
  if (unit === undefined) return "0 s";
  const count = Math.floor(lengthMs / unit.ms);
  const next = UNITS[index + 1];
  const rest = next === undefined ? 0 : Math.floor((lengthMs % unit.ms) / next.ms);
  const isCoarse = next === undefined || next.short === "s" || count >= 10;
  return isCoarse || rest === 0 ? `${count} ${unit.short}` : `${count} ${unit.short} ${rest} ${next.short}`;
}

/** Says a length of time in a sentence by its largest unit, cut and not rounded: "6 days", "1 hour". */
export function sayLength(durationMs: number): string {
  const unit = UNITS.find(({ ms }) => durationMs >= ms) ?? UNITS[3];
  const count = Math.max(0, Math.floor(durationMs / unit.ms));
  return `${count} ${unit.long}${count === 1 ? "" : "s"}`;
}

/** Says how far an instant is away: "in 6 days", "3 hours ago", "now". */
export function sayDistance(atMs: number, nowMs: number): string {
  const distanceMs = Math.abs(atMs - nowMs);
  if (distanceMs < SECOND_MS) return "now";
  return atMs > nowMs ? `in ${sayLength(distanceMs)}` : `${sayLength(distanceMs)} ago`;
}

/** Says an instant in UTC to the second: "2026-11-22 08:03:02 UTC". */
export function sayInstant(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const CLOCK = { hour: "2-digit", minute: "2-digit", timeZone: "UTC" } as const;

/** Says an instant to the minute as short as now allows: "04:00 UTC" today, "Sat 22:00 UTC" within six days, else with its date. */
export function sayMoment(atMs: number, nowMs: number): string {
  const isNear = Math.abs(atMs - nowMs) < 6 * DAY_MS;
  if (!isNear) return `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const weekday = dayOf(atMs) === dayOf(nowMs) ? {} : ({ weekday: "short" } as const);
  return `${new Date(atMs).toLocaleString("en-GB", { ...weekday, ...CLOCK })} UTC`;
}

/** Says a UTC day, as in "Sun 22 Nov 2026". */
export function sayDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return date.toLocaleDateString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** Names the UTC day of an instant: "2026-11-22". */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Reads an ISO 8601 duration of days, hours, minutes and seconds as milliseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const parts = DURATION.exec(text)?.slice(1);
  if (parts === undefined || parts.every((part) => part === undefined)) return undefined;
  return UNITS.reduce((sum, { ms }, index) => sum + Number(parts[index] ?? 0) * ms, 0);
}
