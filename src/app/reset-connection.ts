import type { Person } from "../domain/history/audit-entry.ts";
import type { ConnectionEvent } from "../domain/history/connection-event.ts";
import { lastPolledSlotMs } from "../domain/poll/plan-poll.ts";
import { planReset } from "../domain/poll/plan-reset.ts";
import type { Clock } from "../ports/clock.ts";
import type { HistoryStore } from "../ports/history-store.ts";
import type { LivePartition, MonitorStore } from "../ports/monitor-store.ts";
import type { OperatorStore } from "../ports/operator-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";

/** What resetting needs. */
export interface ResetDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
  readonly history: Pick<HistoryStore, "events">;
  readonly operators: Pick<OperatorStore, "setAside" | "wasSetAside">;
  readonly queue: Pick<WorkQueue, "requestDelivery">;
  readonly clock: Clock;
}

/** Whose state is to be set aside, and who says so. */
export interface ResetOrder {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly connectionKey: string;
  readonly reason: string;
  readonly person: Person;
}

/** What came of it. */
export type ResetOutcome = "reset" | "unknown" | "readable" | "changed-meanwhile";

const PAGE_SIZE = 1_000;

/**
 * Sets the unreadable state of a connection aside: the next poll that sees the connection begins with it anew.
 *
 * 1. Make sure that the state is there and cannot be read; one that was set aside before is done.
 * 2. Read the events of the connection, all that are kept: nothing else tells which alerts were open, and who knows of them.
 * 3. Move the state away and plan the end of those alerts, in one transaction with the audit entry.
 * 4. Ring, so that the channels are told.
 * @throws {DependencyError} When storage or the queue fails.
 */
export async function resetConnection(deps: ResetDeps, order: ResetOrder): Promise<ResetOutcome> {
  const { tenantId, connectionKey, reason, person } = order;
  const live = await deps.store.loadLive(tenantId);
  if (live.states.some(({ value }) => value.connectionKey === connectionKey)) return "readable";
  if (!isUnreadable(live, connectionKey)) {
    return (await deps.operators.wasSetAside(tenantId, connectionKey)) ? "reset" : "unknown";
  }

  const events = await readEvents(deps, order);

  const nowMs = deps.clock.nowMs();
  const plan = planReset({ ...order, events, lastSlotMs: lastPolledSlotMs(live, nowMs), nowMs });
  const id = `reset-${connectionKey}`;
  const audit = { id, atMs: nowMs, ...person, action: "reset-connection", target: connectionKey, reason } as const;
  const outcome = await deps.operators.setAside(tenantId, { connectionKey, ...plan }, audit);
  if (outcome === "conflict" && !(await deps.operators.wasSetAside(tenantId, connectionKey))) {
    return "changed-meanwhile";
  }

  if (plan.outbox.length > 0) await deps.queue.requestDelivery({ tenantId }, 0);
  return "reset";
}

function isUnreadable({ unreadable }: LivePartition, connectionKey: string): boolean {
  return unreadable.some((row) => row.connectionKey === connectionKey);
}

async function readEvents(
  { history }: ResetDeps,
  { tenantId, connectionKey }: ResetOrder,
): Promise<readonly ConnectionEvent[]> {
  const range = { tenantId, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: PAGE_SIZE };
  const events: ConnectionEvent[] = [];
  let after: string | undefined;
  do {
    const page = await history.events(after === undefined ? range : { ...range, after }, connectionKey);
    events.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return events;
}
