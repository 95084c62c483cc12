import { describe, expect, it } from "vitest";
import { expiryHealth, syncHealth } from "../../../../local/scenarios/connector-health.ts";

const DAY_MS = 86_400_000;

describe("expiryHealth()", () => {
  it.each([
    { leftMs: 7 * DAY_MS + 1, want: "healthy" },
    { leftMs: 7 * DAY_MS, want: "warning" },
    { leftMs: 1, want: "warning" },
    { leftMs: 0, want: "unhealthy" },
    { leftMs: -DAY_MS, want: "unhealthy" },
  ])("says $want with $leftMs ms left", ({ leftMs, want }) => {
    expect(expiryHealth(5000 + leftMs, 5000)).toBe(want);
  });
});

describe("syncHealth()", () => {
  it.each([
    { ageMs: 0, want: "healthy" },
    { ageMs: DAY_MS, want: "healthy" },
    { ageMs: DAY_MS + 1, want: "warning" },
    { ageMs: 3 * DAY_MS - 1, want: "warning" },
    { ageMs: 3 * DAY_MS, want: "unhealthy" },
  ])("says $want at an age of $ageMs ms", ({ ageMs, want }) => {
    expect(syncHealth(5000 - ageMs, 5000)).toBe(want);
  });

  it("says unknown of what never synced", () => {
    expect(syncHealth(undefined, 5000)).toBe("unknown");
  });
});
