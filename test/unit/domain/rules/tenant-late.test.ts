import { describe, expect, it } from "vitest";
import { tenantLate } from "../../../../src/domain/rules/tenant-late.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aTenant, aTenantWatch, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

function judge(waitedMs: number, periodMs = 15 * MINUTE_MS) {
  return evaluate(tenantLate, aTenantWatch({ periodMs, waitingSinceMs: NOW_MS - waitedMs }));
}

describe("tenant-late", () => {
  it.each([
    { name: "4 periods", waitedMs: HOUR_MS, want: "ok: polled" },
    { name: "more than 4 periods", waitedMs: HOUR_MS + 1, want: "warning: not-polled" },
    { name: "24 hours", waitedMs: DAY_MS, want: "warning: not-polled" },
    { name: "more than 24 hours", waitedMs: DAY_MS + 1, want: "error: not-polled" },
    { name: "less than nothing, by another clock", waitedMs: -MINUTE_MS, want: "ok: polled" },
  ])("says $want of a wait of $name", ({ waitedMs, want }) => {
    expect(inWords(judge(waitedMs))).toBe(want);
  });

  it.each([
    { name: "was polled in time", lastGoodAtMs: NOW_MS - HOUR_MS, want: "ok: polled" },
    { name: "was polled too long ago", lastGoodAtMs: NOW_MS - HOUR_MS - 1, want: "unknown: waiting-anew" },
    { name: "was never polled and is new", firstSeenAtMs: NOW_MS - HOUR_MS, want: "ok: polled" },
    { name: "was never polled and is not new", firstSeenAtMs: NOW_MS - HOUR_MS - 1, want: "unknown: waiting-anew" },
  ])("says $want of a wait that began anew for a tenant that $name", ({ lastGoodAtMs, firstSeenAtMs = 0, want }) => {
    const { lastGoodAtMs: _, ...waiting } = aTenantWatch({ periodMs: 15 * MINUTE_MS, waitingSinceMs: NOW_MS });
    const reading = lastGoodAtMs === undefined ? waiting : { ...waiting, lastGoodAtMs };

    expect(inWords(evaluate(tenantLate, reading, { input: { firstSeenAtMs } }))).toBe(want);
  });

  it("waits for 4 periods even where these are longer than 24 hours", () => {
    const [onTime, late] = [48 * HOUR_MS, 48 * HOUR_MS + 1].map((waitedMs) => judge(waitedMs, 12 * HOUR_MS));

    expect(onTime?.verdict).toBe("ok");
    expect(late).toMatchObject({ severity: "error", threshold: { unit: "duration", ms: 48 * HOUR_MS } });
  });

  it("says since when it is late, and by which limit", () => {
    expect(judge(2 * HOUR_MS)).toMatchObject({
      measured: { unit: "duration", ms: 2 * HOUR_MS },
      threshold: { unit: "duration", ms: HOUR_MS },
      breachedSinceMs: NOW_MS - HOUR_MS,
    });
  });

  it("says nothing of what a poll saw of a tenant", () => {
    expect(evaluate(tenantLate, aTenant()).verdict).toBe("not-applicable");
  });
});
