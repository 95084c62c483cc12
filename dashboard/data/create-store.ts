import type { Client, Failure } from "./create-client.ts";

/** What is known of one address of the API. */
export type Known =
  | { readonly kind: "loading" }
  /** `failure` says that it could not be read again since. */
  | { readonly kind: "ready"; readonly body: unknown; readonly failure: Failure | undefined }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Keeps what was read, and reads again what is being looked at. */
export interface Store {
  readonly known: (path: string) => Known;
  /** Calls back at every change of what is known of an address, and begins to read it; returns how to stop. */
  readonly watch: (path: string, onChange: () => void) => () => void;
  /** Reads all that is being looked at again. */
  readonly refresh: () => Promise<void>;
}

/** Makes the store of one session. */
export function createStore(client: Pick<Client, "read">): Store {
  const entries = new Map<string, Known>();
  const watchers = new Map<string, Set<() => void>>();

  /** The last read that was asked for of each address, and those of them that have not begun. */
  const turns = new Map<string, Promise<void>>();
  const waiting = new Set<string>();

  /** Reads of one address follow each other: of two at once the older body could stay. One that waits serves all who ask. */
  function load(path: string): Promise<void> {
    const last = turns.get(path) ?? Promise.resolve();
    if (waiting.has(path)) return last;
    waiting.add(path);
    const begin = (): Promise<void> => {
      waiting.delete(path);
      return read(path);
    };
    const turn = last.then(begin, begin);
    turns.set(path, turn);
    return turn;
  }

  async function read(path: string): Promise<void> {
    const answer = await client.read(path);
    const before = entries.get(path);
    const next = settle(before, answer);
    if (next === before) return;
    entries.set(path, next);
    for (const onChange of watchers.get(path) ?? []) onChange();
  }

  return {
    known: (path) => entries.get(path) ?? { kind: "loading" },
    watch(path, onChange) {
      const mine = watchers.get(path) ?? new Set();
      watchers.set(path, mine.add(onChange));
      void load(path);
      return () => mine.delete(onChange);
    },
    async refresh() {
      const looked = [...watchers].filter(([, mine]) => mine.size > 0).map(([path]) => path);
      await Promise.all(looked.map(load));
    },
  };
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
