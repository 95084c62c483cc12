import { contactOf } from "../connections/contact-of.ts";
import { describeOutcome } from "../connections/describe-outcome.ts";
import { instantOf, isRow } from "../connections/reading.ts";
import type { SourceRead } from "../connections/source.ts";
import type { ConnectionEvent } from "../history/connection-event.ts";
import type { Stored } from "../stored.ts";
import { MAX_AHEAD_MS } from "../time.ts";
import { chunkWrites } from "./chunk-writes.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { LivePartition } from "./live-partition.ts";
import { planSnapshot } from "./plan-snapshot.ts";
import type { PollContext } from "./poll-context.ts";
import type { ConnectionWrite, Head, PollPlan, StateWrite } from "./poll-plan.ts";
import { projectOverview } from "./project-overview.ts";
import { type SightedConnection, sightConnections } from "./sight-connections.ts";
import { type ConnectionStep, stepConnection } from "./step-connection.ts";
import { withoutFutureSlots } from "./without-future-slots.ts";

/** What one poll is planned from. */
export interface PollInput {
  readonly live: LivePartition;
  /** States of connections that left; wanted only when an unknown connection appears. */
  readonly gone: readonly ConnectionState[];
  readonly reads: readonly SourceRead[];
}

/**
 * Plans everything one poll writes: what became of every connection, the notifications due, the head and the overview.
 *
 * Planning the same slot again on top of what a crashed poll has written adds only what is missing, under the same keys.
 */
export function planPoll(input: PollInput, poll: Omit<PollContext, "periodMs">): PollPlan {
  const { live } = input;
  const context = { ...poll, periodMs: Math.max(poll.policy.periodMs, live.head?.value.periodMs ?? 0) };
  const states = live.states.map((stored) => ({ ...stored, value: withoutFutureSlots(stored.value, context) }));
  const gone = input.gone.map((state) => withoutFutureSlots(state, context));
  const unreadableKeys = new Set(live.unreadable.flatMap(({ connectionKey }) => connectionKey ?? []));
  const sighted = sightConnections({ states, gone, unreadableKeys, reads: input.reads }, context);
  const planned = sighted.map((connection) => planConnection(connection, context));
  const after = planned.flatMap(({ state }) => state ?? []);
  const head = nextHead(input, after, context);
  const etag = live.head?.etag ?? live.unreadableHeadEtag;
  return {
    transactions: chunkWrites(
      planned.flatMap(({ write }) => write ?? []),
      { head, ...(etag === undefined ? {} : { etag }) },
    ),
    overview: projectOverview({
      policy: context.policy,
      head,
      states: after,
      unreadableRows: live.unreadable.length,
    }),
  };
}

/** Says which slot the tenant has been polled for last, as far as that can be believed. */
export function lastPolledSlotMs(live: LivePartition, nowMs: number): number | undefined {
  const slotMs = live.head?.value.lastSlotMs;
  return slotMs === undefined || slotMs > nowMs + MAX_AHEAD_MS ? undefined : slotMs;
}

/** Says whether a plan holds partners or connectors that the live states do not know. */
export function hasNewcomers(plan: PollPlan): boolean {
  const writes = plan.transactions.flatMap((transaction) => transaction.writes);
  return writes.some(({ state: { op, state } }) => op === "insert" && isRow(state.reading));
}

interface PlannedConnection {
  /** The state after the poll; undefined once the connection is no longer watched. */
  readonly state: ConnectionState | undefined;
  readonly write: ConnectionWrite | undefined;
}

function planConnection(connection: SightedConnection, context: PollContext): PlannedConnection {
  const { stored, returning, sighting } = connection;
  const previous = stored?.value ?? returning;
  const step = stepConnection(previous, sighting, context);
  if (step === undefined) return { state: stored?.value, write: undefined };
  const snapshot = sighting.kind === "seen" ? planSnapshot(step.state, context) : undefined;
  const state = snapshot === undefined ? step.state : { ...step.state, snapshot: snapshot.mark };
  const event = toEvent(step, context);
  return {
    state: step.isGone ? undefined : state,
    write: {
      state: toStateWrite({ state, stored, isGone: step.isGone, returned: returning !== undefined }),
      ...(snapshot === undefined ? {} : { snapshot: snapshot.snapshot }),
      ...(event === undefined ? {} : { event }),
      outbox: step.notifications,
    },
  };
}

function toStateWrite(written: {
  readonly state: ConnectionState;
  readonly stored: Stored<ConnectionState> | undefined;
  readonly isGone: boolean;
  readonly returned: boolean;
}): StateWrite {
  const { state, stored, isGone, returned } = written;
  if (stored === undefined) return { op: "insert", state, returned };
  return { op: isGone ? "retire" : "replace", state, etag: stored.etag };
}

function toEvent({ state, changes }: ConnectionStep, context: PollContext): ConnectionEvent | undefined {
  if (changes.length === 0) return undefined;
  const lastContactMs = instantOf(contactOf(state.reading));
  return {
    connectionKey: state.connectionKey,
    connectionId: state.reading.connectionId,
    displayName: state.reading.displayName,
    slotMs: context.slotMs,
    observedAtMs: context.observedAtMs,
    ...(lastContactMs === undefined ? {} : { lastContactMs }),
    changes,
  };
}

/** The head says of a source what its reading says, which has the last word on whether an answer is believed. */
function nextHead(
  { live, reads }: PollInput,
  states: readonly ConnectionState[],
  { slotMs, observedAtMs, policy }: PollContext,
): Head {
  const used = reads.flatMap((read) => (read.outcome === "read" ? (read.form ?? []) : []))[0];
  const connectorStatusForm = used ?? live.head?.value.connectorStatusForm;
  const sources = states.flatMap(({ reading }) => (reading.kind === "source" ? [reading] : []));
  return {
    lastSlotMs: slotMs,
    observedAtMs,
    periodMs: policy.periodMs,
    sources: Object.fromEntries(sources.map((source) => [source.sourceId, describeOutcome(source)])),
    ...(connectorStatusForm === undefined ? {} : { connectorStatusForm }),
  };
}
