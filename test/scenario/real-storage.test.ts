import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSimulatedGraph } from "../../local/graph/start-simulated-graph.ts";
import { developmentToken } from "../../local/graph/tokens.ts";
import { defineScenario } from "../../local/scenarios/load-scenario.ts";
import { createGraphPartnerSource } from "../../src/adapters/graph/graph-partner-source.ts";
import { createTableStorage, type TableStorage } from "../../src/adapters/tables/create-table-storage.ts";
import { runPoll } from "../../src/app/run-poll.ts";
import { DependencyError } from "../../src/domain/errors.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/units.ts";
import { aPolicy, digest, goodReads, TENANT_ID } from "../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../builders/graph-rows.ts";
import { type AppWorld, anAppWorld, type WorldPoll } from "../fakes/app-world.ts";
import { createFakeWorkQueue } from "../fakes/fake-work-queue.ts";
import { type ProxiedAzurite, startProxiedAzurite } from "../fakes/proxied-azurite.ts";
import { createRandom } from "../soak/random.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const policy = aPolicy();

let azurite: ProxiedAzurite;
let storage: TableStorage;
let tables = 0;

beforeAll(async () => {
  azurite = await startProxiedAzurite();
});
afterAll(() => azurite.stop());
beforeEach(() => {
  tables += 1;
  storage = createTableStorage({ connection: azurite, tablePrefix: `world${tables}`, retryDelayMs: 1 });
});

/** The partner's age at each poll: it goes quiet, and comes back. */
const ages = [HOUR_MS, 40 * HOUR_MS, 40 * HOUR_MS, HOUR_MS, HOUR_MS, HOUR_MS];

function aPoll(index: number): WorldPoll {
  const slotMs = START_MS + index * PERIOD_MS;
  const row = aCompliancePartnerRow({ beatMs: slotMs - (ages[index] ?? HOUR_MS) });
  return { slotMs, policy, reads: goodReads({ complianceManagementPartners: [row] }) };
}

function aWorld({ monitorStore: store, overviewStore: overview, outbox }: TableStorage): AppWorld {
  return anAppWorld({ store, overview, outbox });
}

async function play(world: AppWorld): Promise<void> {
  for (const index of ages.keys()) {
    const poll = aPoll(index);
    await world.poll(poll);
    if (world.queue.takeDeliveries().length > 0)
      await world.drain({ tenantId: TENANT_ID, nowMs: poll.slotMs + MINUTE_MS });
  }
}

async function feed(): Promise<readonly unknown[]> {
  const range = { tenantId: TENANT_ID, fromMs: 0, toMs: START_MS * 2, limit: 1_000 };
  return (await storage.historyStore.events(range)).rows;
}

