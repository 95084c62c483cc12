import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Fault, PagingMode } from "../../../local/graph/fault.schema.ts";
import { type SimulatedGraph, startSimulatedGraph } from "../../../local/graph/start-simulated-graph.ts";
import { loadScenario } from "../../../local/scenarios/load-scenario.ts";
import type { ReadLimits } from "../../../src/adapters/graph/graph-partner-source.ts";
import { SOURCE_IDS, type SourceId, type SourceRead } from "../../../src/domain/connections/source.ts";
import { anAdapter, TENANT_ID, ZERO_MS } from "./graph-world.ts";

let graph: SimulatedGraph;

beforeAll(async () => {
  graph = await startSimulatedGraph({ scenario: loadScenario("healthy"), zeroMs: ZERO_MS, nowMs: () => ZERO_MS });
});

afterEach(() => graph.clearFaults());

afterAll(() => graph.stop());

/** Reads one source while it has the fault; counts what went over the wire. */
async function readWith(
  fault: Fault,
  sourceId: SourceId = "deviceManagementPartners",
  limits: Partial<ReadLimits> = {},
) {
  const { source, delaysMs } = anAdapter(graph.url, { limits });
  graph.setFault(TENANT_ID, sourceId, fault);
  const before = graph.requests.length;
  const [read] = await source.read({ tenantId: TENANT_ID, sources: [sourceId] });
  return { read, delaysMs, requests: graph.requests.slice(before) };
}

/** Reads all sources of the tenant while each has the fault. */
async function readAll(fault: Fault | undefined): Promise<readonly SourceRead[]> {
  graph.setFault(TENANT_ID, "*", fault);
  return anAdapter(graph.url).source.read({ tenantId: TENANT_ID, sources: SOURCE_IDS });
}

const FOR_NOW: readonly { readonly fault: Fault; readonly reason: string }[] = [
  { fault: { kind: "throttled" }, reason: "throttled" },
  { fault: { kind: "throttled", body: "intune" }, reason: "throttled" },
  { fault: { kind: "throttled", retryAfter: { seconds: 5 } }, reason: "throttled" },
  { fault: { kind: "throttled", retryAfter: { seconds: 3600 } }, reason: "throttled" },
  { fault: { kind: "throttled", retryAfter: { dateInSeconds: 20 } }, reason: "throttled" },
  { fault: { kind: "throttled", retryAfter: { dateInSeconds: -20 } }, reason: "throttled" },
  { fault: { kind: "throttled", retryAfter: { text: "soon" } }, reason: "throttled" },
  { fault: { kind: "query-broker" }, reason: "throttled" },
  { fault: { kind: "server-error", status: 500 }, reason: "unavailable" },
  { fault: { kind: "server-error", status: 502, html: true }, reason: "unavailable" },
  { fault: { kind: "server-error", status: 503 }, reason: "unavailable" },
  { fault: { kind: "server-error", status: 503, retryAfter: { seconds: 5 } }, reason: "throttled" },
  { fault: { kind: "server-error", status: 504, html: true }, reason: "unavailable" },
  { fault: { kind: "reset" }, reason: "unavailable" },
  { fault: { kind: "truncated" }, reason: "malformed" },
  { fault: { kind: "empty" }, reason: "malformed" },
  { fault: { kind: "html" }, reason: "malformed" },
  { fault: { kind: "value-not-a-list" }, reason: "malformed" },
];

describe("a passing fault", () => {
  it.each(FOR_NOW)("of $fault is unreadable as $reason when it stays", async ({ fault, reason }) => {
    const { read, delaysMs } = await readWith(fault);

    expect(read).toMatchObject({ sourceId: "deviceManagementPartners", outcome: "unreadable", reason });
    expect(delaysMs.reduce((sum, delayMs) => sum + delayMs, 0)).toBeLessThan(60_000);
  });

  const healing = FOR_NOW.filter(({ fault }) => !JSON.stringify(fault).includes("3600"));

  it.each(healing)("of $fault is overcome when it heals", async ({ fault }) => {
    const { read, requests } = await readWith({ ...fault, times: 2 });

    expect(read).toMatchObject({ outcome: "read", rows: [{ displayName: "Contoso Endpoint Bridge" }, {}] });
    expect(requests).toHaveLength(3);
  });

  it.each(SOURCE_IDS)("leaves the neighbours of %s alone", async (sourceId) => {
    const { source } = anAdapter(graph.url);
    graph.setFault(TENANT_ID, sourceId, { kind: "throttled" });

    const reads = await source.read({ tenantId: TENANT_ID, sources: SOURCE_IDS });

    expect(reads.map((read) => read.outcome)).toEqual(
      SOURCE_IDS.map((id) => (id === sourceId ? "unreadable" : "read")),
    );
  });
});

describe("a Retry-After header", () => {
  it.each([
    { retryAfter: { seconds: 5 }, delayMs: 5_000 },
    { retryAfter: { dateInSeconds: 20 }, delayMs: 20_000 },
    { retryAfter: { dateInSeconds: -20 }, delayMs: 1_000 },
    { retryAfter: { seconds: 0 }, delayMs: 1_000 },
    { retryAfter: { text: "soon" }, delayMs: 1_000 },
  ])("of $retryAfter delays the retry by $delayMs ms", async ({ retryAfter, delayMs }) => {
    const { delaysMs } = await readWith({ kind: "throttled", retryAfter, times: 1 });

    expect(delaysMs).toEqual([delayMs]);
  });

  it("beyond the deadline is not waited for", async () => {
    const { delaysMs, requests } = await readWith({ kind: "throttled", retryAfter: { seconds: 3600 } });

    expect(delaysMs).toEqual([]);
    expect(requests).toHaveLength(1);
  });
});

