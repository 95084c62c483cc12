import { describe, expect, it } from "vitest";
import { DEFAULT_BEHAVIOUR, resourceAt } from "../../../../local/graph/resources.ts";

describe("resourceAt()", () => {
  it.each([
    { path: "/v1.0/deviceManagement/deviceManagementPartners", source: "deviceManagementPartners" },
    { path: "/beta/deviceManagement/deviceManagementPartners", source: "deviceManagementPartners" },
    { path: "/v1.0/deviceManagement/complianceManagementPartners", source: "complianceManagementPartners" },
    { path: "/beta/deviceManagement/connectorStatus", source: "connectorStatus" },
    { path: "/beta/deviceManagement", source: "connectorStatus" },
    { path: "/v1.0/deviceManagement", source: "connectorStatus" },
    { path: "/v1.0/deviceManagement/connectorStatus", source: undefined },
    { path: "/v1.0/deviceManagement/ndesConnectors", source: undefined },
    { path: "/v2.0/deviceManagement/deviceManagementPartners", source: undefined },
    { path: "/v1.0/deviceManagement/deviceManagementPartners/", source: undefined },
    { path: "/v1.0/deviceManagement/deviceManagementPartners/x", source: undefined },
    { path: "/v1.0/deviceAppManagement/deviceManagementPartners", source: undefined },
    { path: "/", source: undefined },
  ])("knows $path as $source", ({ path, source }) => {
    expect(resourceAt(path, DEFAULT_BEHAVIOUR)?.source).toBe(source);
  });

  it.each([
    { path: "/v1.0/deviceManagement/complianceManagementPartners", property: "macOsOnboarded", want: true },
    { path: "/v1.0/deviceManagement/complianceManagementPartners", property: "linuxOnboarded", want: false },
    { path: "/beta/deviceManagement/complianceManagementPartners", property: "linuxOnboarded", want: true },
    { path: "/v1.0/deviceManagement", property: "connectorStatus", want: false },
    { path: "/beta/deviceManagement", property: "connectorStatus", want: true },
    { path: "/beta/deviceManagement/connectorStatus", property: "eventDateTime", want: true },
  ])("lets $path select $property: $want", ({ path, property, want }) => {
    expect(resourceAt(path, DEFAULT_BEHAVIOUR)?.properties.includes(property)).toBe(want);
  });

  it.each([
    { form: "property", path: true, select: false, root: false },
    { form: "select", path: false, select: true, root: false },
    { form: "root", path: false, select: false, root: true },
  ] as const)("works with only the form $form", ({ form, path, select, root }) => {
    const behaviour = { ...DEFAULT_BEHAVIOUR, connectorStatusForms: [form] };

    const singleton = resourceAt("/beta/deviceManagement", behaviour);

    expect(resourceAt("/beta/deviceManagement/connectorStatus", behaviour) !== undefined).toBe(path);
    expect(singleton?.properties.includes("connectorStatus")).toBe(select);
    expect(singleton?.shown?.includes("connectorStatus")).toBe(root);
  });
});
