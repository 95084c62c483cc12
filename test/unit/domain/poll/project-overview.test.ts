import { describe, expect, it } from "vitest";
import { projectOverview } from "../../../../src/domain/poll/project-overview.ts";
import { toIso } from "../../../../src/domain/time.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { anOutboxRow, stored } from "../../../builders/a-notification.ts";
import { aPolicy, digest, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld } from "../../../builders/plan-world.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const NOTHING = { unreadable: [], outbox: [] };
const START_MS = Date.UTC(2026, 10, 22);
const REMOVAL_MS = START_MS + 5 * DAY_MS;
const NONCOMPLIANCE_MS = START_MS + 4 * DAY_MS;
const EXPIRY_MS = START_MS + 90 * DAY_MS;

/** One partner about to be removed, one late, one well, one never onboarded, a token, and a source that is forbidden. */
function aPolledWorld() {
  const world = aPlanWorld();
  const policy = aPolicy();
  for (const poll of [0, 1]) {
    const slotMs = START_MS + poll * PERIOD_MS;
    const reads = goodReads({
      deviceManagementPartners: [
        {
          ...aManagementPartnerRow({ name: "Bridge", beatMs: slotMs, removalMs: REMOVAL_MS }),
          whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: toIso(NONCOMPLIANCE_MS),
        },
      ],
      complianceManagementPartners: [
        aCompliancePartnerRow({ id: "late", name: "Late", beatMs: slotMs - 40 * HOUR_MS }),
        aCompliancePartnerRow({ id: "well", name: "Well", beatMs: slotMs - HOUR_MS }),
        aCompliancePartnerRow({ id: "never", name: "Never", state: "unknown" }),
      ],
      connectorStatus: [aConnectorRow({ atMs: EXPIRY_MS })],
    });
    world.poll({ slotMs, reads, policy });
  }
  return world.poll({
    slotMs: START_MS + 2 * PERIOD_MS,
    policy,
    reads: [
      { sourceId: "deviceManagementPartners", outcome: "unreadable", reason: "forbidden" },
      { sourceId: "complianceManagementPartners", outcome: "unreadable", reason: "throttled" },
      { sourceId: "connectorStatus", outcome: "read", rows: [aConnectorRow({ atMs: EXPIRY_MS })] },
    ],
  }).overview;
}

describe("projectOverview()", () => {
  const overview = aPolledWorld();

  it("lists the worst connection first and the calm ones by name", () => {
    const names = overview.connections
      .filter(({ kind }) => kind !== "source" && kind !== "tenant")
      .map(({ name }) => name);

    expect(names.slice(0, 2)).toEqual(["Bridge", "Late"]);
    expect(names.slice(2)).toEqual(names.slice(2).toSorted());
  });

  it("counts open alerts by severity, names the worst, and counts partners and connectors by standing", () => {
    expect(overview.openAlerts).toEqual({ info: 0, warning: 1, error: 0, critical: 2 });
    expect(overview.worstSeverity).toBe("critical");
    expect(overview.standings).toEqual({ active: 4, "not-configured": 1, retired: 0, ignored: 0 });
  });

  it("names the blind sources with their reason", () => {
    expect(overview.blindSources).toEqual([
      "deviceManagementPartners: forbidden",
      "complianceManagementPartners: throttled",
    ]);
  });

  it("says why nothing could be read, and only then", () => {
    const dark = goodReads().map(({ sourceId }) => ({ sourceId, outcome: "unreadable", reason: "throttled" }) as const);

    const { overview: unreadable } = aPlanWorld().poll({ slotMs: START_MS, reads: dark, policy: aPolicy() });

    expect(unreadable.unreadableReason).toBe("throttled");
    expect(overview).not.toHaveProperty("unreadableReason");
  });

  it("says of the fleet when the monitor came back", () => {
    const head = { lastSlotMs: 1, observedAtMs: 2, periodMs: 3, sources: {}, resumedSlotMs: 4 };

    expect(projectOverview({ policy: aPolicy(), head, states: [], live: NOTHING }).resumedSlotMs).toBe(4);
  });

  it("gives last contact and deadlines as instants", () => {
    const line = (name: string) => overview.connections.find((connection) => connection.name === name);

    expect(line("Bridge")).toMatchObject({
      lastContactMs: START_MS + PERIOD_MS,
      nonComplianceDeadlineMs: NONCOMPLIANCE_MS,
      removalDeadlineMs: REMOVAL_MS,
    });
    expect(overview.connections.flatMap(({ expiryMs }) => expiryMs ?? [])).toEqual([EXPIRY_MS]);
    expect(line("Never")).not.toHaveProperty("lastContactMs");
  });

  it("gives each alert its key, and since when it is in its phase", () => {
    const alerts = overview.connections.find(({ name }) => name === "Late")?.alerts;

    const alertKey = digest(`${overview.tenantId}\ncompliance-management-partner:late\nheartbeat-age`);
    expect(alerts).toEqual([
      { ruleId: "heartbeat-age", phase: "firing", severity: "warning", alertKey, sinceSlotMs: START_MS + PERIOD_MS },
    ]);
  });

  it("says of each connection what we and Microsoft say of it, and that it is unknown where its source cannot be read", () => {
    const said = Object.fromEntries(overview.connections.map(({ name, verdict, state }) => [name, [verdict, state]]));

    expect(said).toMatchObject({ Bridge: ["critical", "enabled"], Well: ["unknown", "enabled"] });
  });

  it("counts what is on its way and what was given up", () => {
    const outbox = [{}, {}, { dead: true }].map((row) => stored(anOutboxRow({}, row)));
    const head = { lastSlotMs: 1, observedAtMs: 2, periodMs: 3, sources: {} };

    const line = projectOverview({ policy: aPolicy(), head, states: [], live: { unreadable: [], outbox } });

    expect(line.outbox).toEqual({ waiting: 2, dead: 1 });
  });

  it("drops the calmest when the row would grow too long, and says how many", () => {
    const world = aPlanWorld();
    const rows = Array.from({ length: 400 }, (_, index) =>
      aCompliancePartnerRow({ id: `partner-${index}`, name: `Partner ${index}`, beatMs: START_MS }),
    );
    const late = aCompliancePartnerRow({ id: "late", name: "Zeta", beatMs: START_MS - 80 * HOUR_MS });
    const reads = goodReads({ complianceManagementPartners: [...rows, late] });
    world.poll({ slotMs: START_MS, reads, policy: aPolicy() });

    const { connections, more } = world.poll({ slotMs: START_MS + PERIOD_MS, reads, policy: aPolicy() }).overview;

    expect(connections[0]?.name).toBe("Zeta");
    expect(JSON.stringify(connections).length).toBeLessThanOrEqual(30_000);
    expect(connections.length + more).toBe(405);
    expect(more).toBeGreaterThan(0);
  });

  it("is a calm line when nothing was ever seen", () => {
    const head = { lastSlotMs: 1, observedAtMs: 2, periodMs: 3, sources: {} };

    const empty = projectOverview({ policy: aPolicy(), head, states: [], live: NOTHING });

    expect(empty).toMatchObject({
      connections: [],
      more: 0,
      openAlerts: { info: 0, warning: 0, error: 0, critical: 0 },
    });
    expect(empty).not.toHaveProperty("worstSeverity");
  });
});
