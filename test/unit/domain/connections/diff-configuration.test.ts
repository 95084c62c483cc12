import { describe, expect, it } from "vitest";
import { diffConfiguration } from "../../../../src/domain/connections/diff-configuration.ts";
import type { Assignments, PartnerReading } from "../../../../src/domain/connections/reading.ts";
import { aCompliancePartner, aConnector, aPartner, at, NOW_MS } from "./a-reading.ts";

function anAssignment(count: number, digest = `digest of ${count}`): Assignments {
  return { targets: [], count, digest };
}

interface Case {
  readonly name: string;
  readonly before: Partial<PartnerReading>;
  readonly after: Partial<PartnerReading>;
  readonly severity: "info" | "warning";
  readonly change: string;
}

const cases: readonly Case[] = [
  {
    name: "isConfigured turned off",
    before: { isConfigured: true },
    after: { isConfigured: false },
    severity: "warning",
    change: "isConfigured true → false",
  },
  {
    name: "isConfigured turned on",
    before: { isConfigured: false },
    after: { isConfigured: true },
    severity: "info",
    change: "isConfigured false → true",
  },
  {
    name: "a platform turned off",
    before: { onboarded: { ios: true } },
    after: { onboarded: { ios: false } },
    severity: "warning",
    change: "ios onboarded true → false",
  },
  {
    name: "assignments emptied",
    before: { assignments: { enrollment: anAssignment(2) } },
    after: { assignments: { enrollment: anAssignment(0) } },
    severity: "warning",
    change: "enrollment assignments 2 → 0",
  },
  {
    name: "assignments added",
    before: { assignments: { macOs: anAssignment(2) } },
    after: { assignments: { macOs: anAssignment(3) } },
    severity: "info",
    change: "macOs assignments 2 → 3",
  },
  {
    name: "assignments replaced",
    before: { assignments: { macOs: anAssignment(2, "a") } },
    after: { assignments: { macOs: anAssignment(2, "b") } },
    severity: "info",
    change: "macOs assignments changed",
  },
  {
    name: "a new name",
    before: { displayName: "Jamf" },
    after: { displayName: "Jamf Pro" },
    severity: "info",
    change: "displayName Jamf → Jamf Pro",
  },
  {
    name: "another app",
    before: { appId: "a" },
    after: { appId: "b" },
    severity: "info",
    change: "singleTenantAppId a → b",
  },
];

describe("diffConfiguration()", () => {
  it.each(cases)("tells of $name as $severity", ({ before, after, severity, change }) => {
    const difference = diffConfiguration(aPartner(before), aPartner(after));

    expect(difference).toStrictEqual({ severity, changes: [change] });
  });

  it.each([
    {
      name: "state and dates",
      after: aPartner({ state: "terminated", lastContact: at(NOW_MS), removalDeadline: at(NOW_MS) }),
    },
    { name: "a flag that is not read any more", after: aPartner({}) },
    { name: "another kind", after: aConnector() },
    {
      name: "a row without an id",
      after: aPartner({ isConfigured: false, problems: [{ code: "missing-id", property: "id" }] }),
    },
  ])("finds no change in $name", ({ after }) => {
    const { isConfigured: _, ...unread } = aPartner();

    const difference = diffConfiguration(unread, after);

    expect(difference).toBeUndefined();
  });

  it("finds no change in a platform or list that one of the readings lacks", () => {
    const full = aCompliancePartner({ onboarded: { ios: true }, assignments: { ios: anAssignment(1) } });
    const bare = aCompliancePartner({ onboarded: {}, assignments: {} });

    const differences = [diffConfiguration(full, bare), diffConfiguration(bare, full)];

    expect(differences).toStrictEqual([undefined, undefined]);
  });

  it("names the gravest first, at most 5, each value at most 48 characters", () => {
    const before = aPartner({
      displayName: "a".repeat(200),
      appId: "a",
      appType: "x",
      onboarded: { ios: false, android: false, macOs: true },
    });
    const after = aPartner({
      displayName: "b",
      appId: "b",
      appType: "y",
      onboarded: { ios: true, android: true, macOs: false },
    });

    const difference = diffConfiguration(before, after);

    expect(difference?.severity).toBe("warning");
    expect(difference?.changes).toStrictEqual([
      "macOs onboarded true → false",
      "android onboarded false → true",
      "ios onboarded false → true",
      `displayName ${"a".repeat(47)}… → b`,
      "and 2 more",
    ]);
  });
});
