import { closeTenant } from "../../../src/app/close-tenant.ts";
import { runPoll } from "../../../src/app/run-poll.ts";
import { schedulePolls } from "../../../src/app/schedule-polls.ts";
import type { SourceRead } from "../../../src/domain/connections/source.ts";
import type { AttemptOutcome } from "../../../src/domain/delivery/conclude-attempt.ts";
import type { TenantPolicy } from "../../../src/domain/poll/tenant-policy.ts";
import type { Notifier, OutgoingNotification } from "../../../src/ports/notifier.ts";
import type { SourceRequest } from "../../../src/ports/partner-source.ts";
import type { DeliveryRequest, PollRequest } from "../../../src/ports/work-queue.ts";
import { digest } from "../../builders/a-policy.ts";
import { anAppWorld, fakeStores } from "../../fakes/app-world.ts";
import { createFakeChannelHealthStore } from "../../fakes/fake-channel-health-store.ts";
import { createFakeNotifier } from "../../fakes/fake-notifier.ts";
import { createFakeSuppressionStore } from "../../fakes/fake-suppression-store.ts";
import type { SentMessage } from "../../fakes/fake-work-queue.ts";
import type { MemoryStorage } from "../../fakes/memory-storage.ts";
import { type Fate, withFates } from "./faulty-calls.ts";
import { type WorldActions, worldActions } from "./world-actions.ts";

/** The configuration of one slot. */
export interface SlotPolicies {
  readonly tenants: readonly TenantPolicy[];
  readonly fleet: TenantPolicy;
}

/** The triggers of the app, each run at a time; times are epoch ms. */
export interface ScenarioApp {
  readonly schedule: (policies: SlotPolicies, nowMs: number) => Promise<void>;
  /** Runs one poll, or closes a tenant that has left the configuration. */
  readonly poll: (request: PollRequest, policy: TenantPolicy | undefined, nowMs: number) => Promise<void>;
  readonly drain: (tenantId: string, nowMs: number) => Promise<void>;
  /** Takes the poll requests that were sent since the last call. */
  readonly takePolls: () => readonly SentMessage<PollRequest>[];
  /** Takes the bells that were rung since the last call. */
  readonly takeBells: () => readonly SentMessage<DeliveryRequest>[];
  readonly actions: (tenantId: string, nowMs: number) => WorldActions;
}

/** What the app reads from and sends to. */
export interface Outside {
  readonly storage: MemoryStorage;
  readonly read: (request: SourceRequest) => Promise<readonly SourceRead[]>;
  readonly answer: (notification: OutgoingNotification) => AttemptOutcome;
  /** What becomes of each call of a table by a trigger. */
  readonly fateOf: (isWrite: boolean) => Fate;
}

async function findNotifier(): Promise<Notifier> {
  return createFakeNotifier();
}

/** Puts the whole app together on fakes: schedule, polls, closing, drains, and what people order. */
export function createScenarioApp({ storage, read, answer, fateOf }: Outside): ScenarioApp {
  const { store, overview, outbox } = fakeStores(storage);
  const stores = {
    store: withFates(store, fateOf),
    overview: withFates(overview, fateOf),
    outbox: withFates(outbox, fateOf),
    channelHealth: withFates(createFakeChannelHealthStore(storage), fateOf),
  };
  const suppressions = createFakeSuppressionStore(storage);
  const world = anAppWorld(stores, answer);
  const depsAt = (nowMs: number) => ({ ...stores, queue: world.queue, clock: { nowMs: () => nowMs }, digest });

  return {
    schedule: async ({ tenants, fleet }, nowMs) => {
      const channels = fleet.channels.map(({ name }) => name);
      const input = { tenants, fleet, channels, periodMs: fleet.periodMs };
      await schedulePolls({ ...depsAt(nowMs), notifierOf: findNotifier, deadManSwitch: undefined }, input);
    },
    poll: async (request, policy, nowMs) => {
      const deps = depsAt(nowMs);
      if (policy === undefined) {
        await closeTenant(deps, request);
        return;
      }
      await runPoll({ ...deps, source: { read } }, { request, policy });
    },
    drain: (tenantId, nowMs) => world.drain({ tenantId, nowMs }),
    takePolls: () => world.queue.takePolls(),
    takeBells: () => world.queue.takeDeliveries(),
    actions: (tenantId, nowMs) => worldActions({ store, storage, suppressions, queue: world.queue, tenantId, nowMs }),
  };
}
