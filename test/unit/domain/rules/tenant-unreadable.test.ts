import { describe, expect, it } from "vitest";
import { tenantUnreadable } from "../../../../src/domain/rules/tenant-unreadable.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { aSource, aTenant, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("tenant-unreadable", () => {
  it.each([
    { failedPolls: 1, blindMs: 2 * DAY_MS, want: "unknown: failing-briefly" },
    { failedPolls: 2, blindMs: DAY_MS - 1, want: "error: unavailable" },
    { failedPolls: 2, blindMs: DAY_MS, want: "critical: unavailable" },
  ])("says $want after $failedPolls polls and $blindMs ms", ({ failedPolls, blindMs, want }) => {
    const reading = aTenant({
      readable: false,
      reason: "unavailable",
      failedPolls,
      failingSinceMs: NOW_MS,
      lastGoodAtMs: NOW_MS - blindMs,
    });

    expect(inWords(evaluate(tenantUnreadable, reading))).toBe(want);
  });

  it("says unavailable of a tenant that fails without a reason", () => {
    expect(inWords(evaluate(tenantUnreadable, aTenant({ readable: false, failedPolls: 2 })))).toBe(
      "error: unavailable",
    );
  });

  it("says ok of a tenant that can be read", () => {
    expect(inWords(evaluate(tenantUnreadable, aTenant()))).toBe("ok: readable");
  });

  it("says nothing of a source", () => {
    expect(evaluate(tenantUnreadable, aSource()).verdict).toBe("not-applicable");
  });
});
