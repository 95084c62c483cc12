import type { Person } from "../domain/history/audit-entry.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import { judgePresence } from "../domain/rules/connection-missing.ts";
import { type RulePolicy, resolveSettings } from "../domain/rules/resolve-settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { HistoryStore } from "../ports/history-store.ts";
import type { MonitorStore } from "../ports/monitor-store.ts";
import type { OperatorStore } from "../ports/operator-store.ts";

/** What accepting a removal needs. */
export interface AcceptRemovalDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
  readonly history: Pick<HistoryStore, "hasConnection">;
  readonly operators: Pick<OperatorStore, "rewriteState">;
  readonly clock: Clock;
}

/** Whose absence is meant, and who says so. */
export interface RemovalOrder {
  readonly tenantId: string;
  /** By which it is missing; without them nothing ever is. */
  readonly rules: RulePolicy | undefined;
  readonly connectionKey: string;
  readonly reason: string;
  readonly person: Person;
}

/** What came of it. */
export type AcceptedRemoval = "accepted" | "unknown" | "unreadable" | "not-missing" | "changed-meanwhile";

/** How often the state is read again when a poll has written it in between. */
const MAX_TRIES = 5;

/**
 * Takes the absence of a missing connection as meant: the next complete read without it moves it to the gone.
 *
 * 1. Find its state; one that is among the gone already needs no word any more.
 * 2. Refuse when it is not missing: what is there, or was only just not there, is watched on.
 * 3. Write the acceptance into its state, with the audit entry; when a poll was quicker, begin again at 1.
 *
 * The state row carries it, and its ETag guards it: a poll that runs meanwhile plans anew on top of it.
 * @throws {DependencyError} When storage fails.
 */
export async function acceptRemoval(deps: AcceptRemovalDeps, order: RemovalOrder): Promise<AcceptedRemoval> {
  const { tenantId, connectionKey, reason, person } = order;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const { states, unreadable } = await deps.store.loadLive(tenantId);
    const stored = states.find(({ value }) => value.connectionKey === connectionKey);
    if (stored === undefined) {
      if (unreadable.some((row) => row.connectionKey === connectionKey)) return "unreadable";
      return (await deps.history.hasConnection(tenantId, connectionKey)) ? "accepted" : "unknown";
    }

    const nowMs = deps.clock.nowMs();
    if (stored.value.removalAcceptedAtMs !== undefined) return "accepted";
    if (!isMissing(stored.value, order, nowMs)) return "not-missing";

    const state = { ...stored, value: { ...stored.value, removalAcceptedAtMs: nowMs } };
    const id = `accept-removal-${connectionKey}`;
    const audit = { id, atMs: nowMs, ...person, action: "accept-removal", target: connectionKey, reason } as const;
    if ((await deps.operators.rewriteState(tenantId, state, audit)) === "written") return "accepted";
  }
  return "changed-meanwhile";
}

function isMissing(state: ConnectionState, { rules }: RemovalOrder, nowMs: number): boolean {
  const limits = rules === undefined ? {} : resolveSettings(rules, state.reading, "connection-missing").limits;
  const presence = judgePresence({ ...state, nowMs }, limits);
  return presence === "missing" || presence === "gone";
}
