import { byGravity, type Verdict } from "../rules/verdict.ts";

/** How many days a bar shows. */
export const BAR_DAYS = 90;

/**
 * The letters of a bar, one a UTC day. The worst verdict of the day wins; `b` and `u` stand where nothing from warning up
 * was known.
 */
export const BAR_LETTERS = {
  c: "critical",
  e: "error",
  w: "warning",
  u: "unknown all day",
  b: "unknown for a part of the day, and well, pending, information or not judged for the rest",
  i: "information",
  p: "pending",
  o: "ok",
  n: "not judged",
  "-": "no poll",
} as const;

/** One day of a bar. */
export type BarLetter = keyof typeof BAR_LETTERS;

const LETTERS: Readonly<Record<Verdict, BarLetter>> = {
  critical: "c",
  error: "e",
  warning: "w",
  unknown: "u",
  info: "i",
  pending: "p",
  ok: "o",
  "not-judged": "n",
};

const EMPTY = "-".repeat(BAR_DAYS);

/** Returns the letter of a day by all verdicts that there were on it; without any there was no poll. */
export function letterOf(verdicts: readonly Verdict[]): BarLetter {
  const [worst] = verdicts.toSorted(byGravity);
  if (worst === undefined) return "-";
  return worst === "unknown" && verdicts.some((verdict) => verdict !== "unknown") ? "b" : LETTERS[worst];
}

/** Writes the letter of the bar's last day. */
export function drawDay(bar: string | undefined, letter: BarLetter): string {
  return toLength((bar ?? EMPTY).slice(0, -1) + letter);
}

/** Moves a bar so that it ends so many calendar days later, or earlier; of the days that come in nothing is known. */
export function moveBar(bar: string | undefined, days: number): string {
  const kept = bar ?? EMPTY;
  if (days < 0) return toLength(kept.slice(0, Math.max(0, kept.length + days)));
  return toLength(kept + "-".repeat(Math.min(days, BAR_DAYS)));
}

/** Nothing is known of days that a shorter bar does not reach. */
function toLength(bar: string): string {
  return bar.slice(-BAR_DAYS).padStart(BAR_DAYS, "-");
}
