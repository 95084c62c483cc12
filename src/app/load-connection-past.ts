import { connectionId } from "../domain/connections/connection-id.ts";
import { sourceOf } from "../domain/connections/source-of.ts";
import type { ConnectionEvent } from "../domain/history/connection-event.ts";
import { type ConnectionPast, reachesBack, recallConnection } from "../domain/history/recall-connection.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import { MAX_AHEAD_MS } from "../domain/time.ts";
import type { HistoryStore } from "../ports/history-store.ts";
import type { LivePartition, MonitorStore } from "../ports/monitor-store.ts";

/** What a connection's past is read from. */
export interface LoadPastDeps {
  readonly store: Pick<MonitorStore, "loadLive" | "loadGone">;
  readonly history: Pick<HistoryStore, "events">;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Whose past is wanted, and how much of it. */
export interface PastRequest {
  readonly tenantId: string;
  readonly connectionKey: string;
  readonly fromMs: number;
  readonly nowMs: number;
}

/** What came of asking. */
export type LoadedPast =
  | { readonly kind: "past"; readonly past: ConnectionPast }
  | { readonly kind: "unknown-connection" }
  /** Its state is stored and cannot be parsed: what it was when nothing changed cannot be said. */
  | { readonly kind: "unreadable-connection" };

const PAGE_SIZE = 1_000;

/**
 * Loads all that is known of a connection from an instant on, right up to now: what an alert was is told by its next change
 * too, and a gap by its end, however late they come.
 *
 * 1. Finds what is remembered of the connection, its source and its tenant, by one query; by one more when it is gone.
 * 2. Reads the events of the three in parallel, one request for 1,000 events each.
 * @throws {DependencyError} When storage cannot be read.
 */
export async function loadConnectionPast(deps: LoadPastDeps, request: PastRequest): Promise<LoadedPast> {
  const { tenantId, connectionKey, nowMs } = request;
  const live = await deps.store.loadLive(tenantId);
  const states = new Map(live.states.map(({ value }) => [value.connectionKey, value]));
  const state = states.get(connectionKey) ?? (await findGone(deps, request, live));
  if (state === undefined) {
    const isUnreadable = live.unreadable.some((row) => row.connectionKey === connectionKey);
    return { kind: isUnreadable ? "unreadable-connection" : "unknown-connection" };
  }

  const { kind } = state.reading;
  const sourceId = sourceOf(kind);
  const sourceKey = sourceId === undefined ? undefined : deps.digest(connectionId("source", sourceId));
  const tenantKey = deps.digest(connectionId("tenant", tenantId));
  const [events, sourceEvents, tenantEvents] = await Promise.all([
    readEvents(deps, request, connectionKey),
    sourceKey === undefined ? [] : readEvents(deps, request, sourceKey),
    readEvents(deps, request, tenantKey),
  ]);
  const isSource = kind === "source";
  const record = {
    state,
    isLive: states.has(connectionKey),
    tenant: states.get(tenantKey),
    source: isSource ? state : states.get(sourceKey ?? ""),
    periodMs: live.head?.value.periodMs,
    events,
    sourceEvents: isSource ? events : sourceEvents,
    tenantEvents,
  };
  return { kind: "past", past: recallConnection(record, nowMs) };
}

async function findGone(
  { store }: LoadPastDeps,
  { tenantId, connectionKey }: PastRequest,
  { unreadable }: LivePartition,
): Promise<ConnectionState | undefined> {
  if (unreadable.some((row) => row.connectionKey === connectionKey)) return undefined;
  const gone = await store.loadGone(tenantId);
  return gone.find((state) => state.connectionKey === connectionKey);
}

/** Reads events of one connection, newest first, until they reach back far enough or there are no older ones. */
async function readEvents(
  { history }: LoadPastDeps,
  { tenantId, fromMs, nowMs }: PastRequest,
  connectionKey: string,
): Promise<readonly ConnectionEvent[]> {
  const range = { tenantId, fromMs: 0, toMs: nowMs + MAX_AHEAD_MS, limit: PAGE_SIZE };
  const events: ConnectionEvent[] = [];
  let after: string | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before it ended
    const page = await history.events(after === undefined ? range : { ...range, after }, connectionKey);
    events.push(...page.rows);
    after = page.next;
  } while (after !== undefined && !reachesBack(events, fromMs));
  return events;
}
