import { deliverNotifications } from "../../src/app/deliver-notifications.ts";
import { type PollReport, runPoll } from "../../src/app/run-poll.ts";
import type { SourceRead } from "../../src/domain/connections/source.ts";
import type { AttemptOutcome } from "../../src/domain/delivery/conclude-attempt.ts";
import { DependencyError } from "../../src/domain/errors.ts";
import type { TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
import type { ChannelHealthStore } from "../../src/ports/channel-health-store.ts";
import type { MonitorStore, OverviewStore } from "../../src/ports/monitor-store.ts";
import type { OutgoingNotification } from "../../src/ports/notifier.ts";
import type { Outbox } from "../../src/ports/outbox.ts";
import { digest } from "../builders/a-policy.ts";
import { createFakeChannelHealthStore } from "./fake-channel-health-store.ts";
import { createFakeMonitorStore } from "./fake-monitor-store.ts";
import { createFakeOutbox } from "./fake-outbox.ts";
import { createFakeOverviewStore } from "./fake-overview-store.ts";
import { createFakeWorkQueue, type FakeWorkQueue } from "./fake-work-queue.ts";
import { type CallLog, interruptible, PlannedStopError } from "./interruptible.ts";
import { createMemoryStorage, type MemoryStorage } from "./memory-storage.ts";

/** The storage half of a world: fakes on one memory, or adapters on a real service. */
export interface WorldStores {
  readonly store: MonitorStore;
  readonly overview: OverviewStore;
  readonly outbox: Outbox;
  /** @default one in memory */
  readonly channelHealth?: ChannelHealthStore;
}

/** The whole of the main job without a host: polls and drains run as their queue messages would make them. */
export interface AppWorld {
  readonly queue: FakeWorkQueue;
  /** Every message that reached a channel, duplicates included. */
  readonly sent: readonly OutgoingNotification[];
  /** Runs one poll; the port calls go to the log. */
  readonly poll: (poll: WorldPoll, log?: CallLog) => Promise<PollReport>;
  /** Runs one drain at the given time; undefined when a planned stop ended it. */
  readonly drain: (drain: { readonly tenantId: string; readonly nowMs: number }, log?: CallLog) => Promise<void>;
}

/** One poll of a world. */
export interface WorldPoll {
  readonly slotMs: number;
  readonly policy: TenantPolicy;
  readonly reads: readonly SourceRead[];
  /** @default the slot */
  readonly nowMs?: number;
}

/** Makes the three storage fakes on one memory. */
export function fakeStores(storage: MemoryStorage = createMemoryStorage()): WorldStores {
  return {
    store: createFakeMonitorStore(storage),
    overview: createFakeOverviewStore(storage),
    outbox: createFakeOutbox(storage),
    channelHealth: createFakeChannelHealthStore(storage),
  };
}

/** Starts a world; `answer` says what a channel makes of a message. @default delivered */
export function anAppWorld(
  stores: WorldStores = fakeStores(),
  answer: (notification: OutgoingNotification) => AttemptOutcome = () => ({ kind: "delivered" }),
): AppWorld {
  const queue = createFakeWorkQueue();
  const channelHealth = stores.channelHealth ?? createFakeChannelHealthStore(createMemoryStorage());
  const sent: OutgoingNotification[] = [];
  let owners = 0;

  return {
    queue,
    sent,
    poll: ({ slotMs, policy, reads, nowMs = slotMs }, log = { calls: [] }) =>
      runPoll(
        {
          source: interruptible("source", { read: async () => reads }, log),
          store: interruptible("store", stores.store, log),
          overview: interruptible("overview", stores.overview, log),
          queue: interruptible("queue", queue, log),
          clock: { nowMs: () => nowMs },
          digest,
        },
        { request: { tenantId: policy.tenantId, slotMs }, policy },
      ),
    drain: async ({ tenantId, nowMs }, log = { calls: [] }) => {
      const notifier = interruptible(
        "notifier",
        {
          groups: false,
          targetDigest: "target-1",
          send: async ([notification]: readonly OutgoingNotification[]) => {
            if (notification === undefined) throw new RangeError("Cannot send: one notification wanted, there is none");
            sent.push(notification);
            return answer(notification);
          },
          sendTest: async () => ({ kind: "delivered" }) as const,
        },
        log,
      );
      owners += 1;
      const owner = `drain-${owners}`;
      await deliverNotifications(
        {
          outbox: interruptible("outbox", stores.outbox, log),
          channelHealth: interruptible("channelHealth", channelHealth, log),
          notifierOf: async () => notifier,
          queue: interruptible("queue", queue, log),
          clock: { nowMs: () => nowMs },
          telemetry: { event: ignore, dependency: ignore, exception: rethrowBugs, metric: ignore },
          sleep: forever,
          random: () => 0.5,
          newOwner: () => owner,
        },
        { tenantId },
      );
    },
  };
}

/** No send in a world without a network takes too long. */
function forever(): Promise<never> {
  return new Promise(() => undefined);
}

function ignore(): void {
  // Nothing to record in a world without a host.
}

function rethrowBugs(error: Error): void {
  if (!(error instanceof PlannedStopError || error instanceof DependencyError)) throw error;
}
