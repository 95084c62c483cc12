import type { Verdict } from "../rules/verdict.ts";
import { DAY_MS } from "../units.ts";
import type { Span } from "./timeline.ts";
import type { UptimePart } from "./uptime-part.ts";

/** How a connection stands between two polls. */
export interface DayCondition {
  readonly verdict: Verdict;
  readonly part: UptimePart;
}

/** How long a connection stood in each way on one UTC day, in slot time, and how often it fired. */
export interface DayTotals {
  /** Milliseconds by our verdict; one that never was is absent. */
  readonly verdictsMs: Readonly<Partial<Record<Verdict, number>>>;
  /** The same milliseconds by what they count as; one that never was is absent. */
  readonly partsMs: Readonly<Partial<Record<UptimePart, number>>>;
  /** Episodes that opened. */
  readonly fired: number;
}

/** What is known so far of the day that a connection was polled on last, up to that poll. */
export interface DayTally extends DayTotals {
  /** How that poll left the connection. */
  readonly now: DayCondition;
}

/** A day that is over; verdicts and parts each add up to 24 hours. */
export interface DailyRollup extends DayTotals {
  readonly connectionKey: string;
  /** Midnight at its beginning. */
  readonly dayMs: number;
}

/** What lies between two polls of a connection, of which the second begins another span. */
export interface DayStretch extends Span {
  /** Up to where a poll's word is believed; behind it nothing is known. */
  readonly knownToMs: number;
  readonly condition: DayCondition;
}

/** The tallies after a poll. */
export interface DayTurn {
  readonly today: DayTotals;
  /** The day of the poll before, when that is another one; the days between had no poll, and nothing is said of them. */
  readonly ended?: DayTotals;
}

/** The totals of a day of which nothing is known. */
export const NO_DAY: DayTotals = { verdictsMs: {}, partsMs: {}, fired: 0 };

const UNKNOWN: DayCondition = { verdict: "unknown", part: "unknown" };

/** Returns the midnight, UTC, at which the day of an instant begins. */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}

/**
 * Adds the time between two polls to the totals of the first one's day, and what falls on the second one's to totals of its own.
 */
export function turnDay(before: DayTotals, stretch: DayStretch): DayTurn {
  const [firstMs, lastMs] = [dayOf(stretch.fromMs), dayOf(stretch.toMs)];
  if (firstMs === lastMs) return { today: add(before, stretch, stretch) };
  return {
    ended: add(before, stretch, { fromMs: stretch.fromMs, toMs: firstMs + DAY_MS }),
    today: add(NO_DAY, stretch, { fromMs: lastMs, toMs: stretch.toMs }),
  };
}

/** Closes a tally: what was not tallied of the day is unknown. */
export function closeDay(
  { verdictsMs, partsMs, fired }: DayTotals,
  day: Pick<DailyRollup, "connectionKey" | "dayMs">,
): DailyRollup {
  const restMs = DAY_MS - sumOf(verdictsMs);
  const { connectionKey, dayMs } = day;
  return { connectionKey, dayMs, ...plus({ verdictsMs, partsMs, fired }, UNKNOWN, restMs) };
}

function add(totals: DayTotals, { knownToMs, condition }: DayStretch, { fromMs, toMs }: Span): DayTotals {
  const knownMs = Math.max(0, Math.min(toMs, knownToMs) - fromMs);
  return plus(plus(totals, condition, knownMs), UNKNOWN, toMs - fromMs - knownMs);
}

function plus({ verdictsMs, partsMs, fired }: DayTotals, { verdict, part }: DayCondition, ms: number): DayTotals {
  if (ms === 0) return { verdictsMs, partsMs, fired };
  return {
    verdictsMs: { ...verdictsMs, [verdict]: (verdictsMs[verdict] ?? 0) + ms },
    partsMs: { ...partsMs, [part]: (partsMs[part] ?? 0) + ms },
    fired,
  };
}

function sumOf(durations: DayTotals["verdictsMs"]): number {
  let totalMs = 0;
  for (const ms of Object.values(durations)) totalMs += ms;
  return totalMs;
}
