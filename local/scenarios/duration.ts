const DURATION = /^(-?)P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** Tells whether a text is an ISO 8601 duration of days and smaller units, with an optional leading minus. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/**
 * Returns the milliseconds of an ISO 8601 duration: `P10D`, `PT36H`, `P14DT6M`, `-PT3H`.
 *
 * Weeks, months and years are refused; a day is always 24 hours.
 * @throws {RangeError} When the text is no such duration.
 */
export function durationMs(text: string): number {
  const match = DURATION.exec(text);
  if (match === null) {
    throw new RangeError(`Cannot read a duration: ISO 8601 days and smaller are wanted, current value is "${text}"`);
  }
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
  const minutesInAll = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  return (sign === "-" ? -1 : 1) * Math.round((minutesInAll * 60 + Number(seconds)) * 1000);
}

/** Tells whether a text is a moment: a duration, or a duration behind a plus sign. */
export function isMoment(text: string): boolean {
  return isDuration(text.replace(/^\+(?!-)/, ""));
}

/**
 * Returns a moment in milliseconds since the scenario's zero: `P90D` counts from zero, `+P90D` from the event it stands in.
 *
 * @throws {RangeError} When the text is no moment.
 */
export function momentMs(text: string, eventAtMs: number): number {
  return text.startsWith("+") ? eventAtMs + durationMs(text.slice(1)) : durationMs(text);
}
