import { describe, expect, it } from "vitest";
import { readScopes, writeScopes } from "../../../../local/graph/permissions.ts";
import { DEFAULT_BEHAVIOUR, resourceAt } from "../../../../local/graph/resources.ts";

const SERVICE = "DeviceManagementServiceConfig.Read.All";
const CONFIGURATION = "DeviceManagementConfiguration.Read.All";
const DEVICES = "DeviceManagementManagedDevices.Read.All";
const APPS = "DeviceManagementApps.Read.All";

describe("readScopes()", () => {
  it.each([
    { path: "/v1.0/deviceManagement/deviceManagementPartners", rule: "page", want: [SERVICE, CONFIGURATION] },
    { path: "/beta/deviceManagement/complianceManagementPartners", rule: "page", want: [SERVICE, CONFIGURATION] },
    {
      path: "/beta/deviceManagement/complianceManagementPartners",
      rule: "any-intune-read",
      want: [SERVICE, CONFIGURATION],
    },
    { path: "/beta/deviceManagement/connectorStatus", rule: "page", want: [CONFIGURATION, DEVICES] },
    { path: "/beta/deviceManagement", rule: "page", want: [CONFIGURATION, DEVICES] },
    { path: "/beta/deviceManagement", rule: "any-intune-read", want: [SERVICE, CONFIGURATION, DEVICES, APPS] },
  ] as const)("wants one of $want for $path by the rule $rule", ({ path, rule, want }) => {
    const resource = resourceAt(path, DEFAULT_BEHAVIOUR);

    const scopes = resource === undefined ? [] : readScopes(resource, rule);

    expect([SERVICE, CONFIGURATION, DEVICES, APPS].filter((scope) => scopes.includes(scope))).toEqual(want);
    expect(scopes).toContain("DeviceManagementConfiguration.ReadWrite.All");
  });
});

describe("writeScopes()", () => {
  it.each([
    { path: "/v1.0/deviceManagement/deviceManagementPartners/x/terminate", want: true },
    { path: "/v1.0/deviceManagement/deviceManagementPartners/x", want: false },
    { path: "/v1.0/deviceManagement/complianceManagementPartners/x/terminate", want: false },
    { path: "/v1.0/$batch", want: false },
  ])("lets a read role write $path: $want", ({ path, want }) => {
    expect(writeScopes(path).includes(SERVICE)).toBe(want);
    expect(writeScopes(path)).toContain("DeviceManagementServiceConfig.ReadWrite.All");
  });
});
