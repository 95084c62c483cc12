/** Milliseconds of one second. */
export const SECOND_MS = 1_000;
/** Milliseconds of one minute. */
export const MINUTE_MS = 60 * SECOND_MS;
/** Milliseconds of one hour. */
export const HOUR_MS = 60 * MINUTE_MS;
/** Milliseconds of one day of 24 hours; the domain knows no other day. */
export const DAY_MS = 24 * HOUR_MS;

const DURATION = /^P(?=[\dT])(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/;

/**
 * Reads an ISO 8601 duration of days, hours, minutes and whole seconds as milliseconds.
 *
 * Weeks, months, years, signs and fractions are refused: a threshold must mean the same length at any date.
 * @returns undefined when the text is no such duration.
 * @example parseDuration("P1DT12H") === 129_600_000
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
}

/** Writes milliseconds as an ISO 8601 duration; parts of a second are cut. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / SECOND_MS));
  const days = Math.floor(seconds / 86_400);
  const clock = [
    [Math.floor(seconds / 3_600) % 24, "H"],
    [Math.floor(seconds / 60) % 60, "M"],
    [seconds % 60, "S"],
  ] as const;
  const time = clock.map(([count, unit]) => (count === 0 ? "" : `${count}${unit}`)).join("");
  const text = `P${days === 0 ? "" : `${days}D`}${time === "" ? "" : `T${time}`}`;
  return text === "P" ? "PT0S" : text;
}
