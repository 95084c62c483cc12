import { outboxKey, silenceKey } from "../../src/adapters/tables/row-keys.ts";
import { type DeliveryReport, deliverNotifications } from "../../src/app/deliver-notifications.ts";
import type { DeliverDeps } from "../../src/app/drain.ts";
import type { ChannelHealth } from "../../src/domain/delivery/channel-health.ts";
import { type Delivery, notificationId, type OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { Silence } from "../../src/domain/suppression/silence.ts";
import { anOutboxRow, SLOT_MS } from "../builders/a-notification.ts";
import { createFakeChannelHealthStore } from "./fake-channel-health-store.ts";
import { createFakeNotifier, type FakeNotifier } from "./fake-notifier.ts";
import { createFakeOutbox } from "./fake-outbox.ts";
import { createFakeTelemetry, type FakeTelemetry } from "./fake-telemetry.ts";
import { createFakeWorkQueue } from "./fake-work-queue.ts";
import { createMemoryStorage, type MemoryStorage, parseRow } from "./memory-storage.ts";

/** The tenant of every drain world. */
export const DRAIN_TENANT: string = anOutboxRow().facts.tenantId;

/** A report of a drain that did nothing. */
export const NOTHING_DONE: DeliveryReport = {
  sent: 0,
  failed: 0,
  skipped: 0,
  dead: 0,
  superseded: 0,
  contended: 0,
  waiting: {},
  outOfTime: false,
};

/** A tenant's outbox with a channel `ops`, which may group, and a channel `pager`, and a clock that the test moves. */
export interface DrainWorld {
  readonly deps: DeliverDeps;
  readonly storage: MemoryStorage;
  readonly clock: { atMs: number };
  readonly telemetry: FakeTelemetry;
  readonly ops: FakeNotifier;
  readonly pager: FakeNotifier;
  readonly plan: (row: OutboxRow) => void;
  /** Writes a silence that covers everything from now on for a day, unless told otherwise. */
  readonly silence: (overrides?: Partial<Silence>) => void;
  readonly drain: (overrides?: Partial<DeliverDeps>, budgetMs?: number) => Promise<DeliveryReport>;
  readonly rows: () => Promise<readonly OutboxRow[]>;
  readonly health: () => Promise<readonly ChannelHealth[]>;
  /** The delivery records without those of dead letters, newest first. */
  readonly settled: () => readonly Delivery[];
  readonly dead: () => readonly Delivery[];
  /** Takes the delays of the bells rung since they were last taken. */
  readonly bells: () => readonly number[];
}

/** Starts with some rows planned, at the slot of every notification that the builders make. */
export function aDrainWorld(rows: readonly OutboxRow[] = [], { groups = false } = {}): DrainWorld {
  const storage = createMemoryStorage();
  const clock = { atMs: SLOT_MS };
  const queue = createFakeWorkQueue();
  const telemetry = createFakeTelemetry();
  const [ops, pager] = [createFakeNotifier({ groups }), createFakeNotifier()];
  let owners = 0;
  const put = (rowKey: string, value: unknown) => void storage.transact(DRAIN_TENANT, [{ op: "put", rowKey, value }]);
  const plan = (row: OutboxRow) => put(outboxKey(row), row);
  rows.forEach(plan);

  const deps: DeliverDeps = {
    outbox: createFakeOutbox(storage),
    channelHealth: createFakeChannelHealthStore(storage),
    notifierOf: async (channel) => ({ ops, pager })[channel],
    queue,
    clock: { nowMs: () => clock.atMs },
    telemetry,
    sleep: () => new Promise(() => undefined),
    random: () => 0.5,
    newOwner: () => {
      owners += 1;
      return `drain-${owners}`;
    },
  };
  const read = (prefix: string) => storage.rows(DRAIN_TENANT, prefix).flatMap((row) => parseRow<Delivery>(row) ?? []);

  return {
    deps,
    storage,
    clock,
    telemetry,
    ops,
    pager,
    plan,
    silence: (overrides = {}) => {
      const span = { fromMs: clock.atMs, untilMs: clock.atMs + 86_400_000, writtenAtMs: clock.atMs };
      const silence: Silence = { id: "s-1", match: {}, ...span, by: "anna", reason: "patch night", ...overrides };
      put(silenceKey(silence), silence);
    },
    drain: (overrides = {}, budgetMs) =>
      deliverNotifications(
        { ...deps, ...overrides },
        { tenantId: DRAIN_TENANT, ...(budgetMs === undefined ? {} : { budgetMs }) },
      ),
    rows: async () => (await deps.outbox.load(DRAIN_TENANT)).rows.map(({ value }) => value),
    health: async () => (await deps.channelHealth.load()).map(({ value }) => value),
    settled: () => read("delivery|"),
    dead: () => read("dead|"),
    bells: () => queue.takeDeliveries().map(({ delayMs }) => delayMs),
  };
}

/** Builds a row of an alert and episode of its own. */
export function aRowOf(
  alertKey: string,
  facts: Partial<OutboxRow["facts"]> = {},
  row: Partial<Omit<OutboxRow, "facts">> = {},
): OutboxRow {
  return anOutboxRow({ alertKey, episode: `${alertKey}-${SLOT_MS}`, ...facts }, row);
}

/** Says in short what a record is of: `<alert> <kind>`. */
export function nameOf({ facts }: Pick<OutboxRow, "facts">): string {
  return `${facts.alertKey} ${facts.kind}`;
}

/** Names the notification of a row. */
export function idOfRow({ facts, channel }: OutboxRow): string {
  return notificationId(facts, channel);
}
