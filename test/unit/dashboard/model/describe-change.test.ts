import { describe, expect, it } from "vitest";
import { describeChange, describeTold, isNews } from "../../../../dashboard/model/describe-change.ts";
import type { ChangeBody } from "../../../../src/http/contract/history.ts";

const { severity: _severity, ...CALM } = {
  type: "alert",
  ruleId: "sync-age",
  from: "firing",
  to: "firing",
  reason: "still-firing",
  severity: "info",
  told: [],
} as const;

const ALERT = {
  type: "alert",
  ruleId: "sync-age",
  from: "pending",
  to: "firing",
  reason: "confirmed",
  severity: "error",
  told: [{ channel: "ops", kind: "fired", reason: "first-firing" }],
} as const;

describe("describeChange()", () => {
  it.each<{ change: ChangeBody; want: string }>([
    { change: ALERT, want: "Sync age (error): from pending to firing, confirmed" },
    {
      change: CALM,
      want: "Sync age: still firing",
    },
    { change: { type: "appeared", returned: true }, want: "Is listed again" },
    { change: { type: "appeared", returned: false }, want: "Was seen for the first time" },
    { change: { type: "disappeared", reason: "absent" }, want: "Is no longer listed: absent" },
    { change: { type: "configuration", severity: "info", changes: ["a", "b"] }, want: "Configuration changed: a; b" },
    {
      change: { type: "standing", from: "active", to: "not-configured" },
      want: "Standing: from active to not configured",
    },
    {
      change: { type: "standing", from: "active", to: "ignored", reason: "lab" },
      want: "Standing: from active to ignored, lab",
    },
    { change: { type: "state", from: "enabled", to: "rejected" }, want: "Microsoft's state: from enabled to rejected" },
    {
      change: { type: "maintenance", began: [{ name: "a", match: {} }], ended: [{ name: "b", match: {} }] },
      want: "Maintenance window a began; Maintenance window b ended",
    },
    {
      change: {
        type: "suppression",
        ruleId: "sync-age",
        began: [{ kind: "flapping" }],
        ended: [{ kind: "inhibited", by: "expiry" }],
      },
      want: "Sync age is quiet: Comes and goes too often to be told each time; Sync age is no longer quiet (inhibited)",
    },
    {
      change: {
        type: "gap",
        fromDateTime: "2026-11-20T00:00:00Z",
        toDateTime: "2026-11-20T06:00:00Z",
        reason: "forbidden",
      },
      want: "Not seen from 2026-11-20 00:00:00 UTC to 2026-11-20 06:00:00 UTC: forbidden",
    },
  ])("says $want", ({ change, want }) => {
    expect(describeChange(change)).toBe(want);
  });
});

describe("describeTold()", () => {
  it("says who was told, and why where that is known", () => {
    const told = [...ALERT.told, { channel: "siem", kind: "fired" as const }];

    expect(describeTold({ ...ALERT, told })).toBe("ops: fired (first firing); siem: fired");
    expect(describeTold({ type: "appeared", returned: false })).toBe("");
  });
});

describe("isNews()", () => {
  it.each([
    { name: "a change of phase", change: { ...ALERT, told: [] }, want: true },
    { name: "a reminder", change: { ...ALERT, from: "firing" as const }, want: true },
    {
      name: "an alert that goes on and told nobody",
      change: { ...ALERT, from: "firing" as const, told: [] },
      want: false,
    },
    { name: "any other change", change: { type: "appeared" as const, returned: false }, want: true },
  ])("is $want for $name", ({ change, want }) => {
    expect(isNews(change)).toBe(want);
  });
});
