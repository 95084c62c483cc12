import { describe } from "vitest";
import { noncomplianceDeadline } from "../../../../src/domain/rules/noncompliance-deadline.ts";
import { describeDeadlineRule } from "./deadline-rule.contract.ts";

describe("noncompliance-deadline", () => {
  describeDeadlineRule(noncomplianceDeadline, {
    own: "nonComplianceDeadline",
    happens: / Intune marks the partner's devices noncompliant; .*$/,
  });
});
