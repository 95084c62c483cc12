import { describe } from "vitest";
import { removalDeadline } from "../../../../src/domain/rules/removal-deadline.ts";
import { describeDeadlineRule } from "./deadline-rule.contract.ts";

describe("removal-deadline", () => {
  describeDeadlineRule(removalDeadline, {
    own: "removalDeadline",
    happens: / the partner's device records leave Intune\.$/,
  });
});
