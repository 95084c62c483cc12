import { describe, expect, it } from "vitest";
import { mergeProblems } from "../../../../src/domain/connections/merge-problems.ts";

describe("mergeProblems()", () => {
  it("keeps the first of one code on one property", () => {
    const problems = mergeProblems([
      { code: "bad-date", property: "eventDateTime", asSent: "first" },
      { code: "bad-date", property: "eventDateTime", asSent: "second" },
      { code: "bad-date", property: "other" },
      { code: "bad-value", property: "other" },
    ]);

    expect(problems).toStrictEqual([
      { code: "bad-date", property: "eventDateTime", asSent: "first" },
      { code: "bad-date", property: "other" },
      { code: "bad-value", property: "other" },
    ]);
  });

  it("keeps at most 20", () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ code: "bad-value", property: `p${index}` }) as const);

    const problems = mergeProblems(many);

    expect(problems).toHaveLength(20);
  });
});
