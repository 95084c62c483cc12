import type { SourceId } from "../../../../src/domain/connections/source.ts";
import type { RuleId } from "../../../../src/domain/rules/rule.ts";

/** Something said of each rule that has something to say. */
export type ByRule<T> = Readonly<Partial<Record<RuleId, T>>>;

/** What a row reads as: everything that is not ok, and how old or how far away its date is. */
export interface ReadsAs {
  readonly name: string;
  /** With its reason, where it is not active. */
  readonly standing?: string;
  readonly breaches?: ByRule<string>;
  readonly unknown?: ByRule<string>;
  /** By the rules that measure one, to two decimals; below 0 when a date has passed. */
  readonly days?: ByRule<number>;
}

/** A sample file, read as rows of a source. */
export interface Sample {
  readonly file: string;
  readonly sourceId: SourceId;
  readonly evaluatedAtMs?: number;
  readonly rows: readonly ReadsAs[];
}

/** Ours, evaluated at 2026-07-23T17:00:00Z. */
export const CONSTRUCTED: readonly Sample[] = [
  {
    file: "constructed/device-management-partners.v1.json",
    sourceId: "deviceManagementPartners",
    rows: [
      {
        name: "Jamf",
        breaches: {
          "partner-state": "error: terminated",
          "heartbeat-age": "error: silent",
          "removal-deadline": "warning: date-set",
        },
        days: { "heartbeat-age": 33.36, "removal-deadline": 56.64 },
      },
      { name: "Contoso Endpoint Bridge", days: { "heartbeat-age": 0.01 } },
      { name: "Fabrikam Device Manager", standing: "not-configured: is-configured-false" },
    ],
  },
  {
    file: "constructed/device-management-partners.deadlines.v1.json",
    sourceId: "deviceManagementPartners",
    rows: [
      {
        name: "Contoso Mac Management",
        breaches: {
          "partner-state": "critical: unresponsive",
          "heartbeat-age": "error: silent",
          "noncompliance-deadline": "error: date-near",
          "removal-deadline": "warning: date-set",
        },
        days: { "heartbeat-age": 7.04, "noncompliance-deadline": 9.96, "removal-deadline": 82.96 },
      },
      {
        name: "Fabrikam Device Bridge",
        breaches: {
          "partner-state": "error: terminated",
          "heartbeat-age": "error: silent",
          "removal-deadline": "critical: date-near",
        },
        days: { "heartbeat-age": 85.37, "removal-deadline": 4.64 },
      },
      {
        name: "Northwind Mobile",
        breaches: {
          "partner-state": "error: terminated",
          "heartbeat-age": "error: silent",
          "noncompliance-deadline": "critical: date-passed",
          "removal-deadline": "critical: date-passed",
        },
        days: { "heartbeat-age": 93.29, "noncompliance-deadline": -33.29, "removal-deadline": -3.29 },
      },
      {
        name: "Tailspin Connect",
        breaches: { "noncompliance-deadline": "warning: date-set" },
        days: { "heartbeat-age": 0.02, "noncompliance-deadline": 39.21 },
      },
    ],
  },
  {
    file: "constructed/compliance-management-partners.v1.json",
    sourceId: "complianceManagementPartners",
    rows: [
      { name: "Jamf Device Compliance", days: { "heartbeat-age": 0.01 } },
      {
        name: "VMware Workspace ONE UEM",
        breaches: { "partner-state": "critical: unresponsive", "heartbeat-age": "error: silent" },
        days: { "heartbeat-age": 12.56 },
      },
      { name: "Kandji", days: { "heartbeat-age": 1.31 } },
      { name: "SOTI MobiControl", standing: "not-configured: never-onboarded" },
    ],
  },
  {
    file: "constructed/compliance-management-partners.beta.json",
    sourceId: "complianceManagementPartners",
    rows: [{ name: "42Gears SureMDM", days: { "heartbeat-age": 0.03 } }],
  },
  {
    file: "constructed/connector-status.beta.json",
    sourceId: "connectorStatus",
    rows: [
      {
        name: "Apple MDM push certificate",
        breaches: { expiry: "error: expires-soon", "reported-health": "info: reported-warning" },
        days: { expiry: 4.9 },
      },
      { name: "Apple VPP token expiry", days: { expiry: 64.01 } },
      { name: "Apple VPP token sync", days: { "sync-age": 0.09 } },
      {
        name: "Windows Autopilot sync",
        breaches: { "reported-health": "info: reported-warning" },
        days: { "sync-age": 1.49 },
      },
      {
        name: "Microsoft Store for Business sync",
        standing: "ignored: off by default: Microsoft Store for Business is a retired service",
      },
      {
        name: "Jamf sync (legacy macOS integration)",
        standing: "ignored: off by default: the legacy Jamf macOS integration is unsupported since 1 September 2024",
      },
      {
        name: "NDES certificate connector",
        breaches: { "sync-age": "error: sync-late", "reported-health": "warning: reported-unhealthy" },
        days: { "sync-age": 3.79 },
      },
      { name: "Apple enrollment program token expiry", days: { expiry: 57.99 } },
      {
        name: "Apple enrollment program token sync",
        breaches: { "reported-health": "info: reported-warning" },
        days: { "sync-age": 1.22 },
      },
      {
        name: "Exchange on-premises connector sync",
        unknown: { "sync-age": "never-in-contact", "reported-health": "health-unknown" },
      },
      { name: "Managed Google Play app sync", days: { "sync-age": 0 } },
      {
        name: "Managed Google Play connector",
        standing: "ignored: off by default: its date says when it was last modified, whose age means nothing",
      },
      { name: "Microsoft Defender for Endpoint connector", days: { "heartbeat-age": 0.01 } },
      {
        name: "Mobile threat defense connector",
        breaches: { "heartbeat-age": "error: silent", "reported-health": "warning: reported-unhealthy" },
        days: { "heartbeat-age": 4.87 },
      },
      { name: "Chrome Enterprise directory sync", days: { "sync-age": 0.63 } },
      { name: "Connector without a name (futureValue)", unknown: { "reported-health": "health-unknown" } },
      { name: "exampleFutureConnectorLastSyncDateTime", breaches: { "data-problem": "info: unknown-enum" } },
    ],
  },
  {
    file: "constructed/connector-status.select.beta.json",
    sourceId: "connectorStatus",
    rows: [
      {
        name: "Apple MDM push certificate",
        breaches: { expiry: "error: expires-soon", "reported-health": "info: reported-warning" },
        days: { expiry: 4.9 },
      },
      {
        name: "NDES certificate connector",
        breaches: { "sync-age": "error: sync-late", "reported-health": "warning: reported-unhealthy" },
        days: { "sync-age": 3.79 },
      },
    ],
  },
  {
    file: "constructed/connector-status.faults.beta.json",
    sourceId: "connectorStatus",
    rows: [
      {
        name: "Apple MDM push certificate",
        breaches: { expiry: "critical: expired", "data-problem": "warning: inconsistent" },
        days: { expiry: -23.71 },
      },
      {
        name: "Apple VPP token sync",
        breaches: { "data-problem": "warning: inconsistent" },
        unknown: { "sync-age": "date-in-future" },
      },
      { name: "Apple VPP token expiry (00000000-0000-4000-8000-000000000041)", days: { expiry: 130.29 } },
      {
        name: "Apple VPP token expiry (00000000-0000-4000-8000-000000000045)",
        breaches: { expiry: "critical: expired", "reported-health": "warning: reported-unhealthy" },
        days: { expiry: -3.71 },
      },
      {
        name: "NDES certificate connector",
        breaches: { "data-problem": "info: unknown-enum" },
        unknown: { "reported-health": "health-unknown" },
        days: { "sync-age": 0.04 },
      },
      { name: "Apple enrollment program token sync", unknown: { "sync-age": "never-in-contact" } },
      {
        name: "Windows Autopilot sync",
        breaches: { "data-problem": "warning: bad-value" },
        unknown: { "sync-age": "not-read" },
      },
      {
        name: "Apple enrollment program token expiry",
        breaches: { "data-problem": "warning: bad-date" },
        unknown: { expiry: "not-read" },
      },
      {
        name: "Managed Google Play app sync",
        breaches: { "data-problem": "warning: bad-date" },
        unknown: { "sync-age": "not-read" },
      },
      { name: "Microsoft Defender for Endpoint connector", days: { "heartbeat-age": 0.01 } },
      {
        name: "Chrome Enterprise directory sync",
        breaches: { "reported-health": "info: reported-warning" },
        days: { "sync-age": 0.63 },
      },
      {
        name: "Exchange on-premises connector sync",
        breaches: { "data-problem": "warning: bad-date" },
        unknown: { "sync-age": "not-read", "reported-health": "health-unknown" },
      },
    ],
  },
];

