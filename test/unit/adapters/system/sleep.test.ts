import { describe, expect, it } from "vitest";
import { sleep } from "../../../../src/adapters/system/sleep.ts";

describe("sleep()", () => {
  it("ends when its time is over", async () => {
    const slept = sleep(0, new AbortController().signal);

    await expect(slept).resolves.toBeUndefined();
  });

  it("throws as soon as the signal is aborted", async () => {
    const stop = new AbortController();
    const slept = sleep(1_000_000, stop.signal);

    stop.abort();

    await expect(slept).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  });
});
