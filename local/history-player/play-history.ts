import { createHash } from "node:crypto";
import { createTableStorage } from "../../src/adapters/tables/create-table-storage.ts";
import { deliverNotifications } from "../../src/app/deliver-notifications.ts";
import { runPoll } from "../../src/app/run-poll.ts";
import { createNotifiers, createPartnerSource } from "../../src/compose-adapters.ts";
import { loadSettings } from "../../src/composition.ts";
import type { TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
import type { Telemetry } from "../../src/ports/telemetry.ts";
import type { WorkQueue } from "../../src/ports/work-queue.ts";
import { type HistorySlot, historySlots } from "./history-slots.ts";

/** What is played, and where to. */
export interface HistoryOptions {
  /** The app's settings, as the host will give them to it. */
  readonly settings: Readonly<Record<string, string>>;
  readonly fromMs: number;
  readonly toMs: number;
  /** Moves the clock of everything that plays along: the simulated Graph dates its rows by it. */
  readonly setNow: (nowMs: number) => void;
  readonly onProgress: (done: number, total: number) => void;
}

/** Lets a notification go out after the slot that planned it, as the queue would. */
const DELIVERY_DELAY_MS = 5_000;

const SILENT: Telemetry = { event: ignore, dependency: ignore, exception: ignore, metric: ignore };

/**
 * Plays the past of simulated tenants through the same polls and deliveries that the app runs, slot by slot, with a clock
 * that is moved by hand.
 *
 * @throws {Error} When a poll fails: history with a hole in it would look like an outage.
 */
export async function playHistory(options: HistoryOptions): Promise<void> {
  let nowMs = options.fromMs;
  const clock = { nowMs: () => nowMs };
  const config = await loadSettings(options.settings);
  const {
    monitorStore: store,
    overviewStore: overview,
    outbox,
    channelHealthStore: channelHealth,
  } = createTableStorage({
    connection: { connectionString: options.settings["AzureWebJobsStorage"] ?? "" },
    tablePrefix: config.tablePrefix,
  });
  const source = await createPartnerSource(config, { telemetry: SILENT, clock, sleep: () => Promise.resolve() });
  const notifierOf = await createNotifiers(config, { telemetry: SILENT, clock });

  async function play(policy: TenantPolicy, { slotMs, periodMs }: HistorySlot): Promise<void> {
    let rang = false;
    const queue: WorkQueue = {
      requestPoll: () => Promise.resolve(),
      requestDelivery: async () => {
        rang = true;
      },
    };
    const request = { tenantId: policy.tenantId, slotMs };
    await runPoll({ source, store, overview, queue, clock, digest }, { request, policy: { ...policy, periodMs } });
    if (!rang) return;
    const chance = { random: () => 0.5, newOwner: () => "history" };
    const deps = { outbox, channelHealth, notifierOf, queue, clock, telemetry: SILENT, sleep: forever, ...chance };
    await deliverNotifications(deps, request);
  }

  const tenants = config.tenants.map(({ policy }) => policy);
  const slots = historySlots(options.fromMs, options.toMs);
  for (const [index, slot] of slots.entries()) {
    nowMs = slot.slotMs + DELIVERY_DELAY_MS;
    options.setNow(nowMs);
    await Promise.all(tenants.map((policy) => play(policy, slot)));
    options.onProgress(index + 1, slots.length);
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The past cannot be late: a channel's own limit of time is enough. */
function forever(): Promise<never> {
  return new Promise(() => undefined);
}

function ignore(): void {
  // Thousands of played polls are no news.
}
