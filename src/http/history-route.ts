import { type GetHistoryDeps, getHistory, type HistoryResult } from "../app/get-history.ts";
import { toIso } from "../domain/time.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { HistoryBody } from "./contract.ts";
import { type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import { type CheckedHistoryQuery, toHistoryParameters, toHistoryRequest } from "./history-request.ts";
import type { HttpInput, Route } from "./http-types.ts";
import { type LinkSettings, toNextLink } from "./next-link.ts";
import { parsePageToken, toPageToken } from "./page-token.ts";
import { type HistoryQuery, parseHistoryQuery } from "./parse-history-query.ts";
import { badQueryReply, problemReply } from "./problem.ts";
import { toEvent, toSnapshot } from "./to-history.ts";

/** What GET v1/history needs. */
export interface HistoryRouteDeps extends GetHistoryDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly clock: { readonly nowMs: () => number };
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
  readonly links: LinkSettings;
}

/**
 * Makes the route of GET v1/history: one page of snapshots or events, newest first.
 *
 * 1. Reads the query: 400 names every parameter that cannot be used.
 * 2. Finds the tenant, and the place in the list that a page token names.
 * 3. Reads the page: 404 when there is no such connection.
 * 4. Answers, or says that nothing has changed.
 */
export function createHistoryRoute(deps: HistoryRouteDeps): Route {
  return async (input) => {
    const parsed = parseHistoryQuery(input.query, deps.clock.nowMs());
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);

    const found = findTenant(input, deps.tenants, parsed.query.tenant);
    if (found.kind === "refused") return found.reply;
    const query = toCheckedQuery(parsed.query, found.tenant, deps.digest);
    const parameters = toHistoryParameters(query);
    const { pageToken } = query;
    const after = pageToken === undefined ? undefined : parsePageToken(pageToken, parameters.toString(), deps.digest);
    if (pageToken !== undefined && after === undefined) {
      const message = "must be the token of a nextLink, with the same query";
      return badQueryReply(input, [{ parameter: "pagetoken", message }]);
    }

    const result = await getHistory(deps, toHistoryRequest(query, after));
    if (result.kind === "unknown-connection") {
      return problemReply(input, { status: 404, detail: "The tenant has no such connection" });
    }

    const body = toBody(result, query, nextLinkOf(input, { parameters, next: result.page.next }, deps));
    return conditionalReply(input, { body, facts: [body.value, body.nextLink] }, deps.digest);
  };
}

function toCheckedQuery(
  query: HistoryQuery,
  { tenantId }: ConfiguredTenant,
  digest: HistoryRouteDeps["digest"],
): CheckedHistoryQuery {
  const { connection } = query;
  if (connection === undefined) return { ...query, tenantId };
  return {
    ...query,
    tenantId,
    connectionKey: connection.includes(":") ? digest(connection) : connection.toLowerCase(),
  };
}

function nextLinkOf(
  input: HttpInput,
  page: { readonly parameters: URLSearchParams; readonly next: string | undefined },
  { digest, links }: HistoryRouteDeps,
): string | undefined {
  if (page.next === undefined) return undefined;
  const token = toPageToken(page.next, page.parameters.toString(), digest);
  return toNextLink(input, new URLSearchParams([...page.parameters, ["pagetoken", token]]), links);
}

function toBody(
  result: Exclude<HistoryResult, { kind: "unknown-connection" }>,
  { tenantId, connectionKey, fromMs, toMs }: CheckedHistoryQuery,
  nextLink: string | undefined,
): HistoryBody {
  const query = { tenantId, connectionKey, from: toIso(fromMs), to: toIso(toMs) };
  return result.kind === "snapshots"
    ? { ...query, view: result.kind, value: result.page.rows.map(toSnapshot), nextLink }
    : { ...query, view: result.kind, value: result.page.rows.map(toEvent), nextLink };
}
