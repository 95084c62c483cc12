import { describe, expect, it } from "vitest";
import { parsePartners } from "../../../../src/domain/connections/parse-partners.ts";
import type { PartnerKind, PartnerReading, ReadDate } from "../../../../src/domain/connections/reading.ts";
import { toIso } from "../../../../src/domain/time.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { digest } from "../../../builders/a-policy.ts";
import { at, NOW_MS, PARSE_CONTEXT } from "./a-reading.ts";

const row = { id: "a", displayName: "Jamf", partnerState: "enabled", lastHeartbeatDateTime: toIso(NOW_MS - HOUR_MS) };

function parse(rows: readonly unknown[], kind: PartnerKind = "device-management-partner"): readonly PartnerReading[] {
  return parsePartners(rows, kind, PARSE_CONTEXT);
}

function dateText(date: ReadDate): string | undefined {
  return typeof date === "object" ? date.asSent : date;
}

describe("parsePartners()", () => {
  it("reads every documented property of a management partner", () => {
    const [reading] = parse([
      {
        ...row,
        isConfigured: true,
        partnerAppType: "singleTenantApp",
        singleTenantAppId: "app-1",
        whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: "2026-08-02T16:00:00Z",
        whenPartnerDevicesWillBeRemovedDateTime: null,
        groupsRequiringPartnerEnrollment: [
          { target: { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" } },
        ],
        notInAnyMetadata: 1,
      },
    ]);

    expect(reading).toStrictEqual({
      kind: "device-management-partner",
      connectionId: "device-management-partner:a",
      displayName: "Jamf",
      state: "enabled",
      lastContact: at(NOW_MS - HOUR_MS),
      isConfigured: true,
      appType: "singleTenantApp",
      appId: "app-1",
      nonComplianceDeadline: { atMs: Date.parse("2026-08-02T16:00:00Z"), asSent: "2026-08-02T16:00:00Z" },
      removalDeadline: "never",
      onboarded: {},
      assignments: {
        enrollment: {
          targets: [{ type: "allLicensedUsersAssignmentTarget" }],
          count: 1,
          digest: digest('{"filterType":null,"targetType":null,"type":"allLicensedUsersAssignmentTarget"}'),
        },
      },
      problems: [],
    });
  });

  it("reads the platforms that a compliance partner's payload has, and no others", () => {
    const [reading] = parse(
      [{ ...row, macOsOnboarded: true, linuxOnboarded: false, windowsOnboarded: true, linuxEnrollmentAssignments: [] }],
      "compliance-management-partner",
    );

    expect(reading?.connectionId).toBe("compliance-management-partner:a");
    expect(reading?.onboarded).toStrictEqual({ macOs: true, linux: false, windows: true });
    expect(Object.keys(reading?.assignments ?? {})).toStrictEqual(["linux"]);
  });

  it.each([
    {
      name: "the new name where both were sent",
      sent: {
        whenPartnerDevicesWillBeRemoved: "2026-01-01T00:00:00Z",
        whenPartnerDevicesWillBeRemovedDateTime: "2026-02-02T00:00:00Z",
      },
      want: "2026-02-02T00:00:00Z",
    },
    {
      name: "never from the new name where both were sent",
      sent: {
        whenPartnerDevicesWillBeRemoved: "2026-01-01T00:00:00Z",
        whenPartnerDevicesWillBeRemovedDateTime: null,
      },
      want: "never",
    },
    {
      name: "the old name where it is alone",
      sent: { whenPartnerDevicesWillBeRemoved: "2026-01-01T00:00:00Z" },
      want: "2026-01-01T00:00:00Z",
    },
    { name: "nothing where neither was sent", sent: {}, want: undefined },
  ])("takes the removal date from $name", ({ sent, want }) => {
    const [reading] = parse([{ ...row, ...sent }]);

    expect(dateText(reading?.removalDeadline)).toBe(want);
  });

  it("takes the old name of the noncompliance date too", () => {
    const [reading] = parse([{ ...row, whenPartnerDevicesWillBeMarkedAsNonCompliant: "2026-01-01T00:00:00Z" }]);

    expect(reading?.nonComplianceDeadline).toMatchObject({ asSent: "2026-01-01T00:00:00Z" });
  });

  it.each([
    { sent: 5, state: "unresponsive", asSent: undefined },
    { sent: "quarantined", state: "unknown", asSent: "quarantined" },
    { sent: 9, state: "unknown", asSent: "9" },
  ])("reads the state $sent as $state", ({ sent, state, asSent }) => {
    const [reading] = parse([{ ...row, partnerState: sent }]);

    expect(reading?.state).toBe(state);
    expect(reading?.stateAsSent).toBe(asSent);
  });

  it("keeps what can be read of a row whose other values are wrong", () => {
    const [reading] = parse([
      { ...row, lastHeartbeatDateTime: "String", isConfigured: "yes", iosEnrollmentAssignments: 1 },
    ]);

    expect(reading).toMatchObject({ displayName: "Jamf", state: "enabled", lastContact: undefined });
    expect(reading?.problems.map(({ code, property }) => `${code} ${property}`)).toStrictEqual([
      "bad-date lastHeartbeatDateTime",
      "bad-value isConfigured",
      "bad-value iosEnrollmentAssignments",
    ]);
  });

  it("names what Graph promises and did not send", () => {
    const [reading] = parse([{ id: "a" }]);

    expect(reading?.displayName).toBe("a");
    expect(reading?.problems).toStrictEqual([
      { code: "bad-value", property: "lastHeartbeatDateTime" },
      { code: "bad-value", property: "partnerState" },
    ]);
  });

  it("gives a nameless row the same connection when its content moves", () => {
    const { id: _, ...nameless } = row;

    const before = parse([nameless]);
    const after = parse([{ ...nameless, lastHeartbeatDateTime: toIso(NOW_MS) }]);

    expect(before[0]?.connectionId).toBe("device-management-partner:unreadable-1");
    expect(after[0]?.connectionId).toBe(before[0]?.connectionId);
    expect(before[0]).toMatchObject({ displayName: "Jamf", problems: [{ code: "missing-id" }] });
  });

  it("leaves the neighbours of a bad row unharmed", () => {
    const readings = parse([null, row, "text", { ...row, id: "b" }]);

    expect(readings.map(({ connectionId, problems }) => [connectionId, problems[0]?.code])).toStrictEqual([
      ["device-management-partner:unreadable-1", "unreadable-row"],
      ["device-management-partner:a", undefined],
      ["device-management-partner:unreadable-2", "unreadable-row"],
      ["device-management-partner:b", undefined],
    ]);
  });

  it.each([
    { name: "the second", beats: [NOW_MS - HOUR_MS, NOW_MS - MINUTE_MS], want: "second" },
    { name: "the first", beats: [NOW_MS - MINUTE_MS, NOW_MS - HOUR_MS], want: "first" },
    { name: "the first of equals", beats: [NOW_MS, NOW_MS], want: "first" },
  ])("keeps $name of two rows with one id by the newest contact", ({ beats, want }) => {
    const [first, second] = beats.map((beatMs) => toIso(beatMs ?? 0));

    const readings = parse([
      { ...row, displayName: "first", lastHeartbeatDateTime: first },
      { ...row, displayName: "second", lastHeartbeatDateTime: second },
    ]);

    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({
      displayName: want,
      problems: [{ code: "duplicate-id", property: "id", asSent: "a" }],
    });
  });

  it("keeps a contact over never", () => {
    const readings = parse([{ ...row, lastHeartbeatDateTime: null }, row, { ...row, lastHeartbeatDateTime: null }]);

    expect(readings).toHaveLength(1);
    expect(readings[0]?.lastContact).toStrictEqual(at(NOW_MS - HOUR_MS));
  });

  it("keeps two partners of one name apart", () => {
    const readings = parse([row, { ...row, id: "b" }]);

    expect(readings.map(({ displayName }) => displayName)).toStrictEqual(["Jamf", "Jamf"]);
  });
});
