import { type JudgedConnection, judgeConnections } from "../domain/poll/judge-connections.ts";
import type { Head } from "../domain/poll/poll-plan.ts";
import { byGravity } from "../domain/rules/verdict.ts";
import type { MonitorStore, UnreadableRow } from "../ports/monitor-store.ts";

/** What `listConnections` reads from. */
export interface ListConnectionsDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
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
  const connections = judgeConnections(states.map(({ value }) => value)).toSorted(worstFirst);
  return { connections, unreadable, ...(head === undefined ? {} : { head: head.value }) };
}

function worstFirst(a: JudgedConnection, b: JudgedConnection): number {
  const byName = a.state.reading.displayName.localeCompare(b.state.reading.displayName, "en");
  return byGravity(a.verdict, b.verdict) || byName || (a.state.connectionKey < b.state.connectionKey ? -1 : 1);
}
