import { describe, expect, it } from "vitest";
import type { RulePolicy } from "../../../../src/domain/rules/resolve-settings.ts";
import { ruleLimitsOf, thresholdsOf } from "../../../../src/domain/rules/thresholds-of.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aConnector, aPartner, aSource } from "../../http/builders.ts";

const policy: RulePolicy = { preset: "recommended", rules: {}, overrides: [] };

function said(...args: Parameters<typeof thresholdsOf>): readonly string[] {
  return thresholdsOf(...args).map(
    ({ ruleId, severity, side, ms }) => `${ruleId} ${severity} ${side} ${ms / HOUR_MS} h`,
  );
}

const HEARTBEAT = ["heartbeat-age warning after 36 h", "heartbeat-age error from 72 h"];

describe("thresholdsOf()", () => {
  it.each([
    { name: "a compliance partner", reading: aPartner(), want: HEARTBEAT },
    { name: "a heartbeat connector", reading: aConnector({ meaning: "heartbeat" }), want: HEARTBEAT },
    {
      name: "mobile threat defense",
      reading: aConnector({ meaning: "heartbeat", connectorName: "mobileThreatDefenceConnectorLastHeartbeatDateTime" }),
      want: [...HEARTBEAT, "heartbeat-age critical from 168 h"],
    },
    {
      name: "a syncing connector",
      reading: aConnector({ meaning: "sync" }),
      want: ["sync-age warning after 36 h", "sync-age error from 72 h"],
    },
    {
      name: "an expiring connector",
      reading: aConnector({ meaning: "expiry" }),
      want: ["expiry warning within 720 h", "expiry error within 168 h", "expiry critical within 24 h"],
    },
    { name: "a connector whose date says nothing", reading: aConnector({ meaning: "none" }), want: [] },
    { name: "a source", reading: aSource("connectorStatus"), want: [] },
  ])("lists the limits of $name", ({ reading, want }) => {
    expect(said(reading, policy)).toEqual(want);
  });

  it("lists both deadlines of a device management partner beside its heartbeat", () => {
    const ruleIds = thresholdsOf(aPartner({ kind: "device-management-partner" }), policy).map(({ ruleId }) => ruleId);

    expect([...new Set(ruleIds)]).toEqual(["heartbeat-age", "noncompliance-deadline", "removal-deadline"]);
  });

  it("follows the policy, and leaves out a rule that is off", () => {
    const relaxed: RulePolicy = { ...policy, preset: "relaxed" };
    const off: RulePolicy = { ...policy, rules: { "heartbeat-age": { enabled: false } } };

    expect(said(aPartner(), relaxed)).toEqual(["heartbeat-age warning after 72 h", "heartbeat-age error from 144 h"]);
    expect(said(aPartner(), off)).toEqual([]);
  });
});

describe("ruleLimitsOf()", () => {
  it("lists all limits that a rule knows, those that do not count for this connection too", () => {
    expect(ruleLimitsOf(aPartner(), policy)).toEqual([
      {
        ruleId: "heartbeat-age",
        enabled: true,
        limits: { warnAfterMs: 36 * HOUR_MS, errorFromMs: 72 * HOUR_MS, criticalFromMs: 168 * HOUR_MS },
      },
    ]);
  });

  it("lists steps that are off as undefined", () => {
    const [expiry] = ruleLimitsOf(aConnector({ meaning: "expiry" }), { ...policy, preset: "microsoft" });

    expect(Object.entries(expiry?.limits ?? {})).toEqual([
      ["warnWithinMs", 168 * HOUR_MS],
      ["errorWithinMs", 0],
      ["criticalWithinMs", undefined],
    ]);
  });

  it("lists a rule that is off, by what it would judge", () => {
    const off: RulePolicy = { ...policy, rules: { "heartbeat-age": { enabled: false, limits: { warnAfterMs: 1 } } } };

    expect(ruleLimitsOf(aPartner(), off)).toMatchObject([{ enabled: false, limits: { warnAfterMs: 1 } }]);
  });

  it("lists none of what has no age and no date", () => {
    expect(ruleLimitsOf(aSource("connectorStatus"), policy)).toEqual([]);
  });
});
