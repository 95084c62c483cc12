import { describe, expect, it } from "vitest";
import { judgeStanding, type StandingContext } from "../../../../src/domain/connections/judge-standing.ts";
import type { PartnerReading, Reading } from "../../../../src/domain/connections/reading.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aCompliancePartner, aConnector, aPartner, aSource, aTenant, at, NOW_MS } from "./a-reading.ts";

const context: StandingContext = {
  ignore: [],
  watchedConnectors: [],
  nowMs: NOW_MS,
  observedAtMs: NOW_MS,
  wasKnown: false,
};

function judge(reading: Reading, more: Partial<StandingContext> = {}): string {
  const standing = judgeStanding(reading, { ...context, ...more });
  return "reason" in standing ? `${standing.standing}: ${standing.reason}` : standing.standing;
}

const ahead = at(NOW_MS + 1);
const longAgo = at(NOW_MS - 120 * DAY_MS - 1);

function severed(overrides: Partial<PartnerReading>): PartnerReading {
  return aPartner({ state: "terminated", lastContact: longAgo, ...overrides });
}

function unknown(overrides: Partial<PartnerReading> = {}): PartnerReading {
  return aCompliancePartner({ state: "unknown", lastContact: "never", ...overrides });
}

describe("judgeStanding()", () => {
  it.each([
    { name: "an enabled partner", reading: aPartner(), want: "active" },
    { name: "a tenant", reading: aTenant(), want: "active" },
    { name: "a source that was read", reading: aSource(), want: "active" },
    {
      name: "a source that the tenant does not have",
      reading: aSource({ outcome: "not-available", reason: "unlicensed" }),
      want: "not-configured: not-available",
    },
    {
      name: "isConfigured false",
      reading: aPartner({ isConfigured: false }),
      want: "not-configured: is-configured-false",
    },
    {
      name: "isConfigured false with a deadline ahead",
      reading: aPartner({ isConfigured: false, nonComplianceDeadline: ahead }),
      want: "active",
    },
    {
      name: "isConfigured false with a deadline that is now",
      reading: aPartner({ isConfigured: false, nonComplianceDeadline: at(NOW_MS) }),
      want: "not-configured: is-configured-false",
    },
    { name: "a compliance partner nobody onboarded", reading: unknown(), want: "not-configured: never-onboarded" },
    {
      name: "a compliance partner in a state nobody knows that never beat",
      reading: unknown({ stateAsSent: "notSetUp" }),
      want: "not-configured: never-onboarded",
    },
    { name: "an unknown partner that beats", reading: unknown({ lastContact: at(NOW_MS) }), want: "active" },
    { name: "an unknown partner that beat once", reading: unknown({ lastBeat: longAgo }), want: "active" },
    {
      name: "a row that could not be read",
      reading: unknown({ lastContact: undefined, problems: [{ code: "unreadable-row", property: "value" }] }),
      want: "active",
    },
    {
      name: "an unknown partner whose heartbeat is no date",
      reading: unknown({ lastContact: undefined, problems: [{ code: "bad-date", property: "lastHeartbeatDateTime" }] }),
      want: "active",
    },
    {
      name: "a management partner in state unknown",
      reading: aPartner({ state: "unknown", lastContact: "never" }),
      want: "active",
    },
    { name: "terminated and silent for over 120 days", reading: severed({}), want: "retired: severed-and-silent" },
    {
      name: "unresponsive and silent for over 120 days",
      reading: severed({ state: "unresponsive" }),
      want: "retired: severed-and-silent",
    },
    {
      name: "terminated and silent for 120 days",
      reading: severed({ lastContact: at(NOW_MS - 120 * DAY_MS) }),
      want: "active",
    },
    { name: "terminated and silent with a date ahead", reading: severed({ removalDeadline: ahead }), want: "active" },
    { name: "terminated that never beat", reading: severed({ lastContact: "never" }), want: "active" },
    {
      name: "terminated whose last beat was long ago",
      reading: severed({ lastContact: "never", lastBeat: longAgo }),
      want: "retired: severed-and-silent",
    },
    { name: "enabled and silent for over 120 days", reading: severed({ state: "enabled" }), want: "active" },
    {
      name: "removed over 7 days ago",
      reading: severed({ lastContact: at(NOW_MS - 50 * DAY_MS), removalDeadline: at(NOW_MS - 7 * DAY_MS - 1) }),
      want: "retired: removal-date-passed",
    },
    {
      name: "removed 7 days ago",
      reading: severed({ lastContact: at(NOW_MS - 50 * DAY_MS), removalDeadline: at(NOW_MS - 7 * DAY_MS) }),
      want: "active",
    },
    {
      name: "removed long ago, never heard of",
      reading: severed({ lastContact: "never", removalDeadline: at(NOW_MS - 30 * DAY_MS) }),
      want: "retired: removal-date-passed",
    },
    {
      name: "removed long ago, and heard of since",
      reading: aPartner({ lastContact: at(NOW_MS - HOUR_MS), removalDeadline: at(NOW_MS - 30 * DAY_MS) }),
      want: "active",
    },
    {
      name: "removed long ago, heard of since, and silent again for over 120 days",
      reading: aPartner({ lastContact: longAgo, removalDeadline: at(NOW_MS - 200 * DAY_MS) }),
      want: "retired: removal-date-passed",
    },
  ])("judges $name as $want", ({ reading, want }) => {
    expect(judge(reading)).toBe(want);
  });

  it("does not take our blindness for a partner's silence", () => {
    const reading = severed({ lastContact: at(NOW_MS - 119 * DAY_MS) });
    const removed = aPartner({ lastContact: reading.lastContact, removalDeadline: at(NOW_MS - 150 * DAY_MS) });

    const standings = [reading, removed].map((partner) => judge(partner, { nowMs: NOW_MS + 2 * DAY_MS }));

    expect(standings).toStrictEqual(["active", "active"]);
  });

  it("keeps a partner active that was known once", () => {
    expect(judge(unknown(), { wasKnown: true })).toBe("active");
  });

  it.each([
    { name: "its id", entry: { connection: "device-management-partner:*2" }, want: "ignored: old" },
    { name: "its name in any case", entry: { connection: "contoso*" }, want: "ignored: old" },
    {
      name: "its name and kind",
      entry: { connection: "contoso*", kind: "device-management-partner" as const },
      want: "ignored: old",
    },
    { name: "its name of another kind", entry: { connection: "contoso*", kind: "connector" as const }, want: "active" },
    { name: "another name", entry: { connection: "jamf" }, want: "active" },
  ])("judges a partner whose ignore entry names $name as $want", ({ entry, want }) => {
    expect(judge(aPartner(), { ignore: [{ ...entry, reason: "old" }] })).toBe(want);
  });

  it.each([
    "jamfLastSyncDateTime",
    "windowsStoreForBusinessLastSyncDateTime",
    "googlePlayConnectorLastModifiedDateTime",
  ])("leaves out %s until it is asked for", (connectorName) => {
    const standings = [
      judge(aConnector({ connectorName })),
      judge(aConnector({ connectorName }), { watchedConnectors: [connectorName] }),
    ];

    expect(standings).toStrictEqual([expect.stringContaining("ignored: off by default"), "active"]);
  });

  it.each(["vppTokenLastSyncDateTime", "aNameOfTheFuture"])("watches %s", (connectorName) => {
    expect(judge(aConnector({ connectorName }))).toBe("active");
  });
});
