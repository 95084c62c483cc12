import { describe, expect, it } from "vitest";
import { byGravity, type Verdict } from "../../../../src/domain/rules/verdict.ts";

describe("byGravity()", () => {
  it("puts what is not known above what is merely information, and what is not judged last", () => {
    const verdicts: Verdict[] = ["not-judged", "ok", "pending", "info", "unknown", "warning", "error", "critical"];

    expect(verdicts.toSorted(byGravity)).toEqual(verdicts.toReversed());
  });
});
