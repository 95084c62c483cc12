import { describe, expect, it } from "vitest";
import { limitFields, toRuleSettings } from "../../../../dashboard/model/trial.ts";
import { aConnection } from "../builders.ts";

const { thresholds } = aConnection();
const DEADLINE = { ruleId: "removal-deadline", severity: "error", side: "within", duration: "P14D" } as const;

describe("limitFields()", () => {
  it("names the limits of one rule as the configuration does, ages in hours and times left in days", () => {
    expect(limitFields([...thresholds, DEADLINE], "heartbeat-age")).toEqual([
      { name: "warnAfter", severity: "warning", unit: "hours", value: 36 },
      { name: "errorFrom", severity: "error", unit: "hours", value: 72 },
    ]);
    expect(limitFields([...thresholds, DEADLINE], "removal-deadline")).toEqual([
      { name: "errorWithin", severity: "error", unit: "days", value: 14 },
    ]);
  });

  it("offers no limit of information, which has none in the configuration", () => {
    expect(limitFields([{ ...DEADLINE, severity: "info" }], "removal-deadline")).toEqual([]);
  });
});

describe("toRuleSettings()", () => {
  const fields = limitFields([...thresholds, DEADLINE], "heartbeat-age");

  it.each([
    { entered: "48", want: "PT2880M" },
    { entered: "1.5", want: "PT90M" },
    { entered: "0", want: "PT0M" },
    { entered: "", want: undefined },
    { entered: "-1", want: undefined },
    { entered: "soon", want: undefined },
  ])("writes '$entered' hours as $want", ({ entered, want }) => {
    expect(toRuleSettings(fields, (name) => (name === "warnAfter" ? entered : ""))["warnAfter"]).toBe(want);
  });

  it("writes days as minutes too", () => {
    const days = limitFields([DEADLINE], "removal-deadline");

    expect(toRuleSettings(days, () => "2")).toEqual({ errorWithin: "PT2880M" });
  });
});
