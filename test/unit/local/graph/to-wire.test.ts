import { describe, expect, it } from "vitest";
import { wireRows } from "../../../../local/graph/to-wire.ts";
import type {
  CompliancePartnerRow,
  ConnectorRow,
  Corruption,
  DevicePartnerRow,
} from "../../../../local/scenarios/rows.ts";
import type { TenantState } from "../../../../local/scenarios/state-at.ts";

const ZERO_MS = Date.UTC(2026, 6, 23, 17);
const GROUP = "00000000-0000-4000-8000-000000003001";

const NOTHING: TenantState = { deviceManagementPartners: [], complianceManagementPartners: [], connectorStatus: [] };

function aDevicePartner(row: Partial<DevicePartnerRow> = {}): DevicePartnerRow {
  return {
    id: "1",
    name: "Bridge",
    state: "enabled",
    lastBeatMs: 0,
    assignments: [],
    corruption: undefined,
    appId: undefined,
    isConfigured: true,
    removalMs: undefined,
    noncomplianceMs: undefined,
    ...row,
  };
}

function wireDevice(row: Partial<DevicePartnerRow>, version: "v1.0" | "beta" = "v1.0") {
  const state = { ...NOTHING, deviceManagementPartners: [aDevicePartner(row)] };
  return wireRows(state, "deviceManagementPartners", { version, zeroMs: ZERO_MS })[0] ?? {};
}

function wireCompliance(row: Partial<CompliancePartnerRow>, version: "v1.0" | "beta") {
  const { appId: _, isConfigured: __, removalMs: ___, noncomplianceMs: ____, ...partner } = aDevicePartner();
  const state = { ...NOTHING, complianceManagementPartners: [{ ...partner, platforms: [], ...row }] };
  return wireRows(state, "complianceManagementPartners", { version, zeroMs: ZERO_MS })[0] ?? {};
}

function wireConnector(row: Partial<ConnectorRow>) {
  const whole = {
    connectorName: "n",
    instanceId: undefined,
    status: "healthy",
    eventMs: 0,
    corruption: undefined,
  } as const;
  const state = { ...NOTHING, connectorStatus: [{ ...whole, ...row }] };
  return wireRows(state, "connectorStatus", { version: "beta", zeroMs: ZERO_MS })[0] ?? {};
}

describe("wireRows() of deviceManagementPartners", () => {
  it("writes every documented field and no other", () => {
    const row = wireDevice({
      appId: "app",
      removalMs: 86_400_000,
      noncomplianceMs: 3_600_000,
      assignments: ["all-users"],
    });

    expect(row).toEqual({
      id: "1",
      lastHeartbeatDateTime: "2026-07-23T17:00:00Z",
      partnerState: "enabled",
      partnerAppType: "singleTenantApp",
      singleTenantAppId: "app",
      displayName: "Bridge",
      isConfigured: true,
      whenPartnerDevicesWillBeRemovedDateTime: "2026-07-24T17:00:00Z",
      whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: "2026-07-23T18:00:00Z",
      groupsRequiringPartnerEnrollment: [
        { target: { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" } },
      ],
    });
  });

  it("writes never as year 1 and a missing deadline as null", () => {
    expect(wireDevice({ lastBeatMs: undefined })).toMatchObject({
      lastHeartbeatDateTime: "0001-01-01T00:00:00Z",
      whenPartnerDevicesWillBeRemovedDateTime: null,
      whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: null,
      partnerAppType: "multiTenantApp",
      singleTenantAppId: null,
    });
  });

  it("writes 7 digits where there is a fraction of a second", () => {
    expect(wireDevice({ lastBeatMs: 123 })["lastHeartbeatDateTime"]).toBe("2026-07-23T17:00:00.1230000Z");
  });

  it.each([
    { text: "all-devices", type: "allDevicesAssignmentTarget", rest: {} },
    { text: `group:${GROUP}`, type: "groupAssignmentTarget", rest: { groupId: GROUP } },
    { text: `not-group:${GROUP}`, type: "exclusionGroupAssignmentTarget", rest: { groupId: GROUP } },
  ])("writes $text as $type, on beta with the filter fields", ({ text, type, rest }) => {
    const target = { "@odata.type": `#microsoft.graph.${type}`, ...rest };
    const filter = {
      deviceAndAppManagementAssignmentFilterId: null,
      deviceAndAppManagementAssignmentFilterType: "none",
    };
    const key = "groupsRequiringPartnerEnrollment";

    expect(wireDevice({ assignments: [text] })[key]).toEqual([{ target }]);
    expect(wireDevice({ assignments: [text] }, "beta")[key]).toEqual([{ target: { ...target, ...filter } }]);
  });

  it("lays corrupt fields over the row and leaves others out", () => {
    const corruption: Corruption = {
      at: "P1D",
      do: "corrupt",
      fields: { lastHeartbeatDateTime: "2026-02-30T00:00:00Z", partnerState: 5, surprise: true },
      omit: ["displayName"],
    };

    const row = wireDevice({ corruption });

    expect(row).toMatchObject({
      id: "1",
      lastHeartbeatDateTime: "2026-02-30T00:00:00Z",
      partnerState: 5,
      surprise: true,
    });
    expect(row).not.toHaveProperty("displayName");
  });
});

describe("wireRows() of complianceManagementPartners", () => {
  it("assigns to the onboarded platforms only", () => {
    const target = { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" };

    expect(wireCompliance({ platforms: ["ios"], assignments: ["all-users"] }, "v1.0")).toEqual({
      id: "1",
      lastHeartbeatDateTime: "2026-07-23T17:00:00Z",
      partnerState: "enabled",
      displayName: "Bridge",
      macOsOnboarded: false,
      androidOnboarded: false,
      iosOnboarded: true,
      macOsEnrollmentAssignments: [],
      androidEnrollmentAssignments: [],
      iosEnrollmentAssignments: [{ target }],
    });
  });

  it("has linux fields on beta only", () => {
    expect(wireCompliance({ platforms: ["linux"] }, "beta")).toMatchObject({ linuxOnboarded: true });
    expect(wireCompliance({ platforms: ["linux"] }, "v1.0")).not.toHaveProperty("linuxOnboarded");
  });
});

describe("wireRows() of connectorStatus", () => {
  it.each([
    { row: {}, instance: null, event: "2026-07-23T17:00:00Z" },
    { row: { instanceId: "i", eventMs: undefined }, instance: "i", event: "0001-01-01T00:00:00Z" },
  ])("writes $row", ({ row, instance, event }) => {
    expect(wireConnector(row)).toEqual({
      connectorName: "n",
      connectorInstanceId: instance,
      status: "healthy",
      eventDateTime: event,
    });
  });
});
