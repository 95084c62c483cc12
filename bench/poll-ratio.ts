import { type PolledWorld, startPolledWorld } from "./polled-world.ts";
import { median, timeOf, toTable } from "./stats.ts";

const CONNECTIONS = 40;
const ROUNDS = 15;
/** Rounds before those that count: code gets warm, and the first polls write what later ones only change. */
const WARM_UP = 5;
/** Loopback shows the work; the other one is about what a request inside a region takes. */
const LATENCIES_MS = [0, 10] as const;

/** Times the poll against as many bare round trips, and against one GET after the other and one transaction a row. */
export async function benchPoll(): Promise<string> {
  const rows: string[][] = [];
  for (const latencyMs of LATENCIES_MS) rows.push(...(await measure(latencyMs)));
  return [
    `A quiet poll of ${CONNECTIONS} connections, each with a new date; median of ${ROUNDS} rounds, the three in turn:`,
    toTable(["latency of each request", "requests", "ms", "against the floor"], rows),
  ].join("\n\n");
}

interface Way {
  readonly name: string;
  readonly run: (slot: number) => Promise<void>;
  readonly times: number[];
  requests: number;
}

async function measure(latencyMs: number): Promise<readonly string[][]> {
  const world = await startPolledWorld({ connections: CONNECTIONS, latencyMs });
  const ways: Way[] = [
    { name: "floor: the same round trips, empty", run: world.bareTrips, times: [], requests: 0 },
    { name: "poll", run: world.poll, times: [], requests: 0 },
    { name: "naive: GETs in a row, a transaction a row", run: world.pollNaively, times: [], requests: 0 },
  ];
  await race(world, ways);
  await world.stop();

  const floorMs = median(ways[0]?.times ?? []);
  return ways.map(({ name, times, requests }) => {
    const ms = median(times);
    return [`${latencyMs} ms; ${name}`, String(requests), ms.toFixed(1), (ms / floorMs).toFixed(1)];
  });
}

/** Lets the ways take turns, a slot each, so that whatever else this machine does hits them alike. */
async function race(world: PolledWorld, ways: readonly Way[]): Promise<void> {
  for (let turn = -WARM_UP * ways.length; turn < ROUNDS * ways.length; turn += 1) {
    const slot = turn + WARM_UP * ways.length;
    const way = ways[slot % ways.length];
    if (way === undefined) continue;
    world.takeCounts();
    const ms = await timeOf(() => way.run(slot));
    const { tables, queues, graph } = world.takeCounts();
    way.requests = tables + queues + graph;
    if (turn >= 0) way.times.push(ms);
  }
}
