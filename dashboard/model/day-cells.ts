import type { ConnectionBody } from "../../src/http/contract/connections.ts";
import type { IntervalBody } from "../../src/http/contract/history.ts";
import { DAY_MS, dayOf } from "./say-time.ts";
import { count } from "./words.ts";

/** How a day is shown: the worst that was; blind where nothing could be seen, `none` where there was no poll. */
export type DayState =
  | "critical"
  | "error"
  | "warning"
  | "blind"
  | "partly-blind"
  | "info"
  | "pending"
  | "maintenance"
  | "ok"
  | "not-judged"
  | "none";

/** One cell of the bar. */
export interface DayCell {
  /** UTC, such as 2026-11-22. */
  readonly day: string;
  readonly state: DayState;
}

/** How many days the bar shows. */
export const BAR_DAYS = 90;

/** What each state of a day is called; worst first. */
export const DAY_WORDS: Readonly<Record<DayState, string>> = {
  critical: "Critical",
  error: "Error",
  warning: "Warning",
  blind: "Not seen",
  "partly-blind": "Partly not seen",
  info: "Information",
  pending: "Pending",
  maintenance: "Maintenance",
  ok: "Well",
  "not-judged": "Not judged",
  none: "Not watched",
};

/** Worst first, as one cell is drawn for all of a day. */
const GRAVITY: readonly DayState[] = [
  "critical",
  "error",
  "warning",
  "blind",
  "partly-blind",
  "info",
  "pending",
  "maintenance",
  "ok",
  "not-judged",
  "none",
];

/** The letters in which the API draws a bar; it documents them at `bar90`. */
const LETTERS: Readonly<Record<string, DayState>> = {
  c: "critical",
  e: "error",
  w: "warning",
  u: "blind",
  b: "partly-blind",
  i: "info",
  p: "pending",
  o: "ok",
  n: "not-judged",
};

/** Lists the days of the bar, oldest first, ending with the UTC day of an instant. */
export function barDays(nowMs: number): readonly string[] {
  return Array.from({ length: BAR_DAYS }, (_, index) => dayOf(nowMs - (BAR_DAYS - 1 - index) * DAY_MS));
}

/**
 * Makes the bar of the intervals of a connection as a whole; the worst state of a day wins.
 *
 * @param intervals Newest first.
 * @param isCut Older ones were not read: days of which nothing, or not all, is known are left out.
 */
export function cellsOfIntervals(
  intervals: readonly IntervalBody[],
  { nowMs, isCut }: { readonly nowMs: number; readonly isCut: boolean },
): readonly DayCell[] {
  const knownFromMs = isCut ? Date.parse(intervals.at(-1)?.startDateTime ?? "") : 0;
  return barDays(nowMs)
    .filter((day) => Date.parse(day) >= knownFromMs)
    .map((day) => ({ day, state: worstOf(ofDay(intervals, day, nowMs).map(stateOf)) }));
}

function ofDay(intervals: readonly IntervalBody[], day: string, nowMs: number): readonly IntervalBody[] {
  const startMs = Date.parse(day);
  const endMs = startMs + DAY_MS;
  return intervals.filter(({ startDateTime, endDateTime }) => {
    const untilMs = endDateTime === undefined ? nowMs : Date.parse(endDateTime);
    return Date.parse(startDateTime) < endMs && untilMs > startMs;
  });
}

/** Says what a bar shows, for those who do not see it: "72 days well, 2 with a warning, 16 not watched". */
export function sayBar(cells: readonly DayCell[]): string {
  const parts = GRAVITY.map((state) => ({ state, days: cells.filter((cell) => cell.state === state).length }))
    .filter(({ days }) => days > 0)
    .map(({ state, days }) => `${DAY_WORDS[state].toLowerCase()} on ${count(days, "day")}`);
  return `Last ${count(cells.length, "day")}, oldest first: ${parts.join(", ")}`;
}

function worstOf(states: readonly DayState[]): DayState {
  const worst = GRAVITY.find((state) => states.includes(state)) ?? "none";
  const isPartly = worst === "blind" && states.some((state) => state !== "blind" && state !== "none");
  return isPartly ? "partly-blind" : worst;
}

function stateOf({ state, reason, maintenance, blind }: IntervalBody): DayState {
  if (maintenance.length > 0) return "maintenance";
  if (state === "unknown") return reason === "not-seen-yet" || reason === "gone" ? "none" : "blind";
  return state === "ok" && blind !== undefined ? "blind" : toDayState(state);
}

/** Returns the state that a day has by one verdict. */
export function toDayState(verdict: string): DayState {
  return verdict === "unknown" ? "blind" : (GRAVITY.find((known) => known === verdict) ?? "none");
}

/**
 * Makes the bar of a connection as the API sends it, up to the UTC day of now, whenever it was polled last; undefined where it
 * sends none.
 */
export function barOf({ bar90, bar90Until }: ConnectionBody, nowMs: number): readonly DayCell[] | undefined {
  if (bar90 === undefined || bar90Until === undefined) return undefined;
  const firstMs = Date.parse(bar90Until) - (bar90.length - 1) * DAY_MS;
  return barDays(nowMs).map((day) => {
    const letter = bar90.charAt((Date.parse(day) - firstMs) / DAY_MS);
    return { day, state: LETTERS[letter] ?? "none" };
  });
}
