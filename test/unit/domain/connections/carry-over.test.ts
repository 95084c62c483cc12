import { describe, expect, it } from "vitest";
import { carryOver } from "../../../../src/domain/connections/carry-over.ts";
import { parseSource } from "../../../../src/domain/connections/parse-source.ts";
import type { Reading } from "../../../../src/domain/connections/reading.ts";
import type { SourceId } from "../../../../src/domain/connections/source.ts";
import { toIso } from "../../../../src/domain/time.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aConnector, aPartner, aSource, at, NOW_MS, PARSE_CONTEXT } from "./a-reading.ts";

function read(sourceId: SourceId, row: object): Reading {
  const [reading] = parseSource({ sourceId, rows: [row] }, PARSE_CONTEXT);
  if (reading === undefined) throw new Error("a row makes a reading");
  return reading;
}

const partnerRow = {
  id: "a",
  displayName: "Jamf",
  partnerState: "enabled",
  lastHeartbeatDateTime: toIso(NOW_MS - HOUR_MS),
  isConfigured: true,
  partnerAppType: "singleTenantApp",
  singleTenantAppId: "app-1",
  whenPartnerDevicesWillBeRemovedDateTime: toIso(NOW_MS),
  whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: null,
  macOsOnboarded: true,
  macOsEnrollmentAssignments: [],
};

const connectorRow = {
  connectorName: "vppTokenLastSyncDateTime",
  status: "warning",
  eventDateTime: toIso(NOW_MS - HOUR_MS),
};

describe("carryOver()", () => {
  it("takes over every property of a partner that was not sent, and names it", () => {
    const before = read("deviceManagementPartners", partnerRow);
    const after = read("deviceManagementPartners", { id: "a" });

    const carried = carryOver(before, after);

    expect(carried).toStrictEqual({
      ...before,
      problems: after.problems,
      carriedOver: [
        "state",
        "isConfigured",
        "appType",
        "appId",
        "lastContact",
        "nonComplianceDeadline",
        "removalDeadline",
        "onboarded.macOs",
        "assignments.macOs",
      ],
    });
  });

  it("takes over what a connector's row did not send", () => {
    const before = read("connectorStatus", connectorRow);
    const after = read("connectorStatus", { connectorName: "vppTokenLastSyncDateTime" });

    const carried = carryOver(before, after);

    expect(carried).toStrictEqual({
      ...before,
      problems: after.problems,
      carriedOver: ["reportedHealth", "eventDate"],
    });
  });

  it("takes over a date in place of one that is none", () => {
    const before = read("deviceManagementPartners", partnerRow);
    const after = read("deviceManagementPartners", { ...partnerRow, lastHeartbeatDateTime: "2026-02-30T00:00:00Z" });

    const carried = carryOver(before, after);

    expect(carried).toMatchObject({ lastContact: at(NOW_MS - HOUR_MS), carriedOver: ["lastContact"] });
  });

  it.each([
    { name: "a deadline lifted by null", row: { whenPartnerDevicesWillBeRemovedDateTime: null } },
    { name: "a state with a new name", row: { partnerState: "quarantined" } },
    {
      name: "an app that is no longer single-tenant",
      row: { partnerAppType: "multiTenantApp", singleTenantAppId: null },
    },
    { name: "assignments taken away by null", row: { macOsEnrollmentAssignments: null } },
    { name: "everything as before", row: {} },
  ])("takes nothing over for $name", ({ row }) => {
    const before = read("deviceManagementPartners", partnerRow);
    const after = read("deviceManagementPartners", { ...partnerRow, ...row });

    const carried = carryOver(before, after);

    expect(carried).toStrictEqual(after);
  });

  it("remembers the last beat while the date says never", () => {
    const silent = aPartner({ lastContact: "never" });

    const once = carryOver(aPartner({ lastContact: at(NOW_MS) }), silent);
    const twice = carryOver(once, silent);
    const again = carryOver(twice, aPartner({ lastContact: at(NOW_MS + HOUR_MS) }));

    expect(twice).toStrictEqual({ ...silent, lastBeat: at(NOW_MS) });
    expect(again).toStrictEqual(aPartner({ lastContact: at(NOW_MS + HOUR_MS) }));
  });

  it("keeps the name of a partner whose name was not sent", () => {
    const carried = carryOver(
      aPartner({ displayName: "Jamf", connectionId: "device-management-partner:a" }),
      aPartner({ displayName: "a", connectionId: "device-management-partner:a" }),
    );

    expect(carried.displayName).toBe("Jamf");
  });

  it.each([
    {
      name: "a row that has no id",
      current: aPartner({ isConfigured: false, problems: [{ code: "missing-id", property: "id" }] }),
    },
    { name: "another kind", current: aConnector() },
    { name: "a reading of ours", current: aSource() },
  ])("takes nothing over for $name", ({ current }) => {
    const carried = carryOver(aPartner({ appType: "singleTenantApp" }), current);

    expect(carried).toBe(current);
  });
});
