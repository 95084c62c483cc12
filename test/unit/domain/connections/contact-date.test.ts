import { describe, expect, it } from "vitest";
import { judgeContactAhead } from "../../../../src/domain/connections/contact-date.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { NOW_MS } from "./a-reading.ts";

describe("judgeContactAhead()", () => {
  it.each([
    { name: "in the past", aheadMs: -HOUR_MS, want: undefined },
    { name: "5 minutes ahead", aheadMs: 5 * MINUTE_MS, want: undefined },
    { name: "just over 5 minutes ahead", aheadMs: 5 * MINUTE_MS + 1, want: "date-in-future" },
    { name: "1 hour ahead", aheadMs: HOUR_MS, want: "date-in-future" },
    { name: "just over 1 hour ahead", aheadMs: HOUR_MS + 1, want: "inconsistent" },
  ])("says $want of a contact $name", ({ aheadMs, want }) => {
    const problem = judgeContactAhead(NOW_MS + aheadMs, NOW_MS);

    expect(problem).toBe(want);
  });
});
