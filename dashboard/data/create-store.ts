import type { Client, Failure } from "./create-client.ts";

/** What is known of one address of the API. */
export type Known =
  | { readonly kind: "loading" }
  /** `failure` says that it could not be read again since. */
  | { readonly kind: "ready"; readonly body: unknown; readonly failure: Failure | undefined }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What is known of an address, with its body in the shape that the contract gives it. */
export type Read<T> = Exclude<Known, { kind: "ready" }> | (Extract<Known, { kind: "ready" }> & { readonly body: T });

/** Keeps what was read, and reads again what is being looked at. */
export interface Store {
  readonly known: (path: string) => Known;
  /**
   * Calls back at every change of what is known of an address, and begins to read it; returns how to stop.
   *
   * @param isFixed Once read, it stays as it is and is not read again. @default false
   */
  readonly watch: (path: string, onChange: () => void, isFixed?: boolean) => () => void;
  /** Reads all that is being looked at again, and forgets what was not looked at for as many turns as `KEPT_TURNS`. */
  readonly refresh: () => Promise<void>;
}

/** How often all is read again before what nobody looks at is forgotten. */
export const KEPT_TURNS = 10;

/** Who looks at an address. */
interface Watch {
  readonly all: Set<() => void>;
  readonly isFixed: boolean;
  /** How often all was read again since somebody looked. */
  idleTurns: number;
}

/** Makes the store of one session. */
export function createStore(client: Pick<Client, "read" | "forget">): Store {
  const entries = new Map<string, Known>();
  const watches = new Map<string, Watch>();
  const { load, isBusy } = createTurns(async (path) => {
    const answer = await client.read(path);
    const before = entries.get(path);
    const next = settle(before, answer);
    if (next === before) return;
    entries.set(path, next);
    for (const onChange of watches.get(path)?.all ?? []) onChange();
  });

  /** Says that nothing new can be read of an address. */
  function isSettled(path: string): boolean {
    return watches.get(path)?.isFixed === true && entries.get(path)?.kind === "ready";
  }

  function forget(path: string): void {
    entries.delete(path);
    watches.delete(path);
    client.forget(path);
  }

  return {
    known: (path) => entries.get(path) ?? { kind: "loading" },
    watch(path, onChange, isFixed = false) {
      const all = watches.get(path)?.all ?? new Set();
      watches.set(path, { all: all.add(onChange), isFixed, idleTurns: 0 });
      if (!isSettled(path)) void load(path);
      return () => all.delete(onChange);
    },
    async refresh() {
      for (const [path, watch] of watches) {
        watch.idleTurns = watch.all.size > 0 ? 0 : watch.idleTurns + 1;
        if (watch.idleTurns > KEPT_TURNS && !isBusy(path)) forget(path);
      }
      const looked = [...watches].filter(([path, { all }]) => all.size > 0 && !isSettled(path));
      await Promise.all(looked.map(([path]) => load(path)));
    },
  };
}

/** Lets reads of one address follow each other: of two at once the older body could stay. One that waits serves all who ask. */
function createTurns(read: (path: string) => Promise<void>) {
  /** The last read of each address that is not over, and those of them that have not begun. */
  const turns = new Map<string, Promise<void>>();
  const waiting = new Set<string>();

  function load(path: string): Promise<void> {
    const last = turns.get(path) ?? Promise.resolve();
    if (waiting.has(path)) return last;
    waiting.add(path);
    const begin = (): Promise<void> => {
      waiting.delete(path);
      return read(path);
    };
    const turn = last.then(begin, begin).finally(() => {
      if (turns.get(path) === turn) turns.delete(path);
    });
    turns.set(path, turn);
    return turn;
  }

  return { load, isBusy: (path: string) => turns.has(path) };
}

/** An answer that says nothing new leaves what is known as it is, so that nothing is drawn again. */
function settle(before: Known | undefined, answer: Awaited<ReturnType<Client["read"]>>): Known {
  const held = before?.kind === "ready" ? before : undefined;
  switch (answer.kind) {
    case "new":
      return { kind: "ready", body: answer.body, failure: undefined };
    case "same":
      if (held === undefined) return { kind: "loading" };
      return held.failure === undefined ? held : { ...held, failure: undefined };
    case "failed":
      return held === undefined || answer.failure.kind === "unauthorized"
        ? { kind: "failed", failure: answer.failure }
        : { ...held, failure: answer.failure };
  }
}
