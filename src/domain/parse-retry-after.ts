import { parseInstant } from "./time.ts";
import { SECOND_MS } from "./units.ts";

const SECONDS = /^\d+$/;
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Reads a Retry-After header, seconds or a date (RFC 9110, section 10.2.3), as milliseconds from now; without upper bound.
 *
 * @returns undefined when there is none, and for garbage, zero and times in the past: nobody is asked to retry at once.
 */
export function parseRetryAfter(header: string | null | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  const waitMs = SECONDS.test(text) ? Number(text) * SECOND_MS : (parseHttpDate(text) ?? nowMs) - nowMs;
  return waitMs > 0 ? waitMs : undefined;
}

function parseHttpDate(text: string): number | undefined {
  const [, day, month = "", year, clock] = HTTP_DATE.exec(text) ?? [];
  const monthNumber = String(MONTHS.indexOf(month) + 1).padStart(2, "0");
  return parseInstant(`${year}-${monthNumber}-${day}T${clock}Z`);
}
