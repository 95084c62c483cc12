import type { Reading } from "../connections/reading.ts";
import type { SourceId } from "../connections/source.ts";
import { sourceOf } from "../connections/source-of.ts";
import type { Verdict } from "../rules/verdict.ts";
import type { ConnectionState } from "./connection-state.ts";
import { verdictOf } from "./verdict-of.ts";

/** A connection as the last poll left it. */
export interface JudgedConnection {
  readonly state: ConnectionState;
  readonly verdict: Verdict;
}

/** Sums up what we say of each connection of a tenant, in the order given. */
export function judgeConnections(states: readonly ConnectionState[]): readonly JudgedConnection[] {
  const readable = new Set(
    states.flatMap(({ reading }) => (reading.kind === "source" && reading.outcome === "read" ? reading.sourceId : [])),
  );
  return states.map((state) => ({ state, verdict: verdictOf(state, isBlind(state.reading, readable)) }));
}

/** Our own view of a source or tenant is blind when the source or tenant is; the monitor always sees itself. */
function isBlind(reading: Reading, readable: ReadonlySet<SourceId>): boolean {
  if (reading.kind === "tenant") return !reading.readable;
  if (reading.kind === "fleet" || reading.kind === "tenant-watch" || reading.kind === "channel") return false;
  const sourceId = reading.kind === "source" ? reading.sourceId : sourceOf(reading.kind);
  return sourceId === undefined || !readable.has(sourceId);
}
