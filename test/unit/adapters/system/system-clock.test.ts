import { describe, expect, it } from "vitest";
import { systemClock } from "../../../../src/adapters/system/system-clock.ts";

describe("systemClock", () => {
  it("tells epoch milliseconds", () => {
    const before = Date.now();

    const nowMs = systemClock.nowMs();

    expect(nowMs).toBeGreaterThanOrEqual(before);
    expect(nowMs).toBeLessThanOrEqual(Date.now());
  });
});
