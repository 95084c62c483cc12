import type { EventBody } from "../../src/http/contract/history.ts";
import { describeChange, describeTold, isNews } from "./describe-change.ts";

/** A line of what happened: one change, or several alike in a row. */
export interface EventEntry {
  readonly id: string;
  /** The newest of them. */
  readonly at: string;
  readonly firstAt: string;
  readonly times: number;
  readonly text: string;
  readonly told: string;
}

const CONFIGURATION: readonly string[] = ["configuration", "standing", "appeared", "disappeared", "state"];

/**
 * Makes the lines of what happened, newest first; what says the same several times in a row, such as a reminder, is one line.
 *
 * @param events Newest first.
 */
export function toEntries(events: readonly EventBody[], only: "all" | "configuration"): readonly EventEntry[] {
  const entries: EventEntry[] = [];
  for (const { slotDateTime: at, changes } of events) {
    for (const [index, change] of changes.entries()) {
      if (!isNews(change) || (only === "configuration" && !CONFIGURATION.includes(change.type))) continue;
      const entry = {
        id: `${at}/${index}`,
        at,
        firstAt: at,
        times: 1,
        text: describeChange(change),
        told: describeTold(change),
      };
      const last = entries.at(-1);
      if (last?.text === entry.text && last.told === entry.told)
        entries.splice(-1, 1, { ...last, firstAt: at, times: last.times + 1 });
      else entries.push(entry);
    }
  }
  return entries;
}
