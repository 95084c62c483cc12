import { describe, expect, it } from "vitest";
import { sayDeadlines } from "../../../../src/domain/rules/say-deadlines.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { aPartner, at, NOW_MS } from "../connections/a-reading.ts";

describe("sayDeadlines()", () => {
  it("says both dates in one sentence", () => {
    const partner = aPartner({
      nonComplianceDeadline: at(NOW_MS + 10 * DAY_MS),
      removalDeadline: at(NOW_MS + 80 * DAY_MS),
    });

    const text = sayDeadlines(partner, NOW_MS);

    expect(text).toBe(
      "By the dates that Intune has set, its devices become noncompliant at 2026-08-02 17:00 UTC (in 10 d) and are removed from Intune at 2026-10-11 17:00 UTC (in 80 d).",
    );
  });

  it("says nothing without a date", () => {
    const text = sayDeadlines(aPartner(), NOW_MS);

    expect(text).toBeUndefined();
  });
});
