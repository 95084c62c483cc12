import type { ConnectionState } from "../poll/connection-state.ts";
import { observeConnection } from "../poll/observe-connection.ts";
import type { TenantPolicy } from "../poll/tenant-policy.ts";
import type { ConnectionInput } from "../rules/evaluate-connection.ts";
import { HOUR_MS } from "../units.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Span } from "./timeline.ts";

/** The stored readings of one connection. */
export interface ReadingRecord {
  /** Oldest first; those from before the span tell how it began. */
  readonly snapshots: readonly Snapshot[];
  /** Slot in which the connection appeared for the first time. */
  readonly firstSeenAtMs: number;
}

/** What was known of a connection in one slot. */
export interface ReplayStep {
  readonly slotMs: number;
  readonly input: ConnectionInput;
  /** It is the connection's very first reading. */
  readonly isFirst: boolean;
}

/** After so many steps a replay pauses, for a step takes some microseconds and others wait. */
export const PAUSE_STEPS = 1_000;

/**
 * Tells what polls of a span knew of a connection, one step a period, by its stored readings.
 *
 * A snapshot stands for its reading until the next one: while a connection is seen, one is written each hour at least. Where
 * that is missing the connection was not seen, for whatever reason, and counts as blind. Pauses every `PAUSE_STEPS`.
 */
export function* replayReadings(
  { snapshots, firstSeenAtMs }: ReadingRecord,
  { fromMs, toMs }: Span,
  policy: TenantPolicy,
): Generator<undefined, readonly ReplayStep[]> {
  const { periodMs } = policy;
  const steps: ReplayStep[] = [];
  let next = 0;
  let state: ConnectionState | undefined;
  let delayMs = 0;
  for (let slotMs = Math.ceil(fromMs / periodMs) * periodMs; slotMs < toMs; slotMs += periodMs) {
    for (let one = snapshots[next]; one !== undefined && one.slotMs <= slotMs; one = snapshots[next]) {
      state = observe(state, one, policy);
      delayMs = one.observedAtMs - one.slotMs;
      next += 1;
    }
    if (state === undefined) continue;
    const isBlind = slotMs - state.lastSlotMs >= HOUR_MS;
    const nowMs = slotMs + delayMs;
    const observedAtMs = isBlind ? state.observedAtMs : nowMs;
    const isFirst = steps.length === 0 && state.lastSlotMs <= firstSeenAtMs;
    steps.push({ slotMs, isFirst, input: { ...state, firstSeenAtMs, observedAtMs, nowMs, isBlind } });
    if (steps.length % PAUSE_STEPS === 0) yield;
  }
  return steps;
}

function observe(
  state: ConnectionState | undefined,
  { connectionKey, reading, slotMs, observedAtMs }: Snapshot,
  policy: TenantPolicy,
): ConnectionState | undefined {
  const suppression = { silences: [], acknowledgements: [], windows: [], openAbove: [] };
  const poll = { policy, periodMs: policy.periodMs, digest: () => connectionKey, suppression };
  const context = { ...poll, slotMs, observedAtMs, nowMs: observedAtMs };
  return observeConnection(state, { kind: "seen", reading, hasReturned: false }, context);
}
