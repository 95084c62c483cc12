import { describe, expect, it } from "vitest";
import { fieldFaults, limitFields, sayLimits, toRuleSettings, worstOf } from "../../../../dashboard/model/trial.ts";
import type { RuleLimitsBody } from "../../../../src/http/contract/connections.ts";
import { aConnection } from "../builders.ts";

const connection = aConnection();

/** What a rule is set to: as the connection has it for its heartbeat, unless something else is said. */
function aRule(changes: Partial<RuleLimitsBody> = {}): RuleLimitsBody {
  const limits = { warnAfter: "P1DT12H", errorFrom: "P3D", criticalFrom: "P7D" };
  return { ruleId: "heartbeat-age", enabled: true, limits, ...changes };
}

function expiry(limits: RuleLimitsBody["limits"]): RuleLimitsBody {
  return aRule({ ruleId: "expiry", limits });
}

describe("limitFields()", () => {
  it("offers every limit of a rule in words, and says which does not count", () => {
    expect(limitFields(connection, aRule())).toEqual([
      {
        name: "warnAfter",
        severity: "warning",
        label: "Warning after more than",
        unit: "hours",
        value: 36,
        hint: "Now 1 d 12 h",
      },
      { name: "errorFrom", severity: "error", label: "Error from", unit: "hours", value: 72, hint: "Now 3 d" },
      {
        name: "criticalFrom",
        severity: "critical",
        label: "Critical from",
        unit: "hours",
        value: 168,
        hint: "Now 7 d, but it does not count for this connection",
      },
    ]);
  });

  it.each([
    { name: "a step that is off", limits: { criticalWithin: null }, want: { unit: "days", value: undefined } },
    { name: "whole days", limits: { warnWithin: "P30D" }, want: { unit: "days", value: 30, label: "Warning within" } },
    { name: "a part of a day", limits: { warnWithin: "P1DT8H" }, want: { unit: "hours", value: 32 } },
    { name: "the date itself", limits: { errorWithin: "PT0S" }, want: { unit: "days", value: 0 } },
  ])("writes $name", ({ limits, want }) => {
    expect(limitFields(connection, expiry(limits))).toMatchObject([want]);
  });

  it("says that a step is off", () => {
    expect(limitFields(connection, aRule({ limits: { criticalFrom: null } }))[0]?.hint).toBe(
      "Off now; empty leaves it off",
    );
  });

  it("does not say that limits never count because their rule is off", () => {
    const off = limitFields({ thresholds: [] }, aRule({ enabled: false }));

    expect(off.map(({ hint }) => hint)).toEqual(["Now 1 d 12 h", "Now 3 d", "Now 7 d"]);
  });

  it("offers nothing that is no threshold of a severity", () => {
    expect(limitFields(connection, aRule({ limits: { notice: "P1D" } }))).toEqual([]);
  });
});

describe("toRuleSettings()", () => {
  const fields = limitFields(connection, aRule());

  it.each([
    { entered: "48", want: "PT2880M" },
    { entered: "1.5", want: "PT90M" },
    { entered: "0", want: "PT0M" },
    { entered: "36", want: undefined },
    { entered: "", want: undefined },
    { entered: "-1", want: undefined },
    { entered: "soon", want: undefined },
  ])("writes '$entered' hours as $want", ({ entered, want }) => {
    expect(toRuleSettings(fields, (name) => (name === "warnAfter" ? entered : ""))["warnAfter"]).toBe(want);
  });

  it("writes days as minutes too, and turns a step on that is off", () => {
    const days = limitFields(connection, expiry({ warnWithin: "P30D", criticalWithin: null }));

    expect(toRuleSettings(days, () => "2")).toEqual({
      enabled: true,
      warnWithin: "PT2880M",
      criticalWithin: "PT2880M",
    });
  });

  it("writes no limit where all are as they were", () => {
    expect(toRuleSettings(fields, (name) => `${fields.find((field) => field.name === name)?.value}`)).toEqual({
      enabled: true,
    });
  });
});

describe("fieldFaults()", () => {
  const fields = limitFields(connection, aRule());

  it("says at each field what is wrong with it, in the words of the form", () => {
    const errors = [
      { parameter: "rules.heartbeat-age.errorFrom", message: "must be above warnAfter" },
      { parameter: "rules.heartbeat-age.errorFrom", message: "must be below criticalFrom" },
      { parameter: "rules.heartbeat-age.criticalFrom", message: "must be above errorFrom" },
    ];

    expect([...fieldFaults(errors, "heartbeat-age", fields)]).toEqual([
      ["errorFrom", "Must be above warning; must be below critical"],
      ["criticalFrom", "Must be above error"],
    ]);
  });

  it.each([
    { name: "no errors", errors: undefined },
    { name: "an error of another parameter", errors: [{ parameter: "from", message: "must be later" }] },
    { name: "an error of another rule", errors: [{ parameter: "rules.expiry.errorFrom", message: "must be less" }] },
  ])("has nothing to say of $name", ({ errors }) => {
    expect(fieldFaults(errors, "heartbeat-age", fields).size).toBe(0);
  });
});

describe("sayLimits()", () => {
  const settings = { enabled: true, confirmPolls: 1, recoverPolls: 1, keepFiring: "PT0S" };

  it.each([
    {
      given: { limits: { warnAfter: "P1DT12H", errorFrom: "P3D", notice: "P1D" } },
      want: "warning after more than 1 d 12 h, error from 3 d",
    },
    { given: { limits: { errorWithin: "P14D" } }, want: "error within 14 d" },
    { given: { limits: { warnAfter: "P1D" }, enabled: false }, want: "the rule is off" },
  ])("says $want", ({ given, want }) => {
    expect(sayLimits({ ...settings, ...given })).toBe(want);
  });
});

describe("worstOf()", () => {
  const episode = { firedDateTime: "2026-11-22T10:00:00Z", duration: "PT1H" };

  it.each([
    { severities: ["warning", "critical", "error"] as const, want: "critical" },
    { severities: ["info", "warning"] as const, want: "warning" },
    { severities: [] as const, want: undefined },
  ])("finds $want", ({ severities, want }) => {
    expect(worstOf(severities.map((severity) => ({ ...episode, severity })))).toBe(want);
  });
});
