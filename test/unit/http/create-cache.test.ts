import { describe, expect, it } from "vitest";
import { createCache } from "../../../src/http/create-cache.ts";

function aCounter() {
  let loads = 0;
  return () => Promise.resolve(++loads);
}

describe("createCache()", () => {
  it.each([
    { afterMs: 0, want: 1 },
    { afterMs: 14_999, want: 1 },
    { afterMs: 15_000, want: 2 },
    { afterMs: -1, want: 2 },
  ])("gives load $want after $afterMs ms", async ({ afterMs, want }) => {
    const cache = createCache<number>(15_000);
    const load = aCounter();
    await cache.get(1_000_000, load);

    expect(await cache.get(1_000_000 + afterMs, load)).toBe(want);
  });

  it("lets callers at one time share one load", async () => {
    const cache = createCache<number>(15_000);
    const load = aCounter();

    expect(await Promise.all([cache.get(0, load), cache.get(0, load)])).toEqual([1, 1]);
  });

  it("loads again once a failure has grown old", async () => {
    const cache = createCache<number>(15_000);
    await expect(cache.get(0, () => Promise.reject(new TypeError("no")))).rejects.toThrow("no");

    expect(await cache.get(15_000, aCounter())).toBe(1);
  });
});
