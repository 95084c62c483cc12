import { setTimeout as sleep } from "node:timers/promises";
import { TableClient } from "@azure/data-tables";
import { startSimulatedGraph } from "../local/graph/start-simulated-graph.ts";
import { developmentToken } from "../local/graph/tokens.ts";
import { defineScenario } from "../local/scenarios/load-scenario.ts";
import { createGraphPartnerSource } from "../src/adapters/graph/graph-partner-source.ts";
import { createWorkQueue } from "../src/adapters/queues/create-work-queue.ts";
import { createTableCalls, type TableCalls } from "../src/adapters/tables/table-calls.ts";
import { createTableChannelHealthStore } from "../src/adapters/tables/table-channel-health-store.ts";
import { createTableMonitorStore } from "../src/adapters/tables/table-monitor-store.ts";
import { createTableOverviewStore } from "../src/adapters/tables/table-overview-store.ts";
import { runPoll } from "../src/app/run-poll.ts";
import { type ScheduleInput, schedulePolls } from "../src/app/schedule-polls.ts";
import { SOURCE_IDS, type SourceRead } from "../src/domain/connections/source.ts";
import type { PartnerSource } from "../src/ports/partner-source.ts";
import type { Telemetry } from "../src/ports/telemetry.ts";
import { aPolicy, digest, TENANT_ID } from "../test/builders/a-policy.ts";
import { type ProxiedAzurite, startProxiedAzurite } from "../test/fakes/proxied-azurite.ts";

/** The period of all polls here. */
export const PERIOD_MS = 15 * 60_000;

/** When the first poll is due; an hour before midnight, so that a day of polls turns the day once. */
export const START_MS = Date.UTC(2026, 10, 21, 23);

const TIMEOUT_MS = 30_000;

/** How many requests there were, and records of the app's own telemetry. */
export interface Counts {
  readonly tables: number;
  readonly queues: number;
  readonly graph: number;
  readonly records: number;
}

/** One tenant, its storage and its Graph, with everything that goes over the wire counted. */
export interface PolledWorld {
  /** Polls a slot as the app does. */
  readonly poll: (slot: number) => Promise<void>;
  /** Polls a slot with one GET after the other and one transaction a row. */
  readonly pollNaively: (slot: number) => Promise<void>;
  /** As many round trips as a poll has, with next to nothing in them. */
  readonly bareTrips: () => Promise<void>;
  /** Asks for the polls of a slot for as many tenants. */
  readonly schedule: (slot: number, tenants: number) => Promise<void>;
  /** What went over the wire since the last call of this, and how many records of telemetry were made. */
  readonly takeCounts: () => Counts;
  /** Every row of the table `monitor`, as the service keeps it. */
  readonly rows: () => Promise<readonly StoredRow[]>;
  readonly stop: () => Promise<void>;
}

/** A row with its columns; `etag` and what begins with `odata` is not stored. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** How the world is made. */
export interface PolledWorldOptions {
  readonly connections: number;
  /** How long each answer of Graph and storage takes at least, for a network that is not loopback. @default 0 */
  readonly latencyMs?: number;
}

/** Starts the emulator, the simulated Graph and the app's own adapters on them; each partner beats before every poll. */
export async function startPolledWorld({ connections, latencyMs = 0 }: PolledWorldOptions): Promise<PolledWorld> {
  let nowMs = START_MS;
  const clock = { nowMs: () => nowMs };
  const azurite = await startProxiedAzurite();
  const graph = await startSimulatedGraph({ scenario: aScenario(connections), zeroMs: START_MS, nowMs: clock.nowMs });
  const counter = createCounter(azurite, graph);

  const adapters = createAdapters({ azurite, graphRoot: graph.url, clock, latencyMs, onRecord: counter.onRecord });
  const { monitor, deps } = adapters;
  const pollWith = async (adapted: PollDeps, slot: number): Promise<void> => {
    nowMs = START_MS + slot * PERIOD_MS;
    const { kind } = await runPoll(adapted, { request: { tenantId: TENANT_ID, slotMs: nowMs }, policy: aPolicy() });
    if (kind !== "polled") throw new Error(`Cannot measure a poll: a new slot is wanted, the poll says ${kind}`);
  };

  return {
    poll: (slot) => pollWith(deps, slot),
    pollNaively: (slot) => pollWith(naively(adapters), slot),
    bareTrips: async () => {
      await Promise.all(SOURCE_IDS.map(() => late(fetch, latencyMs)(graph.url)));
      for (const key of ["a", "b", "c"]) await monitor.find("bare-trip", TENANT_ID, key); // as a poll waits for each
    },
    schedule: async (slot, tenants) => {
      nowMs = START_MS + slot * PERIOD_MS;
      await schedulePolls({ ...deps, notifierOf: async () => undefined, deadManSwitch: undefined }, aSchedule(tenants));
    },
    takeCounts: counter.take,
    rows: () => monitor.readAll("read-rows", { partitionKey: TENANT_ID, after: " ", before: "~" }),
    stop: async () => {
      await graph.stop();
      await azurite.stop();
    },
  };
}

