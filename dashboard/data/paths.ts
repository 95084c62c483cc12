import type { Span } from "../model/parse-route.ts";
import { DAY_MS } from "../model/say-time.ts";

/** Writes an address of the API below its root; parameters that are undefined are left out. */
export function pathOf(route: string, parameters: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return given.length === 0 ? route : `${route}?${new URLSearchParams(Object.fromEntries(given)).toString()}`;
}

/** What part of a connection's history is asked for. */
export interface HistoryQuery {
  readonly tenant: string;
  readonly connection: string;
  readonly view: string;
  readonly from: string;
  readonly maxpagesize?: string;
  readonly to?: string;
  readonly format?: string;
}

/** Writes the address of a history. */
export function historyPath(query: HistoryQuery): string {
  return pathOf("v1/history", { ...query });
}

/** Where a span of days begins: at a UTC midnight, so that one address serves all day. */
export function spanStart(days: Span, nowMs: number): string {
  return `${new Date(Math.floor(nowMs / DAY_MS) * DAY_MS - (days - 1) * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`;
}
