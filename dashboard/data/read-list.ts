import type { Read } from "./create-store.ts";

/** An answer that holds one page of a list. */
export interface Page {
  readonly value: readonly unknown[];
  /** Absent on the last page. */
  readonly nextLink?: string | undefined;
}

/** What is known of a list, and how to know more of it. */
export interface ListRead<T> {
  /** The addresses of its pages, as far as they are known. */
  readonly paths: readonly string[];
  /** Its pages as one; the link of the last says that there is more than was read. */
  readonly read: Read<T>;
  /** A page is still on its way. */
  readonly isWaiting: boolean;
}

/**
 * Joins the pages of a list that are known.
 *
 * @param count The most pages; at least 1.
 */
export function readList<T extends Page>(known: (path: string) => Read<T>, path: string, count: number): ListRead<T> {
  const read = known(path);
  const next = read.kind === "ready" ? nextPath(read.body) : undefined;
  if (read.kind !== "ready" || next === undefined || count <= 1) {
    return { paths: [path], read, isWaiting: read.kind === "loading" };
  }
  const { paths, read: rest, isWaiting } = readList(known, next, count - 1);
  return { paths: [path, ...paths], read: join(read, rest), isWaiting };
}

type Ready<T> = Extract<Read<T>, { kind: "ready" }>;

function join<T extends Page>({ body, failure, ...first }: Ready<T>, rest: Read<T>): Ready<T> {
  if (rest.kind !== "ready") return { ...first, body, failure: failure ?? failureOf(rest) };
  const { value, nextLink } = rest.body;
  return { ...first, body: { ...body, value: [...body.value, ...value], nextLink }, failure: failure ?? rest.failure };
}

function failureOf<T>(read: Read<T>): Ready<T>["failure"] {
  return read.kind === "loading" ? undefined : read.failure;
}

/** The link is absolute, and may name another host than the one that this page came from. */
function nextPath({ nextLink }: Page): string | undefined {
  return nextLink?.slice(nextLink.indexOf("v1/"));
}
