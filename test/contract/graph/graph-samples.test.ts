import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedGraph, startSimulatedGraph } from "../../../local/graph/start-simulated-graph.ts";
import { loadScenario } from "../../../local/scenarios/load-scenario.ts";
import { parseSource } from "../../../src/domain/connections/parse-source.ts";
import type { ConnectorReading, PartnerReading, ReadDate } from "../../../src/domain/connections/reading.ts";
import type { SourceId, SourceRead } from "../../../src/domain/connections/source.ts";
import { toIso } from "../../../src/domain/time.ts";
import { anAdapter, TENANT_ID, ZERO_MS } from "./graph-world.ts";
import { startScriptedGraph } from "./scripted-graph.ts";

const FOLDER = resolve(import.meta.dirname, "../../fixtures/graph-samples");

/** One file, served as the answer of a source, and what reading it must give. */
interface Sample {
  readonly file: string;
  readonly source: SourceId;
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Served as the one row of a list: the pages that it is from show an entity, not the answer of a list. */
  readonly asRow?: true;
  /** `read`, or outcome and reason. */
  readonly gives: string;
  /** One line a reading; none where nothing is read. */
  readonly readings?: readonly string[];
}

const DEVICE: SourceId = "deviceManagementPartners";
const COMPLIANCE: SourceId = "complianceManagementPartners";
const CONNECTORS: SourceId = "connectorStatus";

const MALFORMED = "unreadable, malformed: The answer holds no list";

const JAMF = "Jamf Device Compliance: enabled, beat 2026-07-23T16:52:19Z, macOs, 2 assigned";
const WORKSPACE_ONE = "VMware Workspace ONE UEM: unresponsive, beat 2026-07-11T03:27:40.551Z, android, 1 assigned";
const KANDJI = "Kandji: enabled, beat 2026-07-22T09:30:12.884Z, ios, 1 assigned";
const SOTI = "SOTI MobiControl: unknown, beat never";

const DOCUMENTED: readonly Sample[] = [
  {
    file: "documented/device-management-partner.early-beta.json",
    source: DEVICE,
    asRow: true,
    gives: "read",
    readings: [
      "Display Name value: unavailable, beat 2017-01-01T07:59:37.917Z, " +
        "noncompliant 2017-01-01T07:58:42.213Z, removed 2017-01-01T07:56:38.265Z",
    ],
  },
  {
    file: "documented/device-management-partner.wrapped-get.v1.json",
    source: DEVICE,
    gives: "read",
    readings: [
      "Display Name value: unavailable, beat 2017-01-01T07:59:37.917Z, " +
        "noncompliant 2017-01-01T07:58:42.213Z, removed 2017-01-01T07:56:38.265Z, 1 assigned",
    ],
  },
  {
    file: "documented/device-management-partners.resource-list.v1.json",
    source: DEVICE,
    gives: "read",
    readings: [
      "String: unknown (String), beat unread, 1 assigned ! bad-date lastHeartbeatDateTime, " +
        "bad-date whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime, bad-date whenPartnerDevicesWillBeRemovedDateTime, " +
        "unknown-enum partnerAppType, unknown-enum partnerState",
    ],
  },
  {
    file: "documented/compliance-management-partner.generated-beta.json",
    source: COMPLIANCE,
    asRow: true,
    gives: "read",
    readings: [
      "Display Name value: unknown (String), beat 2016-12-31T21:00:12.444Z, android ios macOs windows, 4 assigned " +
        "! unknown-enum partnerState",
    ],
  },
  {
    file: "documented/compliance-management-partner.v1.json",
    source: COMPLIANCE,
    asRow: true,
    gives: "read",
    readings: ["Display Name value: unavailable, beat 2017-01-01T07:59:37.917Z, android ios macOs, 3 assigned"],
  },
  {
    file: "documented/device-management.connector-status.beta.json",
    source: CONNECTORS,
    gives: "read",
    readings: ["vppTokenExpirationDateTime: warning, expiry 2017-01-01T07:59:23.398Z"],
  },
];

