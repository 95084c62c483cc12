import { describe, expect, it } from "vitest";
import { checkLimits, misplacedLimits } from "../../../../src/domain/rules/check-limits.ts";
import { connectionMissing } from "../../../../src/domain/rules/connection-missing.ts";
import { expiry } from "../../../../src/domain/rules/expiry.ts";
import { heartbeatAge } from "../../../../src/domain/rules/heartbeat-age.ts";
import { partnerState } from "../../../../src/domain/rules/partner-state.ts";
import { sourceUnreadable } from "../../../../src/domain/rules/source-unreadable.ts";

describe("checkLimits()", () => {
  it.each([
    {
      name: "a warning at the error's limit",
      rule: heartbeatAge,
      limits: { warnAfterMs: 5, errorFromMs: 5 },
      want: "warnAfter below errorFrom",
    },
    {
      name: "an error above the critical limit, the warning aside",
      rule: heartbeatAge,
      limits: { errorFromMs: 9, criticalFromMs: 5 },
      want: "errorFrom below criticalFrom",
    },
    {
      name: "a warning above the critical limit without an error between",
      rule: heartbeatAge,
      limits: { warnAfterMs: 9, criticalFromMs: 5 },
      want: "warnAfter below criticalFrom",
    },
    {
      name: "a warning nearer to the date than the error",
      rule: expiry,
      limits: { warnWithinMs: 5, errorWithinMs: 9 },
      want: "warnWithin above errorWithin",
    },
    {
      name: "a warning as near to the date as the error",
      rule: expiry,
      limits: { warnWithinMs: 5, errorWithinMs: 5 },
      want: "warnWithin above errorWithin",
    },
    {
      name: "a warning after as many polls as the error",
      rule: sourceUnreadable,
      limits: { warnFromPolls: 4, errorFromPolls: 4 },
      want: "warnFromPolls below errorFromPolls",
    },
    {
      name: "a negative duration",
      rule: expiry,
      limits: { warnWithinMs: -1 },
      want: "warnWithin as a duration from PT0S",
    },
    {
      name: "no number",
      rule: expiry,
      limits: { warnWithinMs: Number.NaN },
      want: "warnWithin as a duration from PT0S",
    },
    {
      name: "0 polls",
      rule: connectionMissing,
      limits: { warnFromPolls: 0 },
      want: "warnFromPolls as a whole number from 1",
    },
    {
      name: "half a poll",
      rule: connectionMissing,
      limits: { warnFromPolls: 1.5 },
      want: "warnFromPolls as a whole number from 1",
    },
    {
      name: "a name of another rule",
      rule: expiry,
      limits: { warnAfterMs: 5 },
      want: "one of the limits warnWithin, errorWithin, criticalWithin",
    },
    {
      name: "a limit of a rule without any",
      rule: partnerState,
      limits: { warnAfterMs: 5 },
      want: "a rule without limits",
    },
  ])("refuses $name", ({ rule, limits, want }) => {
    expect(checkLimits(rule, limits)).toBe(want);
  });

  it.each([
    { name: "its own defaults", limits: heartbeatAge.defaults.limits },
    { name: "steps that are off", limits: { errorFromMs: 5 } },
    { name: "no limits at all", limits: {} },
  ])("accepts $name", ({ limits }) => {
    expect(checkLimits(heartbeatAge, limits)).toBeUndefined();
  });
});

describe("misplacedLimits()", () => {
  it.each([
    {
      name: "both of two ages",
      limits: { warnAfterMs: 1, errorFromMs: 9, criticalFromMs: 7 },
      want: ["errorFrom below criticalFrom", "criticalFrom above errorFrom"],
    },
    {
      name: "both of two times left",
      limits: { warnWithinMs: 5, errorWithinMs: 5 },
      want: ["warnWithin above errorWithin", "errorWithin below warnWithin"],
    },
    {
      name: "each pair of three",
      limits: { warnAfterMs: 9, errorFromMs: 5, criticalFromMs: 3 },
      want: [
        "warnAfter below errorFrom",
        "errorFrom above warnAfter",
        "errorFrom below criticalFrom",
        "criticalFrom above errorFrom",
      ],
    },
    { name: "none that agree", limits: heartbeatAge.defaults.limits, want: [] },
  ])("names $name", ({ limits, want }) => {
    expect(misplacedLimits(limits).map(({ limit, expected }) => `${limit} ${expected}`)).toEqual(want);
  });
});