describe("a lasting fault", () => {
  const cases: readonly { readonly fault: Fault; readonly want: Partial<SourceRead> }[] = [
    { fault: { kind: "not-supported" }, want: { outcome: "not-available", reason: "not-supported" } },
    { fault: { kind: "not-found" }, want: { outcome: "not-available", reason: "not-found" } },
    { fault: { kind: "unknown-segment" }, want: { outcome: "not-available", reason: "not-found" } },
    { fault: { kind: "unlicensed" }, want: { outcome: "not-available", reason: "unlicensed" } },
    { fault: { kind: "forbidden" }, want: { outcome: "unreadable", reason: "forbidden" } },
    { fault: { kind: "forbidden", body: "no-roles" }, want: { outcome: "unreadable", reason: "forbidden" } },
    { fault: { kind: "nested-forbidden" }, want: { outcome: "unreadable", reason: "forbidden" } },
    { fault: { kind: "redirect" }, want: { outcome: "unreadable", reason: "unavailable" } },
    { fault: { kind: "body", status: 403, body: "<html>" }, want: { outcome: "unreadable", reason: "unavailable" } },
    { fault: { kind: "body", status: 418, body: "" }, want: { outcome: "unreadable", reason: "unavailable" } },
  ];

  it.each(cases)("of $fault is named after one request: $want", async ({ fault, want }) => {
    const { read, requests, delaysMs } = await readWith(fault);

    expect(read).toMatchObject({ sourceId: "deviceManagementPartners", ...want });
    expect(requests).toHaveLength(1);
    expect(delaysMs).toEqual([]);
  });

  it.each([
    {
      sourceId: "deviceManagementPartners",
      detail:
        "The application needs the permission DeviceManagementServiceConfig.Read.All " +
        "(Graph names DeviceManagementConfiguration.Read.All)",
    },
    {
      sourceId: "connectorStatus",
      detail:
        "The application needs the permission DeviceManagementConfiguration.Read.All " +
        "(Graph names DeviceManagementManagedDevices.Read.All)",
    },
  ] as const)("of a missing permission for $sourceId names it", async ({ sourceId, detail }) => {
    const { read } = await readWith({ kind: "forbidden" }, sourceId);

    expect(read).toMatchObject({ sourceId, outcome: "unreadable", reason: "forbidden", detail });
  });

  it("of a refused token is named after exactly one newer token", async () => {
    const { read, requests } = await readWith({ kind: "token-expired" });

    expect(read).toMatchObject({ outcome: "unreadable", reason: "unauthorized" });
    expect(requests.map(({ status }) => status)).toEqual([401, 401]);
  });

  it("of an answer that never ends is cut off, and tried again", async () => {
    const limits = { attemptTimeoutMs: 50, maxAttempts: 2 };

    const { read, requests } = await readWith({ kind: "never-ends" }, "deviceManagementPartners", limits);

    expect(read).toMatchObject({ outcome: "unreadable", reason: "unavailable" });
    expect(requests).toHaveLength(2);
  });

  it("of an answer that never ends is cut off by the deadline too", async () => {
    const { read, requests } = await readWith({ kind: "never-ends" }, "deviceManagementPartners", { budgetMs: 50 });

    expect(read).toMatchObject({ outcome: "unreadable", reason: "unavailable" });
    expect(requests).toHaveLength(1);
  });
});

describe("paging", () => {
  it.each(["two-pages", "empty-page"] as const)("in %s gives the same rows as without pages", async (mode) => {
    const whole = await readAll(undefined);

    expect(await readAll({ kind: "paging", mode })).toEqual(whole);
  });

  const broken: readonly { readonly mode: PagingMode; readonly requests: number; readonly reason: string }[] = [
    { mode: "repeated-link", requests: 2, reason: "malformed" },
    { mode: "endless", requests: 50, reason: "malformed" },
    { mode: "foreign-host", requests: 1, reason: "malformed" },
    { mode: "other-scheme", requests: 1, reason: "malformed" },
    { mode: "gone-link", requests: 2, reason: "unavailable" },
  ];

  it.each(broken)("in $mode is $reason after $requests requests", async ({ mode, requests, reason }) => {
    const answer = await readWith({ kind: "paging", mode });

    expect(answer.read).toMatchObject({ outcome: "unreadable", reason });
    expect(answer.requests).toHaveLength(requests);
  });
});

describe("a wrapped answer", () => {
  it("holds one row of a list", async () => {
    const { read } = await readWith({ kind: "value-wrapped" });

    expect(read).toMatchObject({ outcome: "read", rows: [{ displayName: "Contoso Endpoint Bridge" }] });
  });

  it("holds the singleton of connectorStatus", async () => {
    graph.setBehaviour({ connectorStatusForms: ["root"] });
    const { read } = await readWith({ kind: "value-wrapped" }, "connectorStatus");
    graph.setBehaviour({ connectorStatusForms: ["property", "select", "root"] });

    expect(read).toMatchObject({ outcome: "read", form: "root" });
    expect(read?.outcome === "read" && read.rows.length).toBeGreaterThan(1);
  });
});

describe("the adapter", () => {
  it("sends nothing but GET, whatever the fault", () => {
    expect(graph.requests.length).toBeGreaterThan(100);
    expect(graph.unexpectedMethods()).toEqual([]);
  });
});