const CAPTURED: readonly Sample[] = [
  {
    file: "captured/mobile-threat-defense-connectors.v1.json",
    source: COMPLIANCE,
    gives: "read",
    readings: [
      "c2b688fe-48c0-464b-a89c-67041aa8fcb2: unknown (notSetUp), beat never ! unknown-enum partnerState",
      "fc780465-2017-40d4-a0c5-307022471b92: enabled, beat 2026-07-17T10:45:28.200Z",
    ],
  },
  {
    file: "captured/vpp-tokens.v1.json",
    source: DEVICE,
    gives: "read",
    readings: [
      "00000000-0000-4000-8000-000000000103: unknown, beat unread " +
        "! bad-value lastHeartbeatDateTime, bad-value partnerState",
    ],
  },
  {
    file: "captured/dep-onboarding-settings.beta.json",
    source: DEVICE,
    gives: "read",
    readings: [
      "00000000-0000-4000-8000-000000000104: unknown, beat unread " +
        "! bad-value lastHeartbeatDateTime, bad-value partnerState",
    ],
  },
  { file: "captured/ndes-connectors.empty.beta.json", source: DEVICE, gives: "read", readings: [] },
  {
    file: "captured/exchange-connectors.501.v1.json",
    source: DEVICE,
    status: 501,
    gives: "not-available, not-supported",
  },
  { file: "captured/apple-push-notification-certificate.v1.json", source: DEVICE, gives: MALFORMED },
  { file: "captured/windows-autopilot-settings.beta.json", source: COMPLIANCE, gives: MALFORMED },
  { file: "captured/android-managed-store-settings.beta.json", source: CONNECTORS, gives: "not-available, not-found" },
];

const CONSTRUCTED: readonly Sample[] = [
  {
    file: "constructed/device-management-partners.v1.json",
    source: DEVICE,
    gives: "read",
    readings: [
      "Jamf: terminated, beat 2026-06-20T08:14:51.662Z, removed 2026-09-18T08:15:00Z, 1 assigned",
      "Contoso Endpoint Bridge: enabled, beat 2026-07-23T16:41:07.118Z, 1 assigned",
      "Fabrikam Device Manager: unknown, beat never, not configured",
    ],
  },
  {
    file: "constructed/device-management-partners.deadlines.v1.json",
    source: DEVICE,
    gives: "read",
    readings: [
      "Contoso Mac Management: unresponsive, beat 2026-07-16T15:58:12Z, noncompliant 2026-08-02T16:00:00Z, " +
        "removed 2026-10-14T16:00:00Z, 1 assigned",
      "Fabrikam Device Bridge: terminated, beat 2026-04-29T08:14:02.004Z, removed 2026-07-28T08:15:00Z",
      "Northwind Mobile: terminated, beat 2026-04-21T10:00:00.500Z, noncompliant 2026-06-20T10:00:00Z, " +
        "removed 2026-07-20T10:00:00Z",
      "Tailspin Connect: enabled, beat 2026-07-23T16:30:00Z, noncompliant 2026-08-31T22:00:00Z, 1 assigned",
    ],
  },
  {
    file: "constructed/compliance-management-partners.v1.json",
    source: COMPLIANCE,
    gives: "read",
    readings: [JAMF, WORKSPACE_ONE, KANDJI, SOTI],
  },
  /** Its link leads to the real Graph, which is another host than the one that serves it. */
  {
    file: "constructed/compliance-management-partners.page-1.v1.json",
    source: COMPLIANCE,
    gives: "unreadable, malformed: The answer links to an address that is not below the Graph root",
  },
  {
    file: "constructed/compliance-management-partners.page-2.v1.json",
    source: COMPLIANCE,
    gives: "read",
    readings: [KANDJI, SOTI],
  },
  {
    file: "constructed/compliance-management-partners.beta.json",
    source: COMPLIANCE,
    gives: "read",
    readings: ["42Gears SureMDM: enabled, beat 2026-07-23T16:20:44.031Z, android linux, 2 assigned"],
  },
  {
    file: "constructed/connector-status.beta.json",
    source: CONNECTORS,
    gives: "read",
    readings: [
      "applePushNotificationServiceExpirationDateTime: warning, expiry 2026-07-28T14:39:25Z",
      "vppTokenExpirationDateTime: healthy, expiry 2026-09-25T17:09:22Z",
      "vppTokenLastSyncDateTime: healthy, sync 2026-07-23T14:50:53.497Z",
      "windowsAutopilotLastSyncDateTime: warning, sync 2026-07-22T05:12:09.076Z",
      "windowsStoreForBusinessLastSyncDateTime: unhealthy, sync 2023-03-14T02:11:36Z",
      "jamfLastSyncDateTime: unhealthy, sync 2024-08-30T06:45:10.312Z",
      "ndesConnectorLastConnectionDateTime: unhealthy, connection 2026-07-19T22:03:41Z",
      "appleDepExpirationDateTime: healthy, expiry 2026-09-19T16:49:50Z",
      "appleDepLastSyncDateTime: warning, sync 2026-07-22T11:44:03.296Z",
      "onPremConnectorLastSyncDateTime: unknown, sync never",
      "googlePlayAppLastSyncDateTime: healthy, sync 2026-07-23T16:59:33.792Z",
      "googlePlayConnectorLastModifiedDateTime: healthy, none 2024-11-05T09:20:00.123Z",
      "windowsDefenderATPConnectorLastHeartbeatDateTime: healthy, heartbeat 2026-07-23T16:45:28.200Z",
      "mobileThreatDefenceConnectorLastHeartbeatDateTime: unhealthy, heartbeat 2026-07-18T20:10:00Z",
      "chromebookLastDirectorySyncDateTime: healthy, sync 2026-07-23T02:00:00Z",
      "futureValue: unknown, none never",
      "exampleFutureConnectorLastSyncDateTime: healthy, none 2026-07-23T12:00:00Z ! unknown-enum connectorName",
    ],
  },
  {
    file: "constructed/connector-status.select.beta.json",
    source: CONNECTORS,
    gives: "read",
    readings: [
      "applePushNotificationServiceExpirationDateTime: warning, expiry 2026-07-28T14:39:25Z",
      "ndesConnectorLastConnectionDateTime: unhealthy, connection 2026-07-19T22:03:41Z",
    ],
  },
  {
    file: "constructed/connector-status.faults.beta.json",
    source: CONNECTORS,
    gives: "read",
    readings: [
      "applePushNotificationServiceExpirationDateTime: healthy, expiry 2026-06-30T00:00:00Z ! inconsistent status",
      "vppTokenLastSyncDateTime: healthy, sync 2026-07-24T05:00:00Z ! inconsistent eventDateTime",
      "vppTokenExpirationDateTime: healthy, expiry 2026-12-01T00:00:00Z",
      "vppTokenExpirationDateTime: unhealthy, expiry 2026-07-20T00:00:00Z",
      "ndesConnectorLastConnectionDateTime: unknown (degraded), connection 2026-07-23T16:00:00Z ! unknown-enum status",
      "appleDepLastSyncDateTime: healthy, sync never",
      "windowsAutopilotLastSyncDateTime: healthy, sync unread ! bad-value eventDateTime",
      "appleDepExpirationDateTime: healthy, expiry unread ! bad-date eventDateTime",
      "googlePlayAppLastSyncDateTime: healthy, sync unread ! bad-date eventDateTime",
      "windowsDefenderATPConnectorLastHeartbeatDateTime: healthy, heartbeat 2026-07-23T16:41:07.118Z",
      "chromebookLastDirectorySyncDateTime: warning, sync 2026-07-23T02:00:00Z",
      "onPremConnectorLastSyncDateTime: unknown (String), sync unread ! bad-date eventDateTime, unknown-enum status",
    ],
  },
  /** Never sent nor asked for: the monitor makes no batch. */
  { file: "constructed/batch-request.v1.json", source: DEVICE, gives: MALFORMED },
  { file: "constructed/batch-response.v1.json", source: COMPLIANCE, gives: MALFORMED },
];

