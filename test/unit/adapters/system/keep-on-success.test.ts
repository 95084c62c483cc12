import { describe, expect, it } from "vitest";
import { keepOnSuccess } from "../../../../src/adapters/system/keep-on-success.ts";

describe("keepOnSuccess()", () => {
  it("makes a thing once for all callers, also those at one time", async () => {
    let made = 0;
    const get = keepOnSuccess(async () => {
      made += 1;
      return made;
    });

    const things = [await Promise.all([get(), get()]), await get()].flat();

    expect(things).toEqual([1, 1, 1]);
  });

  it("does nothing before it is asked", () => {
    let made = 0;

    keepOnSuccess(async () => {
      made += 1;
    });

    expect(made).toBe(0);
  });

  it("gives a failure to those who wait for it, and tries again for the next", async () => {
    let attempts = 0;
    const get = keepOnSuccess(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error("not yet");
      return attempts;
    });

    const first = await Promise.allSettled([get(), get()]);
    const second = await get();

    expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(second).toBe(2);
  });
});
