import type { SourceRead } from "../../src/domain/connections/source.ts";
import type { OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { ConnectionEvent } from "../../src/domain/history/connection-event.ts";
import type { DailyRollup } from "../../src/domain/history/daily.ts";
import type { Snapshot } from "../../src/domain/history/snapshot.ts";
import type { ConnectionState } from "../../src/domain/poll/connection-state.ts";
import type { LivePartition } from "../../src/domain/poll/live-partition.ts";
import { planPoll } from "../../src/domain/poll/plan-poll.ts";
import type { ConnectionWrite, PollPlan } from "../../src/domain/poll/poll-plan.ts";
import type { TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
import type { Stored } from "../../src/domain/stored.ts";
import type { Acknowledgement } from "../../src/domain/suppression/acknowledgement.ts";
import type { Silence } from "../../src/domain/suppression/silence.ts";
import { digest } from "./a-policy.ts";

/** A partition in memory, moved by plans alone: no storage, no clock, no queue. */
export interface PlanWorld {
  readonly live: () => LivePartition;
  readonly gone: () => readonly ConnectionState[];
  readonly events: () => readonly ConnectionEvent[];
  /** Every snapshot, in order. */
  readonly snapshots: () => readonly Snapshot[];
  /** Every day that was closed, in order. */
  readonly daily: () => readonly DailyRollup[];
  /** Every notification ever planned, in order. */
  readonly planned: () => readonly OutboxRow[];
  /** Plans one poll and writes it; nothing else happens. */
  readonly poll: (poll: PlannedPoll) => PollPlan;
  readonly stateOf: (connectionId: string) => ConnectionState | undefined;
}

/** One poll of the world. */
export interface PlannedPoll {
  readonly slotMs: number;
  readonly reads: readonly SourceRead[];
  readonly policy: TenantPolicy;
  /** @default the slot */
  readonly nowMs?: number;
  /** @default none */
  readonly silences?: readonly Silence[];
  /** @default none */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** Starts with an empty partition. */
export function aPlanWorld(): PlanWorld {
  let etag = 0;
  let head: LivePartition["head"];
  const states = new Map<string, Stored<ConnectionState>>();
  const gone = new Map<string, ConnectionState>();
  const events: ConnectionEvent[] = [];
  const days: DailyRollup[] = [];
  const snapshots: Snapshot[] = [];
  const planned: OutboxRow[] = [];
  const live = (): LivePartition => ({
    ...(head === undefined ? {} : { head }),
    states: [...states.values()],
    outbox: [],
    silences: [],
    acknowledgements: [],
    unreadable: [],
  });

  function write({ state: { op, state }, event, snapshot, daily = [], outbox }: ConnectionWrite): void {
    etag += 1;
    states.delete(state.connectionKey);
    gone.delete(state.connectionKey);
    if (op === "retire") gone.set(state.connectionKey, state);
    else if (op !== "remove") states.set(state.connectionKey, { value: state, etag: String(etag) });
    if (event !== undefined) events.push(event);
    if (snapshot !== undefined) snapshots.push(snapshot);
    days.push(...daily);
    planned.push(...outbox);
  }

  return {
    live,
    gone: () => [...gone.values()],
    events: () => events,
    snapshots: () => snapshots,
    daily: () => days,
    planned: () => planned,
    stateOf: (connectionId) => states.get(digest(connectionId))?.value,
    poll: ({ slotMs, reads, policy, nowMs = slotMs, silences = [], acknowledgements = [] }) => {
      const poll = { policy, slotMs, nowMs, observedAtMs: nowMs, digest };
      const plan = planPoll(
        {
          live: { ...live(), silences, acknowledgements },
          gone: [...gone.values()],
          observed: { kind: "tenant", reads },
        },
        poll,
      );
      for (const transaction of plan.transactions) {
        transaction.writes.forEach(write);
        if (transaction.head !== undefined) head = { value: transaction.head.head, etag: String((etag += 1)) };
      }
      return plan;
    },
  };
}
