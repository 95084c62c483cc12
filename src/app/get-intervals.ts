import { type Condition, connectionIntervals } from "../domain/history/connection-intervals.ts";
import type { Interval } from "../domain/history/timeline.ts";
import { RULE_IDS, type RuleId, type Severity } from "../domain/rules/rule.ts";
import type { HistoryPage, HistoryRange } from "../ports/history-store.ts";
import { type LoadedPast, type LoadPastDeps, loadConnectionPast } from "./load-connection-past.ts";

/** Which intervals of a connection are wanted. */
export interface IntervalsRequest {
  readonly range: HistoryRange;
  readonly connectionKey: string;
  readonly filter: {
    /** Leaves out the other rules and the connection as a whole. */
    readonly rule?: RuleId | undefined;
    /** Exactly this severity. */
    readonly severity?: Severity | undefined;
    /** The connection as a whole, or its rules alone. @default both */
    readonly scope?: "whole" | "rules" | undefined;
  };
  readonly nowMs: number;
}

/** What came of asking. */
export type IntervalsResult =
  | { readonly kind: "intervals"; readonly page: HistoryPage<Interval<Condition>> }
  | Exclude<LoadedPast, { kind: "past" }>;

/**
 * Tells one page of how a connection and its alerts stood in a window, newest first.
 *
 * A page is cut from all of them, which are told anew each time; it goes on behind an instant and a rule, and so neither
 * loses nor repeats any when a later poll learns more.
 * @throws {DependencyError} When storage cannot be read.
 */
export async function getIntervals(deps: LoadPastDeps, request: IntervalsRequest): Promise<IntervalsResult> {
  const { range, connectionKey, filter, nowMs } = request;
  const loaded = await loadConnectionPast(deps, { ...range, connectionKey, nowMs });
  if (loaded.kind !== "past") return loaded;

  const wanted = connectionIntervals(loaded.past, range)
    .filter(({ value }) => filter.scope === undefined || (filter.scope === "whole") === (value.ruleId === undefined))
    .filter(({ value }) => filter.rule === undefined || value.ruleId === filter.rule)
    .filter(({ value }) => filter.severity === undefined || value.severity === filter.severity)
    .map((interval) => ({ interval, position: positionOf(interval) }))
    .sort((a, b) => (a.position < b.position ? -1 : 1))
    .filter(({ position }) => position > (range.after ?? ""));
  const page = wanted.slice(0, range.limit);
  const last = page.at(-1);
  const rows = page.map(({ interval }) => interval);
  return {
    kind: "intervals",
    page: last === undefined || page.length === wanted.length ? { rows } : { rows, next: last.position },
  };
}

/** Instants that are later come first, and the connection as a whole comes before its rules. */
function positionOf({ fromMs, value: { ruleId } }: Interval<Condition>): string {
  const newestFirst = String(9_999_999_999_999 - fromMs).padStart(13, "0");
  const place = ruleId === undefined ? 0 : RULE_IDS.indexOf(ruleId) + 1;
  return `${newestFirst}|${String(place).padStart(2, "0")}`;
}
