import { defined } from "../defined.ts";
import { DAY_MS } from "../units.ts";
import { connectionId } from "./connection-id.ts";
import type { SourceReading } from "./reading.ts";
import type { SourceId, SourceRead } from "./source.ts";

/** The poll that a reading of ours is made in. */
export interface PollMoment {
  readonly slotMs: number;
  readonly observedAtMs: number;
  /** Whether the slot moves counters; a poll asked for by hand right after another does not. */
  readonly counts: boolean;
}

/** How long after the last good read an empty answer is not believed (ours). */
const EMPTY_BELIEVED_AFTER_MS = DAY_MS;

const NAMES: Readonly<Record<SourceId, string>> = {
  deviceManagementPartners: "Device management partners",
  complianceManagementPartners: "Compliance management partners",
  connectorStatus: "Connector status",
};

/**
 * Sums up what the polls so far say of one source, and has the last word on whether it was read.
 *
 * Two answers are not believed: a source that was read before cannot cease to exist (`vanished`), and cannot lose all its
 * rows at once (`suddenly-empty`) until 24 hours after the last good read. Only rows of an outcome `read` count.
 */
export function summariseSource(
  read: SourceRead,
  previous: SourceReading | undefined,
  poll: PollMoment,
): SourceReading {
  const { sourceId } = read;
  const result = believe(read, previous, poll);
  const isUnreadable = result.outcome === "unreadable";
  const lastGoodAtMs = result.outcome === "read" ? poll.observedAtMs : previous?.lastGoodAtMs;
  return {
    kind: "source",
    connectionId: connectionId("source", sourceId),
    displayName: NAMES[sourceId],
    sourceId,
    ...result,
    ...countFailure(previous, poll, isUnreadable),
    ...defined({ lastGoodAtMs }),
    rowCount: read.outcome === "read" && !isUnreadable ? read.rows.length : (previous?.rowCount ?? 0),
    problems: [],
  };
}

/** Counts consecutive failures of a source or tenant, and keeps the slot in which they began. */
export function countFailure(
  previous: { readonly failedPolls: number; readonly failingSinceMs?: number } | undefined,
  poll: PollMoment,
  hasFailed: boolean,
): { readonly failedPolls: number; readonly failingSinceMs?: number } {
  if (!hasFailed) return { failedPolls: 0 };
  return {
    failedPolls: (previous?.failedPolls ?? 0) + (poll.counts ? 1 : 0),
    failingSinceMs: previous?.failingSinceMs ?? poll.slotMs,
  };
}

type Outcome = Pick<SourceReading, "outcome" | "reason" | "detail">;

function believe(read: SourceRead, previous: SourceReading | undefined, poll: PollMoment): Outcome {
  const { lastGoodAtMs } = previous ?? {};
  switch (read.outcome) {
    case "read":
      return read.rows.length === 0 && hadRowsLately(previous, poll)
        ? { outcome: "unreadable", reason: "suddenly-empty" }
        : { outcome: "read" };
    case "not-available":
      return lastGoodAtMs === undefined
        ? { outcome: "not-available", reason: read.reason }
        : { outcome: "unreadable", reason: "vanished", detail: `Graph now says ${read.reason}` };
    case "unreadable":
      return { outcome: "unreadable", reason: read.reason, ...defined({ detail: read.detail }) };
  }
}

function hadRowsLately(previous: SourceReading | undefined, { observedAtMs }: PollMoment): boolean {
  if (previous?.lastGoodAtMs === undefined || previous.rowCount === 0) return false;
  return observedAtMs - previous.lastGoodAtMs < EMPTY_BELIEVED_AFTER_MS;
}
