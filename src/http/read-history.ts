import { type GetHistoryDeps, getHistory } from "../app/get-history.ts";
import { getIntervals } from "../app/get-intervals.ts";
import { getUptime } from "../app/get-uptime.ts";
import type { LoadPastDeps } from "../app/load-connection-past.ts";
import type { HistoryList } from "./contract/history.ts";
import { type CheckedHistoryQuery, toHistoryRange, toHistoryRequest } from "./history-request.ts";
import { toDaily } from "./to-daily.ts";
import { toEvent, toSnapshot } from "./to-history.ts";
import { toInterval, toUptime } from "./to-intervals.ts";

/** What the views of a history are read from. */
export type ReadHistoryDeps = GetHistoryDeps & LoadPastDeps;

/** Where a page begins, and the clock by which blindness that still lasts is told. */
export interface HistoryPlace {
  /** The row position behind which to go on; undefined for the first page. */
  readonly after: string | undefined;
  readonly nowMs: number;
}

/** One page of a view, or why there is none. */
export type HistoryAnswer =
  | { readonly kind: "page"; readonly list: HistoryList; readonly next: string | undefined }
  | { readonly kind: "unknown-connection" | "unreadable-connection" | "never-down" };

/** Reads one page of the view that a query asks for, as it goes over the wire. */
export async function readHistory(
  deps: ReadHistoryDeps,
  query: CheckedHistoryQuery,
  place: HistoryPlace,
): Promise<HistoryAnswer> {
  const { view, connectionKey, rule, severity, scope } = query;
  const { nowMs } = place;
  const range = toHistoryRange(query, place.after);
  if (view === "intervals" && connectionKey !== undefined) {
    const result = await getIntervals(deps, { range, connectionKey, filter: { rule, severity, scope }, nowMs });
    if (result.kind !== "intervals") return result;
    return { kind: "page", list: { view, value: result.page.rows.map(toInterval) }, next: result.page.next };
  }
  if (view === "uptime" && connectionKey !== undefined) {
    const result = await getUptime(deps, { range, connectionKey, nowMs });
    if (result.kind !== "uptime") return result;
    return { kind: "page", list: { view, value: [toUptime(result.uptime)] }, next: undefined };
  }
  return readRows(deps, query, range.after);
}

async function readRows(
  deps: GetHistoryDeps,
  query: CheckedHistoryQuery,
  after: string | undefined,
): Promise<HistoryAnswer> {
  const result = await getHistory(deps, toHistoryRequest(query, after));
  switch (result.kind) {
    case "unknown-connection":
      return result;
    case "snapshots":
      return {
        kind: "page",
        list: { view: result.kind, value: result.page.rows.map(toSnapshot) },
        next: result.page.next,
      };
    case "daily":
      return {
        kind: "page",
        list: { view: result.kind, value: result.page.rows.map(toDaily) },
        next: result.page.next,
      };
    case "events":
      return {
        kind: "page",
        list: { view: result.kind, value: result.page.rows.map(toEvent) },
        next: result.page.next,
      };
  }
}
