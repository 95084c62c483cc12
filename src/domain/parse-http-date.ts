import { parseInstant } from "./time.ts";

const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Reads the date of a header (RFC 9110, section 5.6.7; the form that must be sent) as epoch milliseconds, undefined for any other text. */
export function parseHttpDate(text: string): number | undefined {
  const [, day, month = "", year, clock] = HTTP_DATE.exec(text) ?? [];
  const monthNumber = String(MONTHS.indexOf(month) + 1).padStart(2, "0");
  return parseInstant(`${year}-${monthNumber}-${day}T${clock}Z`);
}
