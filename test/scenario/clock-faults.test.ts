import { afterEach, describe, expect, it } from "vitest";
import { type SimulatedGraph, startSimulatedGraph } from "../../local/graph/start-simulated-graph.ts";
import { developmentToken } from "../../local/graph/tokens.ts";
import { defineScenario } from "../../local/scenarios/load-scenario.ts";
import { createGraphPartnerSource } from "../../src/adapters/graph/graph-partner-source.ts";
import { runPoll } from "../../src/app/run-poll.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/units.ts";
import { aPolicy, digest, TENANT_ID } from "../builders/a-policy.ts";
import { anAppWorld, fakeStores } from "../fakes/app-world.ts";
import { createFakeTelemetry } from "../fakes/fake-telemetry.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const policy = aPolicy();

/** A partner that last beat so long before the start, and, where it says so, keeps beating. */
function aPartner(name: string, beat: { readonly at: string; readonly every?: string }) {
  const id = `00000000-0000-4000-8000-${Buffer.from(name.slice(0, 6)).toString("hex")}`;
  return { kind: "compliance-management-partner" as const, id, name, timeline: [{ ...beat, do: "beat" as const }] };
}

/** One partner is well, one is late from the start, and one is late from two hours after it on. */
const scenario = defineScenario({
  name: "clocks",
  title: "Partners that go late while clocks disagree",
  tenants: [
    {
      id: TENANT_ID,
      name: "Contoso (simulated)",
      connections: [
        aPartner("Kandji", { at: "-PT1H", every: "PT4H" }),
        aPartner("Lookout", { at: "-PT40H" }),
        aPartner("Jamf Pro", { at: "-PT34H" }),
      ],
    },
  ],
});

/** What is told of the partner that is late from the start. */
const LATE_AT_ONCE = "fired heartbeat-age warning Lookout silent";

const graphs: SimulatedGraph[] = [];

afterEach(async () => {
  await Promise.all(graphs.splice(0).map((graph) => graph.stop()));
});

/** The whole app over fakes, but for a Graph on the loopback address and the adapter that reads it; each has a clock. */
async function aClockWorld() {
  const clocks = { trueMs: START_MS, oursAheadMs: 0, graphAheadMs: 0 };
  const clock = { nowMs: () => clocks.trueMs + clocks.oursAheadMs };
  const graphNowMs = () => clocks.trueMs + clocks.graphAheadMs;
  const graph = await startSimulatedGraph({ scenario, zeroMs: START_MS, nowMs: graphNowMs });
  graphs.push(graph);
  const token = developmentToken({ tenantId: TENANT_ID, audience: graph.url });
  const source = createGraphPartnerSource({
    graphRoot: graph.url,
    tokenFor: () => ({ getToken: async () => ({ kind: "token", token }) }),
    telemetry: createFakeTelemetry(),
    clock,
  });
  const stores = fakeStores();
  const { queue, drain, sent } = anAppWorld(stores);
  const kinds: string[] = [];

  /** Polls the slot that our clock names, and delivers; then it is a period later. */
  async function poll(count: number): Promise<void> {
    for (let polls = 0; polls < count; polls += 1) {
      const nowMs = clock.nowMs();
      const request = { tenantId: TENANT_ID, slotMs: nowMs - (nowMs % PERIOD_MS) };
      const deps = { source, store: stores.store, overview: stores.overview, queue, clock, digest };
      kinds.push((await runPoll(deps, { request, policy })).kind);
      if (queue.takeDeliveries().length > 0) await drain({ tenantId: TENANT_ID, nowMs });
      clocks.trueMs += PERIOD_MS;
    }
  }

  /** What was told since this was last asked. */
  let asked = 0;
  const told = () => {
    const news = sent.slice(asked).map(({ facts }) => {
      const { kind, ruleId, severity, connectionName, evaluation } = facts;
      return [kind, ruleId, severity, connectionName, evaluation?.reason].join(" ");
    });
    asked = sent.length;
    return news;
  };
  return { clocks, graph, kinds, poll, told };
}

describe("a Graph whose clock is wrong", () => {
  it.each([
    { aheadMs: 10 * MINUTE_MS, reason: "our-clock-is-slow" },
    { aheadMs: -10 * MINUTE_MS, reason: "our-clock-is-fast" },
  ])("by $aheadMs ms is told after two polls, and its end after half an hour: $reason", async ({ aheadMs, reason }) => {
    const { clocks, poll, told } = await aClockWorld();
    await poll(2);
    const before = told();
    clocks.graphAheadMs = aheadMs;
    await poll(1);
    const afterOne = told();
    await poll(2);
    const wrong = told();
    clocks.graphAheadMs = 0;
    await poll(2);
    const early = told();

    await poll(1);

    expect(before).toEqual([LATE_AT_ONCE]);
    expect(afterOne).toEqual([]);
    expect(wrong).toEqual([`fired clock-skew warning Contoso ${reason}`]);
    expect(early).toEqual([]);
    expect(told()).toEqual(["resolved clock-skew warning Contoso clocks-agree"]);
  });

  it.each([4 * MINUTE_MS, -4 * MINUTE_MS])("by %i ms is no news", async (aheadMs) => {
    const { clocks, poll, told } = await aClockWorld();
    clocks.graphAheadMs = aheadMs;

    await poll(5);

    expect(told()).toEqual([LATE_AT_ONCE]);
  });
});

describe("our clock", () => {
  it("stepped back by an hour stops no poll, is told itself, and loses and doubles nothing", async () => {
    const { clocks, graph, kinds, poll, told } = await aClockWorld();
    await poll(6);
    const before = told();
    clocks.oursAheadMs = -HOUR_MS;
    await poll(1);
    const afterOne = told();
    await poll(1);
    const afterTwo = told();
    await poll(8);
    const late = told();
    clocks.oursAheadMs = 0;
    await poll(3);
    const right = told();

    await poll(8);

    expect(before).toEqual([LATE_AT_ONCE]);
    expect(afterOne).toEqual([]);
    expect(afterTwo).toEqual(["fired clock-skew warning Contoso our-clock-is-slow"]);
    expect(late).toEqual(["fired heartbeat-age warning Jamf Pro silent"]);
    expect(right).toEqual(["resolved clock-skew warning Contoso clocks-agree"]);
    expect(told()).toEqual([]);
    expect(new Set(kinds)).toEqual(new Set(["polled"]));
    expect(graph.requests).toHaveLength(3 * kinds.length);
    expect(graph.unexpectedMethods()).toEqual([]);
  });
});
