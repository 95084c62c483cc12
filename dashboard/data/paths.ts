import type { Span } from "../model/parse-route.ts";
import { DAY_MS, dayOf } from "../model/say-time.ts";

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
  /** Of intervals: the connection as a whole, without its rules. */
  readonly scope?: "whole";
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
  return midnight(nowMs - (days - 1) * DAY_MS);
}

/** How long after midnight the last poll of a day may still write what it read. */
const SETTLE_MS = DAY_MS / 24;

/** The UTC midnight before which all is stored that was read. */
export function settledUntil(nowMs: number): string {
  return midnight(nowMs - SETTLE_MS);
}

/** From the beginning of a UTC day to its end, which may be ahead. */
export function dayWindow(day: string): { readonly from: string; readonly to: string } {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return { from: midnight(startMs), to: midnight(startMs + DAY_MS) };
}

function midnight(atMs: number): string {
  return `${dayOf(atMs)}T00:00:00Z`;
}
