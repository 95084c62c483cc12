import type { HistoryRequest } from "../app/get-history.ts";
import { toIso } from "../domain/time.ts";
import type { HistoryQuery } from "./parse-history-query.ts";

/** A query whose tenant and connection are known by their keys. */
export interface CheckedHistoryQuery extends HistoryQuery {
  readonly tenantId: string;
  readonly connectionKey?: string | undefined;
}

/** Writes a query in its canonical form, all defaults spelled out: what the digest of a page token covers and nextLink carries. */
export function toHistoryParameters(query: CheckedHistoryQuery): URLSearchParams {
  const { tenantId, connectionKey, view, fromMs, toMs, rule, severity, scope, maxPageSize } = query;
  const parameters = new URLSearchParams({ tenant: tenantId, view, from: toIso(fromMs), to: toIso(toMs) });
  for (const [name, value] of Object.entries({ connection: connectionKey, rule, severity, scope })) {
    if (value !== undefined) parameters.append(name, value);
  }
  parameters.append("maxpagesize", String(maxPageSize));
  return parameters;
}

/** Names the rows of a query behind a row position, or its first ones. */
export function toHistoryRange(query: CheckedHistoryQuery, after: string | undefined): HistoryRequest["range"] {
  const { tenantId, fromMs, toMs, maxPageSize } = query;
  return { tenantId, fromMs, toMs, limit: maxPageSize, ...(after === undefined ? {} : { after }) };
}

/** Asks for the page of stored rows that begins behind a row position, or for the first one. */
export function toHistoryRequest(query: CheckedHistoryQuery, after: string | undefined): HistoryRequest {
  const { connectionKey, view, rule, severity } = query;
  const range = toHistoryRange(query, after);
  if ((view === "snapshots" || view === "daily") && connectionKey !== undefined) return { view, range, connectionKey };
  return {
    view: "events",
    range,
    filter: { rule, severity },
    connectionKey,
  };
}
