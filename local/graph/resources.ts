import type { SourcePath } from "./fault.schema.ts";

/** The API versions of Graph. */
export type ApiVersion = "v1.0" | "beta";

/** A way of reading connectorStatus: by its own path, by `$select` on deviceManagement, or with the bare deviceManagement. */
export type ConnectorStatusForm = "property" | "select" | "root";

/** What is not established about the real Graph. */
export interface Behaviour {
  /** The forms that work. @default all three */
  readonly connectorStatusForms: readonly ConnectorStatusForm[];
  /** Who may read connectorStatus: the roles of the reference page, or those of permissions.json. @default "page" */
  readonly connectorStatusRule: "page" | "any-intune-read";
  /** The answer to a query option other than `$select`. @default 400 */
  readonly refusedOptionStatus: 400 | 500;
}

/** Every form works, by the rule of the reference page. */
export const DEFAULT_BEHAVIOUR: Behaviour = {
  connectorStatusForms: ["property", "select", "root"],
  connectorStatusRule: "page",
  refusedOptionStatus: 400,
};

/** What a path reads: a list, or the singleton `deviceManagement` that holds connectorStatus. */
export interface Resource {
  readonly version: ApiVersion;
  readonly segment: SourcePath | "deviceManagement";
  /** The collection whose faults and permissions count. */
  readonly source: SourcePath;
  /** The type of a row, or of the singleton. */
  readonly type: string;
  /** The properties that `$select` may name. */
  readonly properties: readonly string[];
  /** What is shown without `$select`; all of a row in a list. */
  readonly shown?: readonly string[];
}

const DEVICE_PARTNER = [
  "id",
  "lastHeartbeatDateTime",
  "partnerState",
  "partnerAppType",
  "singleTenantAppId",
  "displayName",
  "isConfigured",
  "whenPartnerDevicesWillBeRemovedDateTime",
  "whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime",
  "groupsRequiringPartnerEnrollment",
];
const COMPLIANCE_PARTNER = ["id", "lastHeartbeatDateTime", "partnerState", "displayName"];
const CONNECTOR_STATUS = ["connectorName", "connectorInstanceId", "status", "eventDateTime"];

/** Returns the platforms that a compliance partner has fields for: linux is new in beta. Source: graph.md section 2.2. */
export function platformsOf(version: ApiVersion): readonly string[] {
  return version === "beta" ? ["macOs", "android", "ios", "linux"] : ["macOs", "android", "ios"];
}

/** Returns what a path such as `/beta/deviceManagement` reads, undefined when its version does not know it. */
export function resourceAt(pathname: string, behaviour: Behaviour): Resource | undefined {
  const [, version, root, segment = "deviceManagement", ...rest] = pathname.split("/");
  if ((version !== "v1.0" && version !== "beta") || root !== "deviceManagement" || rest.length > 0) {
    return undefined;
  }
  // v1.0 has no connectorStatus in any form. Source: reference/graph.md section 2.4.
  const forms = version === "beta" ? behaviour.connectorStatusForms : [];
  return resourcesOf(version, forms).find((resource) => resource.segment === segment);
}

function resourcesOf(version: ApiVersion, forms: readonly ConnectorStatusForm[]): readonly Resource[] {
  const platforms = platformsOf(version);
  const onboarding = platforms.flatMap((platform) => [`${platform}Onboarded`, `${platform}EnrollmentAssignments`]);
  const connectorStatus = { version, source: "connectorStatus" } as const;
  return [
    {
      version,
      segment: "deviceManagementPartners",
      source: "deviceManagementPartners",
      type: "deviceManagementPartner",
      properties: DEVICE_PARTNER,
    },
    {
      version,
      segment: "complianceManagementPartners",
      source: "complianceManagementPartners",
      type: "complianceManagementPartner",
      properties: [...COMPLIANCE_PARTNER, ...onboarding],
    },
    {
      ...connectorStatus,
      segment: "deviceManagement",
      type: "deviceManagement",
      properties: forms.includes("select") ? ["id", "connectorStatus"] : ["id"],
      shown: forms.includes("root") ? ["id", "connectorStatus"] : ["id"],
    },
    ...(forms.includes("property")
      ? [
          {
            ...connectorStatus,
            segment: "connectorStatus" as const,
            type: "connectorStatusDetails",
            properties: CONNECTOR_STATUS,
          },
        ]
      : []),
  ];
}