/** From the reference pages; every date lies years back. */
export const DOCUMENTED: readonly Sample[] = [
  {
    file: "documented/device-management-partner.early-beta.json",
    sourceId: "deviceManagementPartners",
    rows: [{ name: "Display Name value", standing: "retired: removal-date-passed" }],
  },
  {
    file: "documented/device-management-partner.wrapped-get.v1.json",
    sourceId: "deviceManagementPartners",
    rows: [{ name: "Display Name value", standing: "retired: removal-date-passed" }],
  },
  {
    file: "documented/device-management-partners.resource-list.v1.json",
    sourceId: "deviceManagementPartners",
    rows: [
      {
        name: "String",
        breaches: { "data-problem": "warning: bad-date" },
        unknown: {
          "partner-state": "state-unknown",
          "heartbeat-age": "not-read",
          "first-heartbeat": "not-read",
          "noncompliance-deadline": "not-read",
          "removal-deadline": "not-read",
        },
      },
    ],
  },
  {
    file: "documented/compliance-management-partner.generated-beta.json",
    sourceId: "complianceManagementPartners",
    rows: [
      {
        name: "Display Name value",
        breaches: { "heartbeat-age": "error: silent", "data-problem": "info: unknown-enum" },
        unknown: { "partner-state": "state-unknown" },
      },
    ],
  },
  {
    file: "documented/compliance-management-partner.v1.json",
    sourceId: "complianceManagementPartners",
    rows: [
      {
        name: "Display Name value",
        breaches: { "partner-state": "warning: unavailable", "heartbeat-age": "error: silent" },
      },
    ],
  },
  {
    file: "documented/device-management.connector-status.beta.json",
    sourceId: "connectorStatus",
    rows: [
      {
        name: "Apple VPP token expiry",
        breaches: { expiry: "critical: expired", "reported-health": "info: reported-warning" },
      },
    ],
  },
];

