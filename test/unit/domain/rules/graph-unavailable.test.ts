import { describe, expect, it } from "vitest";
import { graphUnavailable } from "../../../../src/domain/rules/graph-unavailable.ts";
import { aFleet, aTenant } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("graph-unavailable", () => {
  it.each([
    { tenantCount: 3, unreadableCount: 2, want: "ok: readable" },
    { tenantCount: 3, unreadableCount: 3, want: "error: unavailable" },
    { tenantCount: 6, unreadableCount: 3, want: "error: unavailable" },
    { tenantCount: 7, unreadableCount: 3, want: "ok: readable" },
    { tenantCount: 7, unreadableCount: 4, want: "error: unavailable" },
    { tenantCount: 2, unreadableCount: 2, want: "ok: readable" },
    { tenantCount: 0, unreadableCount: 0, want: "ok: readable" },
  ])("says $want where $unreadableCount of $tenantCount tenants cannot be read", ({ want, ...counts }) => {
    expect(inWords(evaluate(graphUnavailable, aFleet(counts)))).toBe(want);
  });

  it("names the reason that most share, and measures in tenants", () => {
    const reading = aFleet({ tenantCount: 9, unreadableCount: 8, reason: "unauthorized" });

    expect(evaluate(graphUnavailable, reading)).toMatchObject({
      reason: "unauthorized",
      measured: { unit: "count", count: 8 },
      threshold: { unit: "count", count: 5 },
    });
  });

  it("judges by limits of one's own", () => {
    const limits = { errorFromTenants: 1, errorFromPercent: 100 };

    const [all, most] = [2, 1].map((unreadableCount) =>
      inWords(evaluate(graphUnavailable, aFleet({ tenantCount: 2, unreadableCount }), { limits })),
    );

    expect([all, most]).toEqual(["error: unavailable", "ok: readable"]);
  });

  it("says nothing of a single tenant", () => {
    expect(evaluate(graphUnavailable, aTenant()).verdict).toBe("not-applicable");
  });
});
