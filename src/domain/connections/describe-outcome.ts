import type { SourceReading } from "./reading.ts";

/** The word for a time in which nobody asked. */
export const NOT_POLLED = "not-polled";

/** Says how a source ended in one word or two, such as `read` or `unreadable: forbidden`. */
export function describeOutcome({ outcome, reason }: SourceReading): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
}
