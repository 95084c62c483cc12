import type { Reading } from "../domain/connections/reading.ts";
import type { SourceId } from "../domain/connections/source.ts";
import { sourceOf } from "../domain/connections/source-of.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { Head } from "../domain/poll/poll-plan.ts";
import { verdictOf } from "../domain/poll/verdict-of.ts";
import { byGravity, type Verdict } from "../domain/rules/verdict.ts";
import type { MonitorStore, UnreadableRow } from "../ports/monitor-store.ts";

/** What `listConnections` reads from. */
export interface ListConnectionsDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
}

/** A connection as the last poll left it. */
export interface JudgedConnection {
  readonly state: ConnectionState;
  readonly verdict: Verdict;
}

/** Everything that is watched of a tenant. */
export interface ConnectionList {
  /** The last poll; absent before the first. */
  readonly head?: Head;
  /** Worst first, then by name. */
  readonly connections: readonly JudgedConnection[];
  readonly unreadable: readonly UnreadableRow[];
}

/**
 * Lists the current state of every connection of a tenant, by one query.
 *
 * @throws {DependencyError} When storage cannot be read.
 */
export async function listConnections({ store }: ListConnectionsDeps, tenantId: string): Promise<ConnectionList> {
  const { states, head, unreadable } = await store.loadLive(tenantId);
  const readings = states.map(({ value }) => value.reading);
  const readable = new Set(
    readings.flatMap((reading) => (reading.kind === "source" && reading.outcome === "read" ? reading.sourceId : [])),
  );
  const connections = states.map(({ value }) => ({
    state: value,
    verdict: verdictOf(value, isBlind(value.reading, readable)),
  }));
  return { connections: connections.sort(worstFirst), unreadable, ...(head === undefined ? {} : { head: head.value }) };
}

/** Our own view of a source or tenant is blind when the source or tenant is. */
function isBlind(reading: Reading, readable: ReadonlySet<SourceId>): boolean {
  if (reading.kind === "tenant") return !reading.readable;
  const sourceId = reading.kind === "source" ? reading.sourceId : sourceOf(reading.kind);
  return sourceId === undefined || !readable.has(sourceId);
}

function worstFirst(a: JudgedConnection, b: JudgedConnection): number {
  const byName = a.state.reading.displayName.localeCompare(b.state.reading.displayName, "en");
  return byGravity(a.verdict, b.verdict) || byName || (a.state.connectionKey < b.state.connectionKey ? -1 : 1);
}
