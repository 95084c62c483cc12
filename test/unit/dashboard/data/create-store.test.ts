import { describe, expect, it } from "vitest";
import type { Answer } from "../../../../dashboard/data/create-client.ts";
import { createStore, KEPT_TURNS, type Store } from "../../../../dashboard/data/create-store.ts";

/** A store whose client gives these answers, one after the other. */
function aStore(...answers: readonly Answer[]) {
  const asked: string[] = [];
  const forgotten: string[] = [];
  const store = createStore({
    read: async (path) => {
      asked.push(path);
      return answers[asked.length - 1] ?? { kind: "same" };
    },
    forget: (path) => forgotten.push(path),
  });
  return { store, asked, forgotten };
}

const NEW: Answer = { kind: "new", body: { a: 1 } };
const OFFLINE: Answer = { kind: "failed", failure: { kind: "offline", message: "m" } };
const REFUSED: Answer = { kind: "failed", failure: { kind: "unauthorized", message: "m" } };

describe("createStore()", () => {
  it("is loading until the first answer, then says so once", async () => {
    const { store } = aStore(NEW);
    let changes = 0;

    const before = store.known("p");
    store.watch("p", () => (changes += 1));
    await store.refresh();

    expect(before).toEqual({ kind: "loading" });
    expect(store.known("p")).toEqual({ kind: "ready", body: { a: 1 }, failure: undefined });
    expect(changes).toBe(1);
  });

  it("keeps the very same body when nothing has changed, so that nothing is drawn again", async () => {
    const { store } = aStore(NEW);
    store.watch("p", () => undefined);
    await store.refresh();

    const before = store.known("p");
    await store.refresh();

    expect(store.known("p")).toBe(before);
  });

  it("keeps what it knows when it cannot be read again, and says why, until it can", async () => {
    const { store } = aStore(NEW, OFFLINE, { kind: "same" });
    store.watch("p", () => undefined);
    await store.refresh();

    await store.refresh();
    const during = store.known("p");
    await store.refresh();

    expect(during).toMatchObject({ kind: "ready", body: { a: 1 }, failure: { kind: "offline" } });
    expect(store.known("p")).toMatchObject({ kind: "ready", failure: undefined });
  });

  it("shows nothing any more once the key is refused", async () => {
    const { store } = aStore(NEW, REFUSED);
    store.watch("p", () => undefined);
    await store.refresh();

    await store.refresh();

    expect(store.known("p")).toMatchObject({ kind: "failed", failure: { kind: "unauthorized" } });
  });

  it("fails where there never was an answer", async () => {
    const { store } = aStore(OFFLINE, OFFLINE);
    store.watch("p", () => undefined);

    await store.refresh();

    expect(store.known("p")).toMatchObject({ kind: "failed" });
  });

  it("reads again only what is looked at", async () => {
    const { store, asked } = aStore();
    const stop = store.watch("gone", () => undefined);
    store.watch("here", () => undefined);
    stop();
    await store.refresh();
    asked.length = 0;

    await store.refresh();

    expect(asked).toEqual(["here"]);
  });

  it("reads what is fixed once it could be read, and never again", async () => {
    const { store, asked } = aStore(OFFLINE, NEW);
    const stop = store.watch("p", () => undefined, true);
    await store.refresh();
    await store.refresh();

    stop();
    store.watch("p", () => undefined, true);
    await store.refresh();

    expect(asked).toEqual(["p", "p"]);
    expect(store.known("p")).toMatchObject({ kind: "ready", body: { a: 1 } });
  });

  it("forgets what nobody has looked at for a while, and nothing else", async () => {
    const { store, forgotten } = aStore(NEW, NEW);
    store.watch("here", () => undefined);
    const stop = store.watch("gone", () => undefined);
    await store.refresh();
    stop();

    await refreshTimes(store, KEPT_TURNS);
    const before = store.known("gone").kind;
    await store.refresh();

    expect([before, store.known("gone").kind, store.known("here").kind]).toEqual(["ready", "loading", "ready"]);
    expect(forgotten).toEqual(["gone"]);
  });

  it("counts anew when somebody looks again", async () => {
    const { store, forgotten } = aStore(NEW);
    const look = (): void => store.watch("p", () => undefined)();
    look();
    await refreshTimes(store, KEPT_TURNS);

    look();
    await refreshTimes(store, KEPT_TURNS);

    expect(forgotten).toEqual([]);
  });

  it("does not forget what is being read", async () => {
    const inFlight: (() => void)[] = [];
    const forgotten: string[] = [];
    const store = createStore({
      read: () => new Promise((resolve) => inFlight.push(() => resolve(NEW))),
      forget: (path) => forgotten.push(path),
    });
    store.watch("p", () => undefined)();
    await refreshTimes(store, KEPT_TURNS + 1);
    const during = [...forgotten];

    inFlight.pop()?.();
    await nextTurn();
    await store.refresh();

    expect([during, forgotten]).toEqual([[], ["p"]]);
  });

  it("keeps the newest body however the answers come, and serves all who ask meanwhile by one read more", async () => {
    const inFlight: (() => void)[] = [];
    let version = 0;
    const store = createStore({
      read: () => {
        const answer: Answer = { kind: "new", body: ++version };
        return new Promise((resolve) => inFlight.push(() => resolve(answer)));
      },
      forget: () => undefined,
    });
    store.watch("p", () => undefined);
    await nextTurn();
    const refreshed = Promise.all([store.refresh(), store.refresh()]);

    for (await nextTurn(); inFlight.length > 0; await nextTurn()) inFlight.pop()?.();
    await refreshed;

    expect(version).toBe(2);
    expect(store.known("p")).toMatchObject({ body: 2 });
  });

  it("reads again after a watcher that failed", async () => {
    const { store, asked } = aStore(NEW);
    store.watch("p", () => {
      throw new TypeError("cannot draw");
    });

    await expect(store.refresh()).rejects.toThrow("cannot draw");
    await store.refresh();

    expect(asked).toHaveLength(2);
  });
});

async function refreshTimes(store: Store, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each turn comes after the one before
    await store.refresh();
  }
}

/** Lets all go on that waits for nothing from outside. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
