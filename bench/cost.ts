import {
  type Assumptions,
  type Counted,
  type CountedDay,
  type CountedSchedule,
  monthlyCost,
  storedBytes,
} from "./monthly-cost.ts";
import { PERIOD_MS, type StoredRow, startPolledWorld } from "./polled-world.ts";
import { PLANS, PRICES, type UsdOf } from "./prices.ts";
import { rowBytes } from "./row-bytes.ts";
import { timeOf, toTable } from "./stats.ts";

const POLLS_A_DAY = 86_400_000 / PERIOD_MS;
/** Polls before those that count: past the first midnight, so that the day that counts closes one whole day. */
const FIRST_SLOT = 5;
const CONNECTIONS = [10, 40] as const;
const TENANTS = [100, 1] as const;

/** Counts a day of polls for each size of tenant, computes what a month costs, and says it as Markdown. */
export async function benchCost(usd: UsdOf, assumed: Assumptions): Promise<string> {
  const days: CountedDay[] = [];
  for (const connections of CONNECTIONS) days.push(await countDay(connections)); // one after the other: they are timed
  const schedules: CountedSchedule[] = [];
  for (const tenants of TENANTS) schedules.push(await countSchedule(tenants));

  return [
    "Counted on the wire over a day of polls, each of which sees a new date of every partner (the dearest case):",
    toTable(DAY_HEAD, days.map(dayCells(assumed))),
    `One run of the schedule for ${schedules.map(sayRun).join(", for ")}.`,
    "What a tenant costs, in USD a month:",
    toTable(
      COST_HEAD,
      days.flatMap((day) => schedules.flatMap((schedule) => costRows({ day, schedule, assumed }, usd))),
    ),
    sayAssumed(usd, assumed),
  ].join("\n\n");
}

const DAY_HEAD = [
  "",
  "GETs a poll",
  "table requests a poll",
  "records of calls a poll",
  "fastest on loopback, ms",
  "live, MB",
  "snapshots a day, MB",
  "stored in the end, MB",
];
const COST_HEAD = ["", "compute", "storage requests", "stored", "telemetry", "all", "all, with free grants"];

function dayCells(assumed: Assumptions): (day: CountedDay) => readonly string[] {
  return (day) => [
    `${day.connections} connections`,
    ...[day.counts.graph, day.counts.tables, day.counts.records].map((count) => (count / day.polls).toFixed(2)),
    day.pollMs.toFixed(0),
    ...[day.liveBytes, day.snapshotBytesADay, storedBytes(day, assumed)].map((bytes) => (bytes / 1e6).toFixed(2)),
  ];
}

function costRows(counted: Counted, usd: UsdOf): readonly (readonly string[])[] {
  const { connections } = counted.day;
  const { tenants } = counted.schedule;
  return PLANS.map((plan) => {
    const [bare, granted] = [false, true].map((withGrants) => monthlyCost(counted, { plan, usd, withGrants }));
    const dollars = [bare?.compute, bare?.operations, bare?.stored, bare?.telemetry, bare?.total, granted?.total];
    const who = `${connections} connections, ${tenants === 1 ? "alone" : `one of ${tenants}`}; ${plan.name}`;
    return [who, ...dollars.map((usdAMonth) => usdAMonth?.toFixed(3) ?? "")];
  });
}

async function countDay(connections: number): Promise<CountedDay> {
  const world = await startPolledWorld({ connections });
  try {
    for (let slot = 0; slot < FIRST_SLOT; slot += 1) await world.poll(slot);
    const before = await world.rows();
    world.takeCounts();
    const times: number[] = [];
    for (let slot = FIRST_SLOT; slot < FIRST_SLOT + POLLS_A_DAY; slot += 1) {
      times.push(await timeOf(() => world.poll(slot)));
    }
    const counts = world.takeCounts();
    const after = await world.rows();

    const events = bytesUnder(after, "event|") + bytesUnder(after, "feed|");
    return {
      connections,
      polls: POLLS_A_DAY,
      counts,
      pollMs: Math.min(...times),
      liveBytes: bytesUnder(after, "live|"),
      snapshotBytesADay: bytesUnder(after, "snap|") - bytesUnder(before, "snap|"),
      rollUpBytesADay: bytesUnder(after, "day|") - bytesUnder(before, "day|"),
      eventBytes: events / after.filter(({ rowKey }) => String(rowKey).startsWith("event|")).length,
    };
  } finally {
    await world.stop();
  }
}

/** Counts a run when every tenant has its line in the overview already. */
async function countSchedule(tenants: number): Promise<CountedSchedule> {
  const world = await startPolledWorld({ connections: 1 });
  try {
    for (const slot of [0, 1]) await world.schedule(slot, tenants);
    world.takeCounts();
    await world.schedule(2, tenants);
    return { tenants, counts: world.takeCounts() };
  } finally {
    await world.stop();
  }
}

function bytesUnder(rows: readonly StoredRow[], prefix: string): number {
  let bytes = 0;
  for (const row of rows) if (String(row["rowKey"]).startsWith(prefix)) bytes += rowBytes(row);
  return bytes;
}

function sayRun({ tenants, counts }: CountedSchedule): string {
  const who = tenants === 1 ? "a lone tenant" : `${tenants} tenants`;
  return `${who}: ${counts.tables} table requests and ${counts.queues} queue requests`;
}

function sayAssumed(usd: UsdOf, { graphMs, storageMs, recordBytes, eventsAMonth }: Assumptions): string {
  const prices = PRICES.map(({ name, unit, source }) => `- ${name}: ${usd(name)} USD for ${unit}; ${source}`);
  return [
    `Assumed, not counted: a round of GETs takes ${graphMs} ms and a storage request ${storageMs} ms (--graph-ms, --storage-ms),`,
    `a record of telemetry has ${recordBytes} bytes (--record-bytes), a connection ${eventsAMonth} events a month (--events); the host`,
    "never sleeps, on one instance; a transaction is billed as one request; polls do not overlap; no notification is sent, nobody",
    "looks at the page; nothing else uses the free grants. Left out: what the platform itself reads to scale, and traffic.",
    "A partner of which a poll sees nothing new is stored once an hour: a quarter of these snapshots. Prices (--price NAME=USD):",
    "",
    ...prices,
  ].join("\n");
}
