import { type ReplayRefusal, refuseReplay } from "../domain/delivery/judge-replay.ts";
import { type Delivery, type OutboxRow, plannedRow } from "../domain/delivery/notification.ts";
import type { AuditEntry } from "../domain/history/audit-entry.ts";
import type { Clock } from "../ports/clock.ts";
import type { DeadLetters } from "../ports/dead-letters.ts";
import type { LivePartition, MonitorStore, Stored } from "../ports/monitor-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";
import { idOf } from "./write-outbox.ts";

/** What a replay works with. */
export interface ReplayDeps {
  readonly deadLetters: DeadLetters;
  readonly store: Pick<MonitorStore, "loadLive">;
  readonly queue: WorkQueue;
  readonly clock: Clock;
}

/** Which notification is to be sent again. */
export interface ReplayRequest {
  readonly tenantId: string;
  /** The notification's id, as in its delivery record. */
  readonly id: string;
  /** When it was given up: one that was replayed and given up again is another record. @default whenever it was */
  readonly settledAtMs?: number;
}

/** What came of a replay. */
export type ReplayOutcome =
  | { readonly kind: "replayed" }
  | { readonly kind: "not-found" }
  | { readonly kind: "conflict"; readonly reason: ReplayRefusal | "changed-meanwhile" };

/**
 * Has a notification that was given up sent again, with all its attempts before it; asked twice, it is sent once.
 *
 * 1. Find its record, and what is remembered of its alert.
 * 2. Refuse when it would tell its channel what is no longer so.
 * 3. Put it back into the outbox, together with the audit entry, unless a poll has changed the alert meanwhile, and ring.
 *
 * @throws {DependencyError} When storage or the queue fails.
 */
export async function replayDelivery(
  deps: ReplayDeps,
  { tenantId, id, settledAtMs }: ReplayRequest,
  audit: AuditEntry,
): Promise<ReplayOutcome> {
  const [dead, live] = await Promise.all([deps.deadLetters.find(tenantId, id), deps.store.loadLive(tenantId)]);
  if (dead === undefined || dead.value.settledAtMs !== (settledAtMs ?? dead.value.settledAtMs))
    return isWaiting(live, id) ? ring(deps, tenantId) : { kind: "not-found" };

  const { facts, channel } = dead.value;
  const delivered = await deps.deadLetters.deliveredSince(tenantId, dead.value);
  const state = live.states.find(({ value }) => value.connectionKey === facts.connectionKey);
  const refusal = refuseReplay(dead.value, state?.value.alerts[facts.ruleId], delivered);
  if (refusal !== undefined) return { kind: "conflict", reason: refusal };

  const kept = rowOf(live, id);
  const row = { ...plannedRow(facts, channel, deps.clock.nowMs()), wasTried: wasTried(dead.value, kept?.value) };
  const outcome = await deps.deadLetters.replay(tenantId, { dead, row, kept, state, audit });
  if (outcome === "conflict" && !isWaiting(await deps.store.loadLive(tenantId), id)) {
    return { kind: "conflict", reason: "changed-meanwhile" };
  }
  return ring(deps, tenantId);
}

/** A former replay may have been given up unsent: what was tried before it still counts. */
function wasTried({ attempts }: Delivery, kept: OutboxRow | undefined): boolean {
  return attempts > 0 || kept?.wasTried === true;
}

async function ring({ queue }: ReplayDeps, tenantId: string): Promise<ReplayOutcome> {
  await queue.requestDelivery({ tenantId }, 0);
  return { kind: "replayed" };
}

function rowOf({ outbox }: LivePartition, id: string): Stored<OutboxRow> | undefined {
  return outbox.find(({ value }) => idOf(value) === id);
}

function isWaiting(live: LivePartition, id: string): boolean {
  const row = rowOf(live, id);
  return row !== undefined && row.value.dead !== true;
}
