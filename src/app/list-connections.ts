import { isOpen } from "../domain/alerts/alert-state.ts";
import type { Reading } from "../domain/connections/reading.ts";
import type { SourceId } from "../domain/connections/source.ts";
import { sourceOf } from "../domain/connections/source-of.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { Head } from "../domain/poll/poll-plan.ts";
import type { MonitorStore, UnreadableRow } from "../ports/monitor-store.ts";

/** What `listConnections` reads from. */
export interface ListConnectionsDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
}

/** Worst first: what is not known stands above what is merely information, for blind is not green. */
const VERDICTS = ["critical", "error", "warning", "unknown", "info", "pending", "ok", "not-judged"] as const;

/**
 * Our verdict on a connection: the severity of its gravest open alert; `unknown` while it was not there or could not be
 * read; `pending` while a breach waits to be confirmed; `not-judged` where its standing is not active.
 */
export type Verdict = (typeof VERDICTS)[number];

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
  const connections = states.map(({ value }) => ({ state: value, verdict: judge(value, readable) })).sort(worstFirst);
  return { connections, unreadable, ...(head === undefined ? {} : { head: head.value }) };
}

function judge({ reading, standing, alerts, absentPolls }: ConnectionState, readable: ReadonlySet<SourceId>): Verdict {
  const states = Object.values(alerts);
  const verdicts: Verdict[] = states.filter(isOpen).map(({ severity }) => severity ?? "info");
  if (standing.standing === "active") {
    verdicts.push("ok");
    if (absentPolls > 0 || isBlind(reading, readable)) verdicts.push("unknown");
    if (states.some(({ phase }) => phase === "pending")) verdicts.push("pending");
  }
  return verdicts.sort(byRank)[0] ?? "not-judged";
}

/** Our own view of a source or tenant is blind when the source or tenant is. */
function isBlind(reading: Reading, readable: ReadonlySet<SourceId>): boolean {
  if (reading.kind === "tenant") return !reading.readable;
  const sourceId = reading.kind === "source" ? reading.sourceId : sourceOf(reading.kind);
  return sourceId === undefined || !readable.has(sourceId);
}

function byRank(a: Verdict, b: Verdict): number {
  return VERDICTS.indexOf(a) - VERDICTS.indexOf(b);
}

function worstFirst(a: JudgedConnection, b: JudgedConnection): number {
  const byName = a.state.reading.displayName.localeCompare(b.state.reading.displayName, "en");
  return byRank(a.verdict, b.verdict) || byName || (a.state.connectionKey < b.state.connectionKey ? -1 : 1);
}