function createCounter(azurite: ProxiedAzurite, graph: { readonly requests: readonly unknown[] }) {
  let graphSeen = 0;
  let records = 0;
  return {
    onRecord: () => {
      records += 1;
    },
    take: (): Counts => {
      const storage = azurite.requests().map(({ service }) => service);
      const tables = storage.filter((service) => service === "table").length;
      const counts = { tables, queues: storage.length - tables, graph: graph.requests.length - graphSeen, records };
      azurite.reset();
      graphSeen = graph.requests.length;
      records = 0;
      return counts;
    },
  };
}

type PollDeps = Parameters<typeof runPoll>[0];
type Adapters = ReturnType<typeof createAdapters>;

interface Surroundings {
  readonly azurite: { readonly connectionString: string };
  readonly graphRoot: string;
  readonly clock: { readonly nowMs: () => number };
  readonly latencyMs: number;
  readonly onRecord: () => void;
}

/** The app's own adapters, with a table whose single calls can be slowed down. */
function createAdapters({ azurite, graphRoot, clock, latencyMs, onRecord: record }: Surroundings) {
  const table = (name: string): TableCalls => {
    const client = TableClient.fromConnectionString(azurite.connectionString, name, { allowInsecureConnection: true });
    const { readAll, readPage, nextPartition, find, exists, transact } = createTableCalls(client, TIMEOUT_MS);
    return {
      nextPartition: late(nextPartition, latencyMs),
      readAll: late(readAll, latencyMs),
      readPage: late(readPage, latencyMs),
      find: late(find, latencyMs),
      exists: late(exists, latencyMs),
      transact: late(transact, latencyMs),
    };
  };
  const monitor = table("monitor");
  const telemetry: Telemetry = { event: record, dependency: record, exception: record, metric: record };
  const token = developmentToken({ tenantId: TENANT_ID, audience: graphRoot });
  const tokenFor = () => ({ getToken: async () => ({ kind: "token", token }) as const });
  const { read } = createGraphPartnerSource({ graphRoot, tokenFor, telemetry, clock });
  const deps = {
    source: { read: late(read, latencyMs) },
    store: createTableMonitorStore(monitor),
    overview: createTableOverviewStore(table("overview")),
    channelHealth: createTableChannelHealthStore(monitor),
    queue: createWorkQueue({ connection: azurite }),
    clock,
    digest,
  };
  return { monitor, deps };
}

/** The same poll with one GET after the other, and a transaction for each row. */
function naively({ monitor, deps }: Adapters): PollDeps {
  const transact: TableCalls["transact"] = async (operation, actions) => {
    const etags: string[] = [];
    for (const action of actions) etags.push(...((await monitor.transact(operation, [action])) ?? []));
    return etags;
  };
  const read: PartnerSource["read"] = async (request) => {
    const reads: SourceRead[] = [];
    for (const id of request.sources) reads.push(...(await deps.source.read({ ...request, sources: [id] })));
    return reads;
  };
  return { ...deps, source: { read }, store: createTableMonitorStore({ ...monitor, transact }) };
}

function aScenario(connections: number) {
  return defineScenario({
    name: "bench",
    title: "Partners that are well",
    tenants: [
      {
        id: TENANT_ID,
        name: "Contoso (simulated)",
        connections: Array.from({ length: connections }, (_, index) => ({
          kind: "compliance-management-partner" as const,
          id: idOf(index),
          name: `Partner ${index}`,
          timeline: [{ at: "-PT1H", do: "beat" as const, every: "PT15M" }],
        })),
      },
    ],
  });
}

function aSchedule(tenants: number): ScheduleInput {
  return {
    tenants: Array.from({ length: tenants }, (_, index) => aPolicy({ tenantId: idOf(index) })),
    periodMs: PERIOD_MS,
    fleet: aPolicy({ tenantId: "fleet", tenantName: "Fleet" }),
    channels: ["ops"],
  };
}

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

/** Makes a call last as long as on a network, at least. */
function late<A extends readonly unknown[], R>(
  call: (...args: A) => Promise<R>,
  latencyMs: number,
): (...args: A) => Promise<R> {
  if (latencyMs === 0) return call;
  return async (...args) => {
    const [result] = await Promise.all([call(...args), sleep(latencyMs)]);
    return result;
  };
}
