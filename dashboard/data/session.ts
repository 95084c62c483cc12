import { createContext } from "preact";
import { useContext, useEffect, useReducer } from "preact/hooks";
import type { HistoryBody, SnapshotBody } from "../../src/http/contract/history.ts";
import type { Client } from "./create-client.ts";
import type { Known, Store } from "./create-store.ts";

/** What every part of the page may use. */
export interface Session {
  readonly client: Client;
  readonly store: Store;
  /** The server's time, moving on every few seconds. */
  readonly nowMs: number;
  /** Whether the person entered a key for writes. */
  readonly canWrite: boolean;
  /** Says something to the person, aloud too. */
  readonly announce: (text: string) => void;
}

/** Hands the session down. */
export const SessionContext = createContext<Session | undefined>(undefined);

/**
 * Returns the session.
 *
 * @throws {TypeError} Outside of one.
 */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new TypeError("Cannot draw this: a session is wanted around it");
  return session;
}

/** What is known of an address, with its body in the shape that the contract gives it. */
export type Read<T> = Exclude<Known, { kind: "ready" }> | (Extract<Known, { kind: "ready" }> & { readonly body: T });

/** Reads an address for as long as the part is shown; undefined reads nothing. */
export function useRead<T>(path: string | undefined): Read<T> {
  const { store } = useSession();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => (path === undefined ? undefined : store.watch(path, () => redraw(undefined))), [store, path]);
  return asBody<T>(path === undefined ? { kind: "loading" } : store.known(path));
}

/** Reads several addresses, each by itself, in their order. */
export function useReads<T>(paths: readonly string[]): readonly Read<T>[] {
  const { store } = useSession();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const all = paths.join("\n");
  useEffect(() => {
    const stops = all === "" ? [] : all.split("\n").map((path) => store.watch(path, () => redraw(undefined)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, all]);
  return paths.map((path) => asBody<T>(store.known(path)));
}

/** A page of readings that may go on. */
type Page = Extract<HistoryBody, { view: "snapshots" }>;

/** The readings of several pages. */
interface Snapshots {
  readonly rows: readonly SnapshotBody[];
  /** There are more than were read. */
  readonly isCut: boolean;
}

/** Reads the stored readings of an address by up to three pages. */
export function useSnapshots(path: string): Read<Snapshots> {
  const first = useRead<Page>(path);
  const second = useRead<Page>(nextPath(first));
  const third = useRead<Page>(nextPath(second));
  if (first.kind !== "ready") return first;
  const pages = [first, second, third].flatMap((read) => (read.kind === "ready" ? [read.body] : []));
  const body = { rows: pages.flatMap(({ value }) => value), isCut: pages.at(-1)?.nextLink !== undefined };
  return { ...first, body };
}

/** The link is absolute, and may name another host than the one that this page came from. */
function nextPath(read: Read<Page>): string | undefined {
  const link = read.kind === "ready" ? read.body.nextLink : undefined;
  return link?.slice(link.indexOf("v1/"));
}

/** The server answers each route in the shape of its contract, which tests of the server hold it to. */
function asBody<T>(known: Known): Read<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checking each answer again would double the page
  return known as Read<T>;
}
