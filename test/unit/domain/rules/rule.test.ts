import { describe, expect, it } from "vitest";
import { compareSeverity, SEVERITIES } from "../../../../src/domain/rules/rule.ts";

describe("compareSeverity()", () => {
  it("sorts the calmest first", () => {
    const sorted = SEVERITIES.toReversed().toSorted(compareSeverity);

    expect(sorted).toStrictEqual(["info", "warning", "error", "critical"]);
  });
});
