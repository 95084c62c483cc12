const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const SECONDS = /^\d+$/;

/**
 * Reads a Retry-After header, seconds or an HTTP date, as milliseconds from now.
 *
 * @returns undefined when there is none, and for garbage, zero and times in the past: nobody is asked to retry at once.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (SECONDS.test(text)) return positive(Number(text) * 1_000);
  return HTTP_DATE.test(text) ? positive(Date.parse(text) - nowMs) : undefined;
}

function positive(delayMs: number): number | undefined {
  return delayMs > 0 ? delayMs : undefined;
}
