import { parseHttpDate } from "./parse-http-date.ts";
import { SECOND_MS } from "./units.ts";

const SECONDS = /^\d+$/;

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
