import { describe, expect, it } from "vitest";
import { inhibitorOf } from "../../../../src/domain/alerts/inhibition.ts";
import { RULE_IDS } from "../../../../src/domain/rules/rule.ts";

describe("inhibitorOf()", () => {
  it.each([
    { ruleId: "tenant-unreadable", open: ["graph-unavailable"], by: "graph-unavailable" },
    { ruleId: "source-unreadable", open: ["tenant-unreadable"], by: "tenant-unreadable" },
    { ruleId: "source-unreadable", open: ["graph-unavailable"], by: undefined },
    { ruleId: "source-unreadable", open: ["graph-unavailable", "tenant-unreadable"], by: "tenant-unreadable" },
    { ruleId: "heartbeat-age", open: ["partner-state"], by: "partner-state" },
    { ruleId: "reported-health", open: ["sync-age"], by: "sync-age" },
    { ruleId: "reported-health", open: ["heartbeat-age"], by: "heartbeat-age" },
    { ruleId: "reported-health", open: ["expiry"], by: "expiry" },
    { ruleId: "reported-health", open: ["partner-state", "data-problem"], by: undefined },
    { ruleId: "partner-state", open: ["heartbeat-age"], by: undefined },
    { ruleId: "heartbeat-age", open: [], by: undefined },
  ] as const)("says $by for $ruleId while $open.0 is open", ({ ruleId, open, by }) => {
    expect(inhibitorOf(ruleId, open)).toBe(by);
  });

  it("lets no rule speak for itself, nor two for each other", () => {
    for (const one of RULE_IDS) {
      expect(inhibitorOf(one, [one])).toBeUndefined();
      const mutual = RULE_IDS.filter(
        (other) => inhibitorOf(one, [other]) !== undefined && inhibitorOf(other, [one]) !== undefined,
      );
      expect(mutual).toEqual([]);
    }
  });
});
