import { isOpen } from "../alerts/alert-state.ts";
import { contactOf } from "../connections/contact-of.ts";
import { instantOf, isRow } from "../connections/reading.ts";
import { defined } from "../defined.ts";
import type { ConnectionEvent } from "../history/connection-event.ts";
import type { Snapshot } from "../history/snapshot.ts";
import type { RuleId } from "../rules/rule.ts";
import { windowsAt } from "../suppression/is-in-maintenance.ts";
import { MAX_AHEAD_MS } from "../time.ts";
import { chunkWrites } from "./chunk-writes.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { LivePartition } from "./live-partition.ts";
import { isGraphUnavailable, nextHead } from "./next-head.ts";
import type { Observed } from "./observed.ts";
import { planSnapshot } from "./plan-snapshot.ts";
import type { PollContext, Sighting } from "./poll-context.ts";
import type { ConnectionWrite, PollPlan, StateWrite } from "./poll-plan.ts";
import { projectOverview } from "./project-overview.ts";
import { type SightedConnection, sightConnections } from "./sight-connections.ts";
import { type ConnectionStep, stepConnection } from "./step-connection.ts";
import { tallyDay } from "./tally-day.ts";
import { withoutFutureSlots } from "./without-future-slots.ts";

/** What one poll is planned from. */
export interface PollInput {
  readonly live: LivePartition;
  /** States of connections that left; wanted only when an unknown connection appears. */
  readonly gone: readonly ConnectionState[];
  readonly observed: Observed;
}

/**
 * Plans everything one poll writes, of a tenant, of the fleet, or of a tenant that left: what became of every connection, the notifications due, the head and the overview.
 *
 * Planning the same slot again on top of what a crashed poll has written adds only what is missing, under the same keys.
 */
export function planPoll(input: PollInput, poll: Omit<PollContext, "periodMs" | "suppression">): PollPlan {
  const { live, observed } = input;
  const before = live.head?.value;
  const { silences, acknowledgements } = live;
  const context = {
    ...poll,
    periodMs: Math.max(poll.policy.periodMs, before?.periodMs ?? 0),
    suppression: {
      silences,
      acknowledgements,
      windows: windowsAt(poll.policy.maintenance, poll.nowMs),
      openAbove: openInFleet(isGraphUnavailable(before, observed)),
    },
  };
  const states = live.states.map((stored) => ({ ...stored, value: withoutFutureSlots(stored.value, context) }));
  const gone = input.gone.map((state) => withoutFutureSlots(state, context));
  const unreadableKeys = new Set(live.unreadable.flatMap(({ connectionKey }) => connectionKey ?? []));
  const sighted = sightConnections({ states, gone, unreadableKeys, observed, head: before }, context);
  const planned = planInTurn(sighted, context);
  const after = planned.flatMap(({ state }) => state ?? []);
  const writes = planned.flatMap(({ write }) => write ?? []);
  const notifications = writes.flatMap(({ outbox }) => outbox).length;
  const head = nextHead(before, { observed, states: after, notifications }, context);
  const etag = live.head?.etag ?? live.unreadableHeadEtag;
  return {
    transactions: chunkWrites(writes, { head, ...(etag === undefined ? {} : { etag }) }),
    head,
    overview: projectOverview({ policy: context.policy, head, states: after, live }),
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

function openInFleet(graphUnavailable: boolean | undefined): readonly RuleId[] {
  return graphUnavailable === true ? ["graph-unavailable"] : [];
}

/** What is open on the tenant keeps quiet what stands below it: the tenant comes first. */
function planInTurn(sighted: readonly SightedConnection[], context: PollContext): readonly PlannedConnection[] {
  let { suppression } = context;
  return sighted.map((connection) => {
    const planned = planConnection(connection, withoutItself(connection, { ...context, suppression }));
    if (connection.sighting.kind === "seen" && connection.sighting.reading.kind === "tenant") {
      const openAbove = [
        ...suppression.openAbove,
        ...Object.values(planned.state?.alerts ?? {})
          .filter(isOpen)
          .map(({ ruleId }) => ruleId),
      ];
      suppression = { ...suppression, openAbove };
    }
    return planned;
  });
}

/** A channel is never told that it fails itself: the others are. */
function withoutItself({ sighting }: SightedConnection, context: PollContext): PollContext {
  if (sighting.kind !== "seen" || sighting.reading.kind !== "channel") return context;
  const { policy } = context;
  const itself = sighting.reading.displayName;
  return { ...context, policy: { ...policy, channels: policy.channels.filter(({ name }) => name !== itself) } };
}

function planConnection(connection: SightedConnection, context: PollContext): PlannedConnection {
  const { stored, returning, sighting } = connection;
  const previous = stored?.value ?? returning;
  const step = stepConnection(previous, sighting, context);
  if (step === undefined) return { state: stored?.value, write: undefined };
  const { daily, ...tallied } = isPassing(step.state)
    ? { state: step.state, daily: undefined }
    : tallyDay(previous, step, { sighting, context });
  const { state, snapshot } = withSnapshot(tallied.state, sighting, context);
  const isKept = !step.isGone && isWorthKeeping(state);
  const write = toStateWrite(connection, state, isKept);
  if (write === undefined) return { state: undefined, write: undefined };
  const rows = defined({ snapshot, event: toEvent(step, context), daily });
  return { state: isKept ? state : undefined, write: { state: write, ...rows, outbox: step.notifications } };
}

function withSnapshot(
  state: ConnectionState,
  sighting: Sighting,
  context: PollContext,
): { readonly state: ConnectionState; readonly snapshot?: Snapshot } {
  const planned = sighting.kind === "seen" ? planSnapshot(state, context) : undefined;
  return planned === undefined
    ? { state }
    : { state: { ...state, snapshot: planned.mark }, snapshot: planned.snapshot };
}

/** Returns undefined when there is nothing to remember and no row to put away. */
function toStateWrite(
  { stored, returning }: SightedConnection,
  state: ConnectionState,
  isKept: boolean,
): StateWrite | undefined {
  if (stored === undefined) return isKept ? { op: "insert", state, returned: returning !== undefined } : undefined;
  if (isKept) return { op: "replace", state, etag: stored.etag };
  return { op: isPassing(state) ? "remove" : "retire", state, etag: stored.etag };
}

/** Of a tenant seen from outside and of a channel only what ails it, or did lately, is remembered: a healthy one costs no write. */
function isWorthKeeping(state: ConnectionState): boolean {
  return !isPassing(state) || Object.keys(state.alerts).length > 0;
}

function isPassing({ reading: { kind } }: ConnectionState): boolean {
  return kind === "tenant-watch" || kind === "channel";
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
