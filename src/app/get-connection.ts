import type { ConnectionEvent } from "../domain/history/connection-event.ts";
import { type JudgedConnection, judgeConnections } from "../domain/poll/judge-connections.ts";
import type { Head } from "../domain/poll/poll-plan.ts";
import type { HistoryStore } from "../ports/history-store.ts";
import type { MonitorStore } from "../ports/monitor-store.ts";

/** What `getConnection` reads from. */
export interface GetConnectionDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
  readonly history: Pick<HistoryStore, "events">;
}

/** Which connection is wanted. */
export interface ConnectionRef {
  readonly tenantId: string;
  readonly connectionKey: string;
}

/** One connection as it is now, with what happened last, or why there is none to show. */
export type FoundConnection =
  | {
      readonly kind: "found";
      readonly connection: JudgedConnection;
      /** The last poll; absent when that cannot be read. */
      readonly head?: Head;
      /** The last 20, newest first. */
      readonly events: readonly ConnectionEvent[];
    }
  | { readonly kind: "unknown" }
  /** Its state is stored and cannot be parsed. */
  | { readonly kind: "unreadable" };

/** How many events are shown with a connection (ours). */
const EVENT_COUNT = 20;

/**
 * Gets the current state of one connection with its newest events, by two queries.
 *
 * @throws {DependencyError} When storage cannot be read.
 */
export async function getConnection(
  { store, history }: GetConnectionDeps,
  { tenantId, connectionKey }: ConnectionRef,
): Promise<FoundConnection> {
  const range = { tenantId, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: EVENT_COUNT };
  const [{ states, head, unreadable }, { rows: events }] = await Promise.all([
    store.loadLive(tenantId),
    history.events(range, connectionKey),
  ]);
  const connections = judgeConnections(states.map(({ value }) => value));
  const connection = connections.find(({ state }) => state.connectionKey === connectionKey);
  if (connection === undefined) {
    return { kind: unreadable.some((row) => row.connectionKey === connectionKey) ? "unreadable" : "unknown" };
  }
  return { kind: "found", connection, events, ...(head === undefined ? {} : { head: head.value }) };
}
