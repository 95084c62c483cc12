import { canonicalJson } from "../domain/connections/canonical-json.ts";
import type { Person } from "../domain/history/audit-entry.ts";
import type { Silence, SilenceMatch } from "../domain/suppression/silence.ts";
import type { Clock } from "../ports/clock.ts";
import type { SuppressionStore } from "../ports/suppression-store.ts";

/** What ordering a silence needs. */
export interface OrderSilenceDeps {
  readonly suppressions: Pick<SuppressionStore, "listSilences" | "writeSilence">;
  readonly clock: Clock;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** A silence as a person orders it; limits of time and text are checked before. */
export interface SilenceOrder {
  readonly tenantId: string;
  readonly match: SilenceMatch;
  /** @default now */
  readonly fromMs?: number | undefined;
  readonly untilMs: number;
  readonly reason: string;
  readonly person: Person;
}

/** What came of an order. */
export type OrderedSilence =
  | { readonly kind: "ordered"; readonly silence: Silence }
  /** The same order was given before and ended since. */
  | { readonly kind: "ended-before" };

/**
 * Orders a silence.
 *
 * 1. Names it by what is ordered, so that the same order given twice is one silence.
 * 2. Writes it with its audit entry, or finds it written.
 * @throws {DependencyError} When storage fails.
 */
export async function orderSilence(
  { suppressions, clock, digest }: OrderSilenceDeps,
  { tenantId, person, fromMs, ...order }: SilenceOrder,
): Promise<OrderedSilence> {
  const nowMs = clock.nowMs();
  const id = digest(canonicalJson({ tenantId, by: person.by, fromMs: fromMs ?? "now", ...order })).slice(0, 16);
  const { reason } = order;
  const silence: Silence = { id, ...order, fromMs: fromMs ?? nowMs, by: person.by, writtenAtMs: nowMs };
  const audit = { id: `silence-${id}`, atMs: nowMs, ...person, action: "silence", target: id, reason } as const;

  if ((await suppressions.writeSilence(tenantId, silence, audit)) === "written") return { kind: "ordered", silence };

  const known = (await suppressions.listSilences(tenantId)).find((stored) => stored.id === id);
  return known === undefined || known.endedAtMs !== undefined
    ? { kind: "ended-before" }
    : { kind: "ordered", silence: known };
}