const NEEDS_SERVICE_CONFIG = "The application needs the permission DeviceManagementServiceConfig.Read.All";

const ERRORS: readonly Sample[] = [
  {
    file: "constructed/error-400-unknown-property.json",
    source: CONNECTORS,
    status: 400,
    gives: "not-available, not-found",
  },
  {
    file: "constructed/error-400-unknown-segment.json",
    source: DEVICE,
    status: 400,
    gives: "not-available, not-found",
  },
  { file: "constructed/error-400-unlicensed.json", source: DEVICE, status: 400, gives: "not-available, unlicensed" },
  {
    file: "constructed/error-401-nested-forbidden.json",
    source: COMPLIANCE,
    status: 401,
    gives: `unreadable, forbidden: ${NEEDS_SERVICE_CONFIG}`,
  },
  {
    file: "constructed/error-401-token-expired.json",
    source: DEVICE,
    status: 401,
    headers: { "www-authenticate": 'Bearer realm="", error="invalid_token"' },
    gives: "unreadable, unauthorized",
  },
  {
    file: "constructed/error-403-app-role-missing.json",
    source: DEVICE,
    status: 403,
    gives: `unreadable, forbidden: ${NEEDS_SERVICE_CONFIG} (Graph names DeviceManagementConfiguration.Read.All)`,
  },
  {
    file: "constructed/error-403-no-app-roles.json",
    source: DEVICE,
    status: 403,
    gives: `unreadable, forbidden: ${NEEDS_SERVICE_CONFIG}`,
  },
  { file: "constructed/error-404-never-bound.json", source: DEVICE, status: 404, gives: "not-available, not-found" },
  { file: "constructed/error-429-intune.json", source: COMPLIANCE, status: 429, gives: "unreadable, throttled" },
  {
    file: "constructed/error-429-gateway.json",
    source: COMPLIANCE,
    status: 429,
    headers: { "retry-after": "30" },
    gives: "unreadable, throttled",
  },
  { file: "constructed/error-500-query-broker.json", source: DEVICE, status: 500, gives: "unreadable, throttled" },
];