/** The one captured list whose rows look like partners; it stands for what live rows of partners may look like. */
export const CAPTURED: readonly Sample[] = [
  {
    file: "captured/mobile-threat-defense-connectors.v1.json",
    sourceId: "complianceManagementPartners",
    evaluatedAtMs: Date.parse("2026-07-17T16:00:00Z"),
    rows: [
      { name: "c2b688fe-48c0-464b-a89c-67041aa8fcb2", standing: "not-configured: never-onboarded" },
      { name: "fc780465-2017-40d4-a0c5-307022471b92", days: { "heartbeat-age": 0.22 } },
    ],
  },
];

/** What the portal's own numbers make of rows that ours find in order. */
export const LATE_FOR_MICROSOFT: readonly { readonly name: string; readonly breaches: ByRule<string> }[] = [
  { name: "Kandji", breaches: { "heartbeat-age": "warning: silent" } },
  {
    name: "Windows Autopilot sync",
    breaches: { "sync-age": "warning: sync-late", "reported-health": "info: reported-warning" },
  },
  {
    name: "Apple enrollment program token sync",
    breaches: { "sync-age": "warning: sync-late", "reported-health": "info: reported-warning" },
  },
  {
    name: "Apple MDM push certificate",
    breaches: { expiry: "warning: expires-soon", "reported-health": "info: reported-warning" },
  },
];
