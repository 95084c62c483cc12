import type { Person } from "../domain/history/audit-entry.ts";
import type { Clock } from "../ports/clock.ts";
import type { SuppressionStore } from "../ports/suppression-store.ts";

/** What taking an order back needs. */
export interface TakeBackDeps {
  readonly suppressions: Pick<SuppressionStore, "endSilence" | "removeAcknowledgement">;
  readonly clock: Clock;
}

/** What is taken back: a silence by its id, or an acknowledgement by its alert's key. */
export interface TakeBackOrder {
  readonly tenantId: string;
  readonly what: "silence" | "acknowledgement";
  readonly target: string;
  readonly reason: string;
  readonly person: Person;
}

/**
 * Ends a silence, or takes an acknowledgement back; done twice it is done once.
 *
 * @throws {DependencyError} When storage fails.
 */
export async function takeBack(deps: TakeBackDeps, order: TakeBackOrder): Promise<"done" | "not-found"> {
  const { tenantId, what, target, reason, person } = order;
  const atMs = deps.clock.nowMs();
  const entry = { atMs, ...person, target, reason };
  if (what === "silence") {
    const audit = { ...entry, id: `end-silence-${target}`, action: "end-silence" } as const;
    const ended = await deps.suppressions.endSilence(tenantId, { id: target, endedAtMs: atMs }, audit);
    return ended === "ended" ? "done" : ended;
  }
  const audit = { ...entry, id: `take-back-${target}`, action: "take-back-acknowledgement" } as const;
  const removed = await deps.suppressions.removeAcknowledgement(tenantId, target, audit);
  return removed === "removed" ? "done" : removed;
}
