import { describe, expect, it } from "vitest";
import { mayRestart } from "../../../../../local/host/worker/restart-limit.ts";

describe("mayRestart()", () => {
  it.each([
    { restarts: [], want: true },
    { restarts: [1, 2, 3, 4], want: true },
    { restarts: [1, 2, 3, 4, 5], want: false },
    { restarts: [-1, 2, 3, 4, 5], want: true },
  ])("answers $want one minute after the start, with restarts at $restarts", ({ restarts, want }) => {
    expect(mayRestart(restarts, 60_000)).toBe(want);
  });
});
