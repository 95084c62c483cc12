import { defined } from "../../domain/defined.ts";
import type { GraphFailure } from "./graph-call.ts";
import type { GraphGet } from "./graph-client.ts";
import { splitGraphUrl } from "./graph-url.ts";
import type { SourceForm } from "./source-endpoints.ts";

/** All rows of a collection, or why there are none. */
export type PagesOutcome =
  | { readonly kind: "rows"; readonly rows: readonly unknown[]; readonly clockSkewMs?: number }
  | GraphFailure;

/** Bounds of paging. */
export interface PageLimits {
  readonly graphRoot: string;
  readonly maxPages: number;
}

/**
 * Reads a collection page by page; part of a collection is never taken for all of it.
 *
 * A link that leads to another scheme, host or port, comes twice, or is one too many, makes the answer malformed.
 */
export async function readPages(get: GraphGet, form: SourceForm, limits: PageLimits): Promise<PagesOutcome> {
  const rows: unknown[] = [];
  const seen = new Set<string>();
  let request: Parameters<GraphGet>[0] = form;
  for (let page = 1; page <= limits.maxPages; page += 1) {
    const outcome = await get(request);
    if (outcome.kind === "failed") return page === 1 ? outcome : laterFailure(outcome);
    for (const row of outcome.rows) rows.push(row);
    if (outcome.nextLink === undefined) {
      return { kind: "rows", rows, ...defined({ clockSkewMs: outcome.clockSkewMs }) };
    }
    const next = splitGraphUrl(outcome.nextLink, limits.graphRoot);
    if (next === undefined) return malformed("The answer links to an address that is not below the Graph root");
    if (seen.has(outcome.nextLink)) return malformed("The answer links to a page that was read already");
    seen.add(outcome.nextLink);
    request = next;
  }
  return malformed(`The answer has more than ${limits.maxPages} pages`);
}

function malformed(detail: string): GraphFailure {
  return { kind: "failed", reason: "malformed", retryable: false, detail };
}

/** A page that is gone, unlike a collection that is, is a fault of the answer and not a trait of the tenant. */
function laterFailure(failure: GraphFailure): GraphFailure {
  switch (failure.reason) {
    case "unlicensed":
    case "not-found":
    case "not-supported":
      return malformed("The answer links to a page that does not exist");
    default:
      return failure;
  }
}