describe("a quiet poll of 40 connections", () => {
  it("takes one round of 3 GETs and 3 table transactions on the wire", async () => {
    const connections = Array.from({ length: 40 }, (_, index) => ({
      kind: "compliance-management-partner" as const,
      id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
      name: `Partner ${index}`,
      timeline: [{ at: "-PT1H", do: "beat" as const, every: "PT4H" }],
    }));
    const scenario = defineScenario({
      name: "forty",
      title: "Forty partners that are well",
      tenants: [{ id: TENANT_ID, name: "Contoso (simulated)", connections }],
    });
    let nowMs = START_MS;
    const clock = { nowMs: () => nowMs };
    const graph = await startSimulatedGraph({ scenario, zeroMs: START_MS, nowMs: clock.nowMs });
    const token = developmentToken({ tenantId: TENANT_ID, audience: graph.url });
    const silent = { event: ignore, dependency: ignore, exception: ignore, metric: ignore };
    const tokenFor = () => ({ getToken: async () => ({ kind: "token", token }) as const });
    const source = createGraphPartnerSource({ graphRoot: graph.url, tokenFor, telemetry: silent, clock });
    const { monitorStore: store, overviewStore: overview } = storage;
    const deps = { source, store, overview, queue: createFakeWorkQueue(), clock, digest };
    const poll = (slotMs: number) => {
      nowMs = slotMs;
      return runPoll(deps, { request: { tenantId: TENANT_ID, slotMs }, policy });
    };
    await poll(START_MS);
    await poll(START_MS + PERIOD_MS);
    const before = graph.requests.length;
    azurite.reset();

    const report = await poll(START_MS + 2 * PERIOD_MS);

    expect(report).toMatchObject({ kind: "polled", notifications: 0, transactions: 1 });
    expect(
      graph.requests
        .slice(before)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual([
      "GET /beta/deviceManagement/connectorStatus",
      "GET /v1.0/deviceManagement/complianceManagementPartners",
      "GET /v1.0/deviceManagement/deviceManagementPartners",
    ]);
    expect(azurite.requests().map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
    expect((await store.loadLive(TENANT_ID)).states).toHaveLength(44);
    await graph.stop();
  });
});

describe("polls of one slot at the same time, on real storage", () => {
  it.each([2, 5])("end as one when there are %i of them", async (workers) => {
    const world = aWorld(storage);
    for (const index of ages.keys()) {
      await Promise.all(Array.from({ length: workers }, () => world.poll(aPoll(index))));
    }
    const [events, { outbox }] = [await feed(), await storage.monitorStore.loadLive(TENANT_ID)];

    storage = createTableStorage({ connection: azurite, tablePrefix: `alone${workers}` });
    const alone = aWorld(storage);
    for (const index of ages.keys()) await alone.poll(aPoll(index));

    expect(events).toEqual(await feed());
    expect(outbox.map(({ value }) => value)).toEqual(
      (await storage.monitorStore.loadLive(TENANT_ID)).outbox.map(({ value }) => value),
    );
  });
});

describe("a story in which each storage request loses its answer once", () => {
  it("is told as if nothing had happened", async () => {
    const clean = aWorld(storage);
    await play(clean);
    const cleanEvents = await feed();
    azurite.reset();

    storage = createTableStorage({ connection: azurite, tablePrefix: "lossy", retryDelayMs: 1 });
    const world = aWorld(storage);
    const seen = new Set<string>();
    azurite.inject({
      kind: "lose-answer",
      times: 1_000,
      matches: ({ service, method, body }) => {
        const key = `${method} ${body}`;
        const isFirst = service === "table" && method !== "GET" && !seen.has(key);
        seen.add(key);
        return isFirst;
      },
    });
    await play(world);
    azurite.reset();

    expect(seen.size).toBeGreaterThan(10);
    expect(world.sent.map(({ id }) => id)).toEqual(clean.sent.map(({ id }) => id));
    expect(await feed()).toEqual(cleanEvents);
    expect((await storage.outbox.load(TENANT_ID)).rows.length).toBe(0);
  });
});

describe("a story in which 30 % of all storage requests are answered by 503", () => {
  it("is told as if nothing had happened, when the queue brings again what failed", async () => {
    const clean = aWorld(storage);
    await play(clean);
    const cleanEvents = await feed();
    storage = createTableStorage({ connection: azurite, tablePrefix: "busy", retryDelayMs: 1 });
    const world = aWorld(storage);
    const random = createRandom(1);
    azurite.reset();
    let refused = 0;
    const matches = () => {
      const isHit = random.onceIn(1 / 0.3);
      refused += isHit ? 1 : 0;
      return isHit;
    };
    azurite.inject({ kind: "throttle", times: 10_000, matches });

    await play({
      ...world,
      poll: (poll) => again(() => world.poll(poll)),
      drain: (drain) => again(() => world.drain(drain)),
    });

    const asked = azurite.requests().length;
    azurite.reset();
    expect(refused / asked).toBeGreaterThan(0.2);
    expect(world.sent.map(({ id }) => id)).toEqual(clean.sent.map(({ id }) => id));
    expect(await feed()).toEqual(cleanEvents);
    expect((await storage.outbox.load(TENANT_ID)).rows).toEqual([]);
  });
});

describe("tables that take no writes", () => {
  it("fail every poll visibly, and hold up nothing once they do again", async () => {
    const world = aWorld(storage);
    await world.poll(aPoll(0));
    await world.poll(aPoll(1));
    azurite.inject({ kind: "throttle", times: 10_000, matches: ({ method }) => method !== "GET" });
    await expect(world.poll(aPoll(2))).rejects.toThrow(DependencyError);
    await expect(world.poll({ ...aPoll(2), slotMs: START_MS + 3 * PERIOD_MS })).rejects.toThrow(DependencyError);
    azurite.reset();

    await world.poll({ ...aPoll(2), slotMs: START_MS + 4 * PERIOD_MS });

    const { outbox } = await storage.monitorStore.loadLive(TENANT_ID);
    expect(outbox.map(({ value }) => `${value.facts.kind} ${value.facts.ruleId}`)).toEqual(["fired heartbeat-age"]);
  });
});

/** Handles a message as often as the host would bring it. */
async function again<T>(handle: () => Promise<T>): Promise<T> {
  let failure: unknown;
  for (let dequeues = 0; dequeues < 5; dequeues += 1) {
    try {
      return await handle();
    } catch (error) {
      if (!(error instanceof DependencyError)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function ignore(): void {
  // No telemetry is wanted here.
}
