import { createContext } from "preact";
import { useContext, useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Client } from "./create-client.ts";
import type { Known, Read, Store } from "./create-store.ts";
import { type ListRead, type Page, readList } from "./read-list.ts";

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

/** Reads an address for as long as the part is shown. */
export function useRead<T>(path: string): Read<T> {
  const [read] = useReads<T>([path]);
  return read ?? { kind: "loading" };
}

/** Reads several addresses, each by itself, in their order. */
export function useReads<T>(paths: readonly string[]): readonly Read<T>[] {
  const { store } = useSession();
  useWatch(paths, false);
  return paths.map((path) => asBody<T>(store.known(path)));
}

/** How lists are read. */
interface ListOptions {
  /** How many pages of each are read, and are read more when asked to read on. @default 1 */
  readonly step?: number;
  /** What was read of them stays as it is. @default false */
  readonly isFixed?: boolean;
}

/** Lists as far as they were read, and how to read on. */
interface Lists<T> {
  readonly reads: readonly Read<T>[];
  readonly readOn: () => void;
}

/** Reads several lists page by page; while a page is on its way, what was read of its list before is kept. */
export function useLists<T extends Page>(
  paths: readonly string[],
  { step = 1, isFixed = false }: ListOptions = {},
): Lists<T> {
  const { store } = useSession();
  const [count, setCount] = useState(step);
  const held = useRef(new Map<string, Read<T>>());
  const lists = paths.map((path) => readList<T>((page) => asBody<T>(store.known(page)), path, count));
  useWatch(
    lists.flatMap((list) => list.paths),
    isFixed,
  );
  const reads = paths.map((path, index) => keep(held.current, path, lists[index]));
  return { reads, readOn: () => setCount(count + step) };
}

/** Reads one list as `useLists` does. */
export function useList<T extends Page>(
  path: string,
  options?: ListOptions,
): { readonly read: Read<T>; readonly readOn: () => void } {
  const { reads, readOn } = useLists<T>([path], options);
  return { read: reads[0] ?? { kind: "loading" }, readOn };
}

/** The links of a list that goes on up to now change each minute: their new addresses take a moment to be known. */
function keep<T>(held: Map<string, Read<T>>, path: string, list: ListRead<T> | undefined): Read<T> {
  if (list === undefined) return { kind: "loading" };
  if (list.isWaiting) return held.get(path) ?? list.read;
  held.set(path, list.read);
  return list.read;
}

/** Watches addresses for as long as they are among those wanted; what stays among them is not read anew. */
function useWatch(paths: readonly string[], isFixed: boolean): void {
  const { store } = useSession();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const stops = useRef(new Map<string, () => void>());
  useEffect(() => () => stopAll(stops.current), [store]);
  useEffect(() => {
    const wanted = new Set(paths);
    stopAll(stops.current, (path) => !wanted.has(path));
    for (const path of wanted) {
      if (stops.current.has(path)) continue;
      stops.current.set(
        path,
        store.watch(path, () => redraw(undefined), isFixed),
      );
    }
  }, [store, paths.join("\n")]);
}

function stopAll(stops: Map<string, () => void>, isOver: (path: string) => boolean = () => true): void {
  for (const [path, stop] of stops) {
    if (!isOver(path)) continue;
    stop();
    stops.delete(path);
  }
}

/** The server answers each route in the shape of its contract, which tests of the server hold it to. */
function asBody<T>(known: Known): Read<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checking each answer again would double the page
  return known as Read<T>;
}
