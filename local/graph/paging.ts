import { z } from "zod";
import type { Payload } from "./answer.ts";
import { PAGING_MODES, type PagingMode } from "./fault.schema.ts";

/** A page of a list; the `$skiptoken` holds it, so that a link works whatever fault is set by then. */
export interface PagePosition {
  readonly mode: PagingMode;
  readonly page: number;
}

/** The rows of one page and the link to the next. */
export interface Page {
  readonly rows: readonly Payload[];
  readonly nextLink?: string;
}

const FOREIGN_ORIGIN = "https://graph.example.com";

type Cut = (
  rows: readonly Payload[],
  page: number,
  linkTo: (page: number, origin?: string) => string,
) => Page | undefined;

const CUTS: Readonly<Record<PagingMode, Cut>> = {
  "two-pages": (rows, page, linkTo) => firstHalf(rows, page, linkTo(1)) ?? { rows: rows.slice(half(rows)) },
  "empty-page": (rows, page, linkTo) => (page === 0 ? { rows: [], nextLink: linkTo(1) } : { rows }),
  "repeated-link": (rows, _page, linkTo) => ({ rows, nextLink: linkTo(1) }),
  endless: (rows, page, linkTo) => ({ rows: page === 0 ? rows : [], nextLink: linkTo(page + 1) }),
  "foreign-host": (rows, _page, linkTo) => firstHalf(rows, 0, linkTo(1, FOREIGN_ORIGIN)),
  "other-scheme": (rows, _page, linkTo) => firstHalf(rows, 0, linkTo(1).replace(/^http:/, "https:")),
  "gone-link": (rows, page, linkTo) => firstHalf(rows, page, linkTo(1)),
};

const position = z.object({ mode: z.enum(PAGING_MODES), page: z.int().nonnegative() }).readonly();

/** Returns the page that a `$skiptoken` stands for, undefined when it is none of ours. */
export function parseSkipToken(token: string): PagePosition | undefined {
  try {
    return position.safeParse(JSON.parse(Buffer.from(token, "base64url").toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Returns the page of these rows at that position, asked for by `url`; undefined when its link is gone. */
export function pageOf(rows: readonly Payload[], { mode, page }: PagePosition, url: URL): Page | undefined {
  return CUTS[mode](rows, page, (next, origin = url.origin) => {
    const link = new URL(url.pathname + url.search, origin);
    const token: PagePosition = { mode, page: next };
    link.searchParams.set("$skiptoken", Buffer.from(JSON.stringify(token)).toString("base64url"));
    return link.href.replaceAll("%24", "$");
  });
}

function firstHalf(rows: readonly Payload[], page: number, nextLink: string): Page | undefined {
  return page === 0 ? { rows: rows.slice(0, half(rows)), nextLink } : undefined;
}

function half(rows: readonly Payload[]): number {
  return Math.ceil(rows.length / 2);
}
