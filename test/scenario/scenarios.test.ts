import { afterEach, describe, expect, it } from "vitest";
import { type SimulatedGraph, startSimulatedGraph } from "../../local/graph/start-simulated-graph.ts";
import { developmentToken } from "../../local/graph/tokens.ts";
import { listScenarios, loadScenario } from "../../local/scenarios/load-scenario.ts";
import { createGraphPartnerSource } from "../../src/adapters/graph/graph-partner-source.ts";
import { DAY_MS, formatDuration, HOUR_MS, MINUTE_MS } from "../../src/domain/units.ts";
import type { OutgoingNotification } from "../../src/ports/notifier.ts";
import { aPolicy } from "../builders/a-policy.ts";
import { anAppWorld } from "../fakes/app-world.ts";
import { createFakeTelemetry } from "../fakes/fake-telemetry.ts";

const ZERO_MS = Date.UTC(2026, 10, 1);
const PERIOD_MS = 15 * MINUTE_MS;

let graph: SimulatedGraph | undefined;
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
});

/** Plays a scenario through the real Graph adapter, poll and drain, over virtual time; says when what was told. */
async function play(name: string, { lengthMs, periodMs = PERIOD_MS }: Story): Promise<readonly string[]> {
  const scenario = loadScenario(name);
  let nowMs = ZERO_MS;
  const clock = { nowMs: () => nowMs };
  graph = await startSimulatedGraph({ scenario, zeroMs: ZERO_MS, nowMs: clock.nowMs });
  const audience = graph.url;
  const source = createGraphPartnerSource({
    graphRoot: graph.url,
    tokenFor: (tenantId) => ({
      getToken: async () => ({ kind: "token", token: developmentToken({ tenantId, audience }) }),
    }),
    telemetry: createFakeTelemetry(),
    clock,
    random: () => 0,
    sleep: () => Promise.resolve(),
  });
  const world = anAppWorld();
  const policies = scenario.tenants.map(({ id, name: tenantName }) =>
    aPolicy({ tenantId: id, tenantName, periodMs, channels: [{ name: "ops", minSeverity: "info" }] }),
  );
  for (let slotMs = ZERO_MS; slotMs < ZERO_MS + lengthMs; slotMs += periodMs) {
    nowMs = slotMs;
    for (const policy of policies) {
      const reads = await source.read({ tenantId: policy.tenantId, sources: policy.sources });
      await world.poll({ slotMs, policy, reads });
      if (world.queue.takeDeliveries().length > 0) await world.drain({ tenantId: policy.tenantId, nowMs: slotMs });
    }
  }
  expect(graph.unexpectedMethods()).toEqual([]);
  return world.sent.map(toLine);
}

function toLine({ facts }: OutgoingNotification): string {
  const at = formatDuration(facts.slotMs - ZERO_MS);
  return `${at} ${facts.kind} ${facts.ruleId} ${facts.severity}: ${facts.connectionName}`;
}

interface Story {
  readonly lengthMs: number;
  /** @default 15 minutes */
  readonly periodMs?: number;
  /** What must be told, and nothing else. */
  readonly told: readonly string[];
}

const stories: Readonly<Record<string, Story>> = {
  healthy: { lengthMs: 3 * DAY_MS, told: [] },
  "partner-quiet": {
    lengthMs: 11 * DAY_MS,
    told: [
      "P3DT12H30M fired heartbeat-age warning: VMware Workspace ONE UEM",
      "P5D escalated heartbeat-age error: VMware Workspace ONE UEM",
      "P9DT15M fired partner-state critical: VMware Workspace ONE UEM",
      "P10DT30M resolved partner-state critical: VMware Workspace ONE UEM",
      "P10DT30M resolved heartbeat-age error: VMware Workspace ONE UEM",
    ],
  },
  "partner-terminated": {
    lengthMs: 4 * DAY_MS,
    told: [
      "P2D fired removal-deadline warning: Contoso Mac Management",
      "P2D fired noncompliance-deadline warning: Contoso Mac Management",
      "P2DT15M fired partner-state error: Contoso Mac Management",
      "P3DT11H30M fired heartbeat-age warning: Contoso Mac Management",
    ],
  },
  "connector-expiring": {
    lengthMs: 33 * DAY_MS,
    periodMs: HOUR_MS,
    told: [
      "P2D fired expiry warning: Apple MDM push certificate",
      "P25D escalated expiry error: Apple MDM push certificate",
      "P25DT1H fired reported-health info: Apple MDM push certificate",
      "P31D escalated expiry critical: Apple MDM push certificate",
      "P31DT12H resolved expiry critical: Apple MDM push certificate",
      "P31DT14H resolved reported-health info: Apple MDM push certificate",
    ],
  },
  "source-forbidden": {
    lengthMs: 4 * DAY_MS,
    told: [
      "P1DT15M fired source-unreadable error: Connector status",
      "P1DT23H45M escalated source-unreadable critical: Connector status",
      "P3D resolved source-unreadable critical: Connector status",
    ],
  },
  "graph-throttled": {
    lengthMs: 9 * HOUR_MS,
    told: [
      "PT6H15M fired tenant-unreadable error: Contoso (simulated)",
      "PT6H15M fired source-unreadable warning: Connector status",
      "PT6H15M fired source-unreadable warning: Device management partners",
      "PT6H15M fired source-unreadable warning: Compliance management partners",
      "PT6H45M escalated source-unreadable error: Connector status",
      "PT6H45M escalated source-unreadable error: Device management partners",
      "PT6H45M escalated source-unreadable error: Compliance management partners",
      "PT7H resolved source-unreadable error: Connector status",
      "PT7H resolved tenant-unreadable error: Contoso (simulated)",
      "PT7H resolved source-unreadable error: Device management partners",
      "PT7H resolved source-unreadable error: Compliance management partners",
    ],
  },
  unlicensed: { lengthMs: DAY_MS, told: [] },
  "retired-jamf": { lengthMs: DAY_MS, told: [] },
};

describe("the scenarios", () => {
  it.each(Object.entries(stories))("%s tells what an operator must know, and nothing else", async (name, story) => {
    expect(await play(name, story)).toEqual(story.told);
  });

  it("are all played here but the one that npm start shows", () => {
    expect(Object.keys(stories).sort()).toEqual(listScenarios().filter((name) => name !== "demo"));
  });
});