const SAMPLES: readonly Sample[] = [...DOCUMENTED, ...CAPTURED, ...CONSTRUCTED, ...ERRORS];

let graph: SimulatedGraph;

beforeAll(async () => {
  graph = await startSimulatedGraph({ scenario: loadScenario("healthy"), zeroMs: ZERO_MS, nowMs: () => ZERO_MS });
});

afterEach(() => graph.clearFaults());

afterAll(() => graph.stop());

describe("the table of samples", () => {
  it("names every file once", () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));

    expect(SAMPLES.map(({ file }) => file).sort()).toEqual(files.sort());
  });
});

describe("a sample through the adapter and the parser", () => {
  it.each(SAMPLES)(
    "reads $file as $gives",
    async ({ file, source, status = 200, headers = {}, asRow, gives, readings }) => {
      const text = readFileSync(join(FOLDER, file), "utf8");
      const body = asRow === true ? `{"value":[${text}]}` : text;
      graph.setFault(TENANT_ID, source, { kind: "body", status, body, headers });

      const [read] = await anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: [source] });

      expect(describeRead(read)).toBe(gives);
      expect(readingsOf(read)).toEqual(readings);
    },
  );

  it("reads the two pages of a list like the list itself, by a link that is followed as sent", async () => {
    const [whole, first, second] = ["v1", "page-1.v1", "page-2.v1"].map((name) =>
      readFileSync(join(FOLDER, `constructed/compliance-management-partners.${name}.json`), "utf8"),
    );
    let pages: readonly (string | undefined)[] = [whole];
    const server = await startScriptedGraph((_request, count) => ({ status: 200, body: pages[count - 1] ?? "" }));
    const rowsOf = async (): Promise<SourceRead | undefined> => {
      server.requests.length = 0;
      return (await anAdapter(server.url).source.read({ tenantId: TENANT_ID, sources: [COMPLIANCE] }))[0];
    };

    const unpaged = await rowsOf();
    pages = [first?.replaceAll("https://graph.microsoft.com", server.url), second];
    const paged = await rowsOf();
    await server.stop();

    expect(paged).toEqual(unpaged);
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/v1.0/deviceManagement/complianceManagementPartners",
      "/v1.0/deviceManagement/complianceManagementPartners?$skiptoken=Y29uc3RydWN0ZWQtcGFnZS0y",
    ]);
  });
});

function describeRead(read: SourceRead | undefined): string {
  if (read === undefined || read.outcome === "read") return read?.outcome ?? "nothing";
  const detail = read.outcome === "unreadable" && read.detail !== undefined ? `: ${read.detail}` : "";
  return `${read.outcome}, ${read.reason}${detail}`;
}

function readingsOf(read: SourceRead | undefined): readonly string[] | undefined {
  if (read?.outcome !== "read") return undefined;
  return parseSource(read, { observedAtMs: ZERO_MS, digest }).map(describeReading);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function describeReading(reading: PartnerReading | ConnectorReading): string {
  const problems = reading.problems
    .map(({ code, property }) => `${code} ${property}`)
    .sort()
    .join(", ");
  const said = reading.kind === "connector" ? describeConnector(reading) : describePartner(reading);
  return problems === "" ? said : `${said} ! ${problems}`;
}

function describeConnector({
  connectorName,
  reportedHealth,
  reportedHealthAsSent,
  meaning,
  eventDate,
}: ConnectorReading): string {
  return `${connectorName}: ${asSent(reportedHealth, reportedHealthAsSent)}, ${meaning} ${describeDate(eventDate)}`;
}

function describePartner(reading: PartnerReading): string {
  const platforms = Object.entries(reading.onboarded).flatMap(([platform, isOn]) => (isOn ? [platform] : []));
  const assigned = Object.values(reading.assignments).reduce((sum, { count }) => sum + count, 0);
  return [
    `${reading.displayName}: ${asSent(reading.state, reading.stateAsSent)}`,
    `beat ${describeDate(reading.lastContact)}`,
    ...deadline("noncompliant", reading.nonComplianceDeadline),
    ...deadline("removed", reading.removalDeadline),
    ...(reading.isConfigured === false ? ["not configured"] : []),
    ...(platforms.length === 0 ? [] : [platforms.join(" ")]),
    ...(assigned === 0 ? [] : [`${assigned} assigned`]),
  ].join(", ");
}

function asSent(known: string, sent: string | undefined): string {
  return sent === undefined ? known : `${known} (${sent})`;
}

function deadline(name: string, date: ReadDate): readonly string[] {
  return date === undefined || date === "never" ? [] : [`${name} ${describeDate(date)}`];
}

function describeDate(date: ReadDate): string {
  if (date === undefined) return "unread";
  return date === "never" ? "never" : toIso(date.atMs);
}
