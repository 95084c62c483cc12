import { describe, expect, it } from "vitest";
import { canSayDown, speaksOfDown, uptimeRatio } from "../../../../src/domain/history/uptime-part.ts";
import { RULE_IDS } from "../../../../src/domain/rules/rule.ts";

describe("speaksOfDown()", () => {
  it.each([
    { ruleId: "heartbeat-age", phase: "firing", severity: "error", want: true },
    { ruleId: "heartbeat-age", phase: "firing", severity: "critical", want: true },
    { ruleId: "heartbeat-age", phase: "firing", severity: "warning", want: false },
    { ruleId: "heartbeat-age", phase: "recovering", severity: "error", want: false },
    { ruleId: "heartbeat-age", phase: "pending", severity: "error", want: false },
    { ruleId: "heartbeat-age", phase: "firing", severity: undefined, want: false },
    { ruleId: "reported-health", phase: "firing", severity: "warning", want: true },
    { ruleId: "reported-health", phase: "firing", severity: "info", want: false },
    { ruleId: "connection-missing", phase: "firing", severity: "warning", want: true },
    { ruleId: "removal-deadline", phase: "firing", severity: "critical", want: false },
  ] as const)("says $want of $ruleId that is $phase with $severity", ({ ruleId, phase, severity, want }) => {
    const alert = severity === undefined ? { phase } : { phase, severity };

    expect(speaksOfDown(ruleId, alert)).toBe(want);
  });
});

describe("canSayDown()", () => {
  it("holds for the rules that the contract names, and for no other", () => {
    const named = ["partner-state", "heartbeat-age", "sync-age", "reported-health", "connection-missing"];

    expect(RULE_IDS.filter(canSayDown).toSorted()).toEqual(named.toSorted());
  });
});

describe("uptimeRatio()", () => {
  it.each([
    { upMs: 0, downMs: 0, want: undefined },
    { upMs: 3, downMs: 1, want: 0.75 },
    { upMs: 1_000_000, downMs: 1, want: 0.9999 },
    { upMs: 5, downMs: 0, want: 1 },
  ])("cuts $upMs up and $downMs down to $want", ({ upMs, downMs, want }) => {
    expect(uptimeRatio(upMs, downMs)).toBe(want);
  });
});
