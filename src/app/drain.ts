import type { ChannelHealthStore } from "../ports/channel-health-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { NotifierOf } from "../ports/notifier.ts";
import type { Outbox } from "../ports/outbox.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import type { WorkQueue } from "../ports/work-queue.ts";

/** What a drain works with. */
export interface DeliverDeps {
  readonly outbox: Outbox;
  readonly channelHealth: ChannelHealthStore;
  readonly notifierOf: NotifierOf;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Waits; ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<unknown>;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  /** A name that no other drain has. */
  readonly newOwner: () => string;
}

/** One drain of one tenant. */
export interface Drain {
  readonly deps: DeliverDeps;
  readonly tenantId: string;
  readonly owner: string;
  /** No send begins after it. */
  readonly stopAtMs: number;
}

/** What became of one row. */
export type RowResult =
  | "sent"
  /** The send failed and is tried again later. */
  | "failed"
  /** Put off unsent, because the channel's breaker is open. */
  | "skipped"
  | "dead"
  | "superseded"
  /** Another drain took or changed it first. */
  | "contended";
