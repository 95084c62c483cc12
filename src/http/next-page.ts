import type { HttpInput, HttpReply } from "./http-types.ts";
import { type LinkSettings, toNextLink } from "./next-link.ts";
import { parsePageToken, toPageToken } from "./page-token.ts";
import { badQueryReply } from "./problem.ts";

/** Where in its list a page begins, or why it cannot be said. */
export type FoundPage =
  /** Behind the row of that position; undefined for the first page. */
  | { readonly kind: "found"; readonly after: string | undefined }
  | { readonly kind: "refused"; readonly reply: HttpReply };

/**
 * Finds the page that a token names.
 *
 * @param query In its canonical form, and the token that was given with it.
 */
export function findPage(
  input: HttpInput,
  { parameters, pageToken }: { readonly parameters: URLSearchParams; readonly pageToken: string | undefined },
  digest: (text: string) => string,
): FoundPage {
  if (pageToken === undefined) return { kind: "found", after: undefined };
  const after = parsePageToken(pageToken, parameters.toString(), digest);
  if (after !== undefined) return { kind: "found", after };
  const message = "must be the token of a nextLink, with the same query";
  return { kind: "refused", reply: badQueryReply(input, [{ parameter: "pagetoken", message }]) };
}

/**
 * Makes the address of the page behind one; undefined when that is the last.
 *
 * @param page The query in its canonical form, and the position of the last row.
 */
export function linkNextPage(
  input: HttpInput,
  { parameters, next }: { readonly parameters: URLSearchParams; readonly next: string | undefined },
  { digest, links }: { readonly digest: (text: string) => string; readonly links: LinkSettings },
): string | undefined {
  if (next === undefined) return undefined;
  const token = toPageToken(next, parameters.toString(), digest);
  return toNextLink(input, new URLSearchParams([...parameters, ["pagetoken", token]]), links);
}
