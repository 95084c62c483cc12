import { toIso } from "../domain/time.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { HistoryBody, HistoryList } from "./contract/history.ts";
import { EXPORT_TYPES, type ExportFormat, exportHistory, MAX_EXPORT_LINES } from "./export-history.ts";
import { unknownConnection, unreadableConnection } from "./find-connection.ts";
import { type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import { type CheckedHistoryQuery, toHistoryParameters } from "./history-request.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import type { LinkSettings } from "./next-link.ts";
import { findPage, linkNextPage } from "./next-page.ts";
import { type HistoryQuery, parseHistoryQuery } from "./parse-history-query.ts";
import { badQueryReply } from "./problem.ts";
import { type HistoryAnswer, type ReadHistoryDeps, readHistory } from "./read-history.ts";

/** What GET v1/history needs. */
export interface HistoryRouteDeps extends ReadHistoryDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly clock: { readonly nowMs: () => number };
  readonly links: LinkSettings;
}

/**
 * Makes the route of GET v1/history: one page of one view, newest first, or all of a window as CSV or lines of JSON.
 *
 * 1. Reads the query: 400 names every parameter that cannot be used.
 * 2. Finds the tenant, and the place in the list that a page token names; other formats than JSON have no pages.
 * 3. Reads the page: 404 when there is no such connection, 409 when its state cannot be read, 400 when the view is not for it.
 * 4. Answers, or says that nothing has changed.
 */
export function createHistoryRoute(deps: HistoryRouteDeps): Route {
  return async (input) => {
    const nowMs = deps.clock.nowMs();
    const parsed = parseHistoryQuery(input.query, nowMs, input.headers.get("accept"));
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);

    const found = findTenant(input, deps.tenants, parsed.query.tenant);
    if (found.kind === "refused") return found.reply;
    const query = toCheckedQuery(parsed.query, found.tenant, deps.digest);
    const { format } = query;
    if (format !== "json") return answerWhole(deps, input, { ...query, format, nowMs });

    const parameters = toHistoryParameters(query);
    const { pageToken } = query;
    const place = findPage(input, { parameters, pageToken }, deps.digest);
    if (place.kind === "refused") return place.reply;
    const { after } = place;

    const answer = await readHistory(deps, query, { after, nowMs });
    if (answer.kind !== "page") return refuse(input, answer.kind);

    const body = toBody(answer.list, query, linkNextPage(input, { parameters, next: answer.next }, deps));
    return conditionalReply(input, { body, facts: [body.value, body.nextLink] }, deps.digest);
  };
}

/** Answers the whole window, or 400 when that is too much for one answer. */
async function answerWhole(
  deps: HistoryRouteDeps,
  input: HttpInput,
  query: CheckedHistoryQuery & { readonly format: ExportFormat; readonly nowMs: number },
): Promise<HttpReply> {
  const { format, nowMs } = query;
  const result = await exportHistory(deps, query, nowMs);
  if (result.kind === "too-much") {
    const message = `must be later, to narrow the window: ${format} holds at most ${MAX_EXPORT_LINES} rows`;
    return badQueryReply(input, [{ parameter: "from", message }]);
  }
  if (result.kind !== "text") return refuse(input, result.kind);
  const { text } = result;
  const answer = { body: text, facts: text, mediaType: EXPORT_TYPES[format], fileName: fileNameOf(query) };
  return conditionalReply(input, answer, deps.digest);
}

function fileNameOf({ view, fromMs, toMs, format }: CheckedHistoryQuery): string {
  const [from, to] = [fromMs, toMs].map((atMs) => toIso(atMs).replaceAll(/[-:]/g, ""));
  return `history-${view}-${from}-${to}.${format}`;
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

function refuse(input: HttpInput, reason: Exclude<HistoryAnswer["kind"], "page">): HttpReply {
  switch (reason) {
    case "unknown-connection":
      return unknownConnection(input);
    case "unreadable-connection":
      return unreadableConnection(input);
    case "never-down":
      return badQueryReply(input, [
        { parameter: "connection", message: "must be a partner or a connector with view=uptime" },
      ]);
  }
}

function toBody(
  list: HistoryList,
  { tenantId, connectionKey, fromMs, toMs }: CheckedHistoryQuery,
  nextLink: string | undefined,
): HistoryBody {
  return { tenantId, connectionKey, from: toIso(fromMs), to: toIso(toMs), ...list, nextLink };
}
