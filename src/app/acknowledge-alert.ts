import { isOpen } from "../domain/alerts/alert-state.ts";
import type { Person } from "../domain/history/audit-entry.ts";
import type { Acknowledgement } from "../domain/suppression/acknowledgement.ts";
import type { Clock } from "../ports/clock.ts";
import type { MonitorStore } from "../ports/monitor-store.ts";
import type { SuppressionStore } from "../ports/suppression-store.ts";

/** What acknowledging needs. */
export interface AcknowledgeDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
  readonly suppressions: Pick<SuppressionStore, "writeAcknowledgement">;
  readonly clock: Clock;
}

/** An acknowledgement as a person orders it; limits of time and text are checked before. */
export interface AcknowledgeOrder {
  readonly tenantId: string;
  readonly alertKey: string;
  readonly untilMs: number;
  readonly reason: string;
  readonly person: Person;
}

/**
 * Acknowledges the open episode of an alert.
 *
 * 1. Finds the episode that is open now; there is nothing to look after without one.
 * 2. Writes the acknowledgement of that episode with its audit entry.
 * @returns undefined when the tenant has no open alert of that key.
 * @throws {DependencyError} When storage fails.
 */
export async function acknowledgeAlert(
  { store, suppressions, clock }: AcknowledgeDeps,
  { tenantId, alertKey, untilMs, reason, person }: AcknowledgeOrder,
): Promise<Acknowledgement | undefined> {
  const { states } = await store.loadLive(tenantId);
  const alerts = states.flatMap(({ value }) => Object.values(value.alerts));
  const episode = alerts.find((alert) => alert.alertKey === alertKey && isOpen(alert))?.episode?.id;
  if (episode === undefined) return undefined;

  const writtenAtMs = clock.nowMs();
  const acknowledgement = { alertKey, episode, writtenAtMs, untilMs, by: person.by, reason };
  const id = `acknowledge-${episode}`;
  const audit = { id, atMs: writtenAtMs, ...person, action: "acknowledge", target: alertKey, reason } as const;
  await suppressions.writeAcknowledgement(tenantId, acknowledgement, audit);
  return acknowledgement;
}
