import { describe, expect, it } from "vitest";
import type { Read } from "../../../../dashboard/data/create-store.ts";
import { type Page, readList } from "../../../../dashboard/data/read-list.ts";

const OFFLINE = { kind: "offline", message: "m" } as const;

function aPage(value: readonly number[], next?: string): Read<Page> {
  const nextLink = next === undefined ? undefined : `https://elsewhere.example/api/${next}`;
  return { kind: "ready", body: { value, nextLink }, failure: undefined };
}

/** Knows these answers, and is loading all else. */
function knowing(answers: Readonly<Record<string, Read<Page>>>): (path: string) => Read<Page> {
  return (path) => answers[path] ?? { kind: "loading" };
}

const TWO = { "v1/x": aPage([1, 2], "v1/x?p=2"), "v1/x?p=2": aPage([3], "v1/x?p=3") };

describe("readList()", () => {
  it.each([
    { count: 1, value: [1, 2], next: "v1/x?p=2", paths: ["v1/x"] },
    { count: 2, value: [1, 2, 3], next: "v1/x?p=3", paths: ["v1/x", "v1/x?p=2"] },
  ])("joins $count pages of a longer list, and says that it goes on", ({ count, value, next, paths }) => {
    const list = readList(knowing(TWO), "v1/x", count);

    expect(list).toMatchObject({ paths, isWaiting: false });
    expect(list.read).toMatchObject({ body: { value, nextLink: expect.stringContaining(next) } });
  });

  it("does not say that a list goes on behind its last page", () => {
    const { read } = readList(knowing({ ...TWO, "v1/x?p=3": aPage([4]) }), "v1/x", 5);

    expect(read).toEqual(aPage([1, 2, 3, 4]));
  });

  it("waits for a page on its way, at the address of this host", () => {
    const list = readList(knowing(TWO), "v1/x", 3);

    expect(list).toMatchObject({ paths: ["v1/x", "v1/x?p=2", "v1/x?p=3"], isWaiting: true });
  });

  it("keeps what is known when a later page fails, says why, and that there is more", () => {
    const failed = { kind: "failed", failure: OFFLINE } as const;

    const { read, isWaiting } = readList(knowing({ ...TWO, "v1/x?p=2": failed }), "v1/x", 3);

    expect(isWaiting).toBe(false);
    expect(read).toMatchObject({
      kind: "ready",
      failure: OFFLINE,
      body: { value: [1, 2], nextLink: expect.anything() },
    });
  });

  it("is what its first page is when that cannot be read", () => {
    const failed = { kind: "failed", failure: OFFLINE } as const;

    expect(readList(knowing({ "v1/x": failed }), "v1/x", 3)).toMatchObject({ read: failed, isWaiting: false });
  });
});
