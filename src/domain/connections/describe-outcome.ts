import type { SourceReading } from "./reading.ts";

/** Says how a source ended in one word or two, such as `read` or `unreadable: forbidden`. */
export function describeOutcome({ outcome, reason }: SourceReading): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
}
