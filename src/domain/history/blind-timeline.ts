import { NOT_POLLED } from "../connections/describe-outcome.ts";
import type { ConnectionState } from "../poll/connection-state.ts";
import { GAP_PERIODS } from "../time.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import { type ChangeOf, changesOf } from "./dated-changes.ts";
import type { Timeline, Turn } from "./timeline.ts";

/** Why nothing could be seen of a source; undefined while it could. */
export type Blindness = string | undefined;

/** What is known of a source's past. */
export interface SourceRecord {
  /** Oldest first. */
  readonly events: readonly ConnectionEvent[];
  /** Undefined when it is not among the watched. */
  readonly state: ConnectionState | undefined;
  /** How often it is read; undefined when that is not known. */
  readonly periodMs: number | undefined;
}

type Gap = Omit<ChangeOf<"gap">, "type">;

/** Tells when a source could not be read, by the gaps it left, and by the one it may be in now. */
export function blindTimeline({ events, state, periodMs }: SourceRecord, nowMs: number): Timeline<Blindness> {
  const gaps: Gap[] = changesOf(events, "gap").map(({ change }) => change);
  const running = state === undefined ? undefined : runningGap(state, periodMs, nowMs);
  if (running !== undefined) gaps.push(running);
  const turns: Turn<Blindness>[] = [];
  for (const { fromMs, toMs, reason } of gaps.sort((a, b) => a.fromMs - b.fromMs)) {
    const end = turns.at(-1);
    // What touches the gap before it goes on where that one ends.
    if (end !== undefined && fromMs <= end.atMs) turns.pop();
    turns.push({ atMs: fromMs, value: reason }, { atMs: Math.max(toMs, end?.atMs ?? toMs), value: undefined });
  }
  return { first: undefined, turns: turns.filter(({ atMs }) => atMs < Number.POSITIVE_INFINITY) };
}

/** A gap gets its event when it is over; one that is not lasts since the last good read, as that event will say. */
function runningGap({ reading }: ConnectionState, periodMs: number | undefined, nowMs: number): Gap | undefined {
  if (reading.kind !== "source") return undefined;
  const fromMs = reading.lastGoodAtMs ?? reading.failingSinceMs;
  if (fromMs === undefined) return undefined;
  const toMs = Number.POSITIVE_INFINITY;
  if (reading.outcome === "unreadable") return { fromMs, toMs, reason: reading.reason ?? "unreadable" };
  const isLate = periodMs !== undefined && nowMs - fromMs > GAP_PERIODS * periodMs;
  return isLate ? { fromMs, toMs, reason: NOT_POLLED } : undefined;
}
