import type { Counts } from "./polled-world.ts";
import type { Plan, UsdOf } from "./prices.ts";

/** What one tenant took in a day of polls, counted on the wire and in the table. */
export interface CountedDay {
  readonly connections: number;
  readonly polls: number;
  readonly counts: Counts;
  /** The fastest poll on loopback: own code, and the emulator's and the simulated Graph's beside it. */
  readonly pollMs: number;
  /** Bytes as the service bills them. */
  readonly liveBytes: number;
  readonly snapshotBytesADay: number;
  readonly rollUpBytesADay: number;
  /** Both rows of the mean event. */
  readonly eventBytes: number;
}

/** What one run of the schedule took for an app of so many tenants, counted on the wire. */
export interface CountedSchedule {
  readonly tenants: number;
  readonly counts: Counts;
}

/** What is assumed, because it can be counted on Azure only. */
export interface Assumptions {
  /** One parallel round of GETs to Microsoft Graph. */
  readonly graphMs: number;
  /** One storage request inside a region. */
  readonly storageMs: number;
  /** One record in Log Analytics. */
  readonly recordBytes: number;
  /** Events of one connection. */
  readonly eventsAMonth: number;
}

/** US dollars a month for one tenant. */
export interface MonthlyCost {
  readonly compute: number;
  readonly operations: number;
  readonly stored: number;
  readonly telemetry: number;
  readonly total: number;
}

const HOURS_A_MONTH = 730;
const DAYS_A_MONTH = HOURS_A_MONTH / 24;
const GB = 1e9;
/** Of a Log Analytics workspace; source: as the price. */
const FREE_TELEMETRY_GB = 5;
/** The defaults of `retention`. */
const SNAPSHOT_DAYS = 3 * DAYS_A_MONTH;
const EVENT_MONTHS = 14;
const DAILY_DAYS = 5 * 12 * DAYS_A_MONTH;

/**
 * What the host itself does for one app that never sleeps, as read in its public sources: azure-webjobs-sdk SingletonListener,
 * azure-webjobs-sdk-extensions StorageScheduleMonitor, azure-sdk-for-net QueueListener.
 *
 * Two queues are looked at each 30 s (`maxPollingInterval`) where nothing is in them. Each of two timers holds a lease of 60 s,
 * taken to be renewed twice in that time, and its status is written after each run.
 */
const HOST = {
  idleQueueReadsAnHour: 2 * 120,
  leaseRenewalsAnHour: 2 * 120,
  /** Reads the message and deletes it. */
  operationsAMessage: 2,
  /** The request, the lines "Executing" and "Executed", and the event that says what came of it, which is also a line. */
  recordsAnInvocation: 5,
} as const;

/** What a cost is computed from. */
export interface Counted {
  readonly day: CountedDay;
  readonly schedule: CountedSchedule;
  readonly assumed: Assumptions;
}

/** What one tenant takes in a month, its share of what the app takes for all of them included. */
interface Usage {
  readonly executions: number;
  readonly gbSeconds: number;
  readonly tableTransactions: number;
  readonly queueOperations: number;
  readonly blobOthers: number;
  readonly blobWrites: number;
  readonly telemetryGb: number;
}

/** Computes what one tenant costs a month; `withGrants` takes off what is free, shared by all tenants of the app. */
export function monthlyCost(
  counted: Counted,
  { plan, usd, withGrants }: { readonly plan: Plan; readonly usd: UsdOf; readonly withGrants: boolean },
): MonthlyCost {
  const { day, schedule, assumed } = counted;
  const used = usageOf(counted, plan);
  const paid = (units: number, free: number): number =>
    withGrants ? Math.max(0, units - free / schedule.tenants) : units;

  const compute =
    usd(plan.gbSecond) * paid(used.gbSeconds, plan.free.gbSeconds) +
    usd(plan.executions) * (paid(used.executions, plan.free.executions) / 1e6);
  const operations =
    (usd("tableTransactions") * used.tableTransactions +
      usd("queueOperations") * used.queueOperations +
      usd("blobOthers") * used.blobOthers +
      usd("blobWrites") * used.blobWrites) /
    1e4;
  const stored = usd("tableStorage") * (storedBytes(day, assumed) / GB);
  const telemetry = usd("telemetry") * paid(used.telemetryGb, FREE_TELEMETRY_GB);
  return { compute, operations, stored, telemetry, total: compute + operations + stored + telemetry };
}

function usageOf({ day, schedule, assumed }: Counted, plan: Plan): Usage {
  const polls = (day.polls / 24) * HOURS_A_MONTH;
  const share = 1 / schedule.tenants;
  const runs = polls; // of the schedule: one a slot
  const perPoll = (count: number): number => (count / day.polls) * polls;
  const seconds = (ms: number): number => Math.max(ms, plan.shortestMs) / 1_000;

  const pollMs = assumed.graphMs + (day.counts.tables / day.polls) * assumed.storageMs + day.pollMs;
  // At most: messages are sent 32 at a time.
  const scheduleMs = (schedule.counts.tables + schedule.counts.queues) * assumed.storageMs;
  const records = perPoll(day.counts.records) + HOST.recordsAnInvocation * (polls + runs * share);
  return {
    executions: polls + (runs + DAYS_A_MONTH) * share,
    gbSeconds: (polls * seconds(pollMs) + runs * share * seconds(scheduleMs)) * plan.memoryGb,
    tableTransactions: perPoll(day.counts.tables) + schedule.counts.tables * runs * share,
    queueOperations:
      schedule.counts.queues * runs * share +
      HOST.operationsAMessage * polls +
      HOST.idleQueueReadsAnHour * HOURS_A_MONTH * share,
    blobOthers: HOST.leaseRenewalsAnHour * HOURS_A_MONTH * share,
    blobWrites: (runs + DAYS_A_MONTH) * share,
    telemetryGb: (records * assumed.recordBytes) / GB,
  };
}

/** Computes what lies in the table once every retention is reached. */
export function storedBytes(day: CountedDay, { eventsAMonth }: Assumptions): number {
  return (
    day.liveBytes +
    day.snapshotBytesADay * SNAPSHOT_DAYS +
    day.rollUpBytesADay * DAILY_DAYS +
    day.eventBytes * eventsAMonth * EVENT_MONTHS * day.connections
  );
}
