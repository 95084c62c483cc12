import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./units.ts";

/** A date from outside, kept as the instant it names and as the text that was sent. */
export interface Moment {
  /** Epoch milliseconds, UTC; fractions of a millisecond are cut. */
  readonly atMs: number;
  /** The text as sent, at most 64 characters. */
  readonly asSent: string;
}

/** How far ahead of our clock an instant of ours is still believed: one worker's wrong clock must blind nobody. */
export const MAX_AHEAD_MS = MINUTE_MS;

/** More than so many periods without a poll, or a good read, are a gap: nothing is known of that time, and no timer runs in it (ours). */
export const GAP_PERIODS = 3;

/** Everything but the length of the month is checked by the pattern. */
const INSTANT =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d))$/;

/**
 * Reads a date with time and zone as epoch milliseconds, by a strict pattern and the real calendar.
 *
 * `Date.parse` is no help here: it rolls 30 February into March and reads a text without zone as local time.
 * @returns undefined for anything that names no instant: no zone, no such day, hour 24, a placeholder text.
 */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  if (day > daysOfMonth(year, month)) return undefined;
  const fractionMs = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const clockMs = hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + fractionMs;
  return dayNumber(year, month, day) * DAY_MS + clockMs - zoneOffsetMs(match);
}

/** Writes epoch milliseconds as RFC 3339 UTC text with `Z`; milliseconds only when there are any. */
export function toIso(atMs: number): string {
  const days = Math.floor(atMs / DAY_MS);
  const restMs = atMs - days * DAY_MS;
  const [year, month, day] = civilDate(days);
  const clock = [restMs / HOUR_MS, (restMs / MINUTE_MS) % 60, (restMs / SECOND_MS) % 60].map((part) => pad(part, 2));
  const fraction = restMs % SECOND_MS === 0 ? "" : `.${pad(restMs % SECOND_MS, 3)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock.join(":")}${fraction}Z`;
}

/** Writes the UTC day of an instant, such as 2026-11-22. */
export function toDate(atMs: number): string {
  return toIso(atMs).slice(0, 10);
}

/**
 * Names the slot that a timer run at `atMs` opens: the start of the period it falls in.
 *
 * @param toleranceMs How early a timer may fire and still mean the next period.
 */
export function slotOf(atMs: number, periodMs: number, toleranceMs = 5 * SECOND_MS): number {
  return Math.floor((atMs + toleranceMs) / periodMs) * periodMs;
}

function zoneOffsetMs([, , , , , , , , sign, hours, minutes]: RegExpExecArray): number {
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Counts the days from 1970-01-01 to a civil date of the Gregorian calendar.
 *
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", howardhinnant.github.io/date_algorithms.html, read 2026-11-22.
 */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Inverts `dayNumber`; same source. */
function civilDate(days: number): readonly [year: number, month: number, day: number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1];
}

function pad(count: number, width: number): string {
  return String(Math.floor(count)).padStart(width, "0");
}
