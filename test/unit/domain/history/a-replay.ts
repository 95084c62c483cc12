import type { Snapshot } from "../../../../src/domain/history/snapshot.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlanWorld } from "../../../builders/plan-world.ts";

/** The period of the stories that are replayed. */
export const PERIOD_MS = 15 * MINUTE_MS;

/** The slot in which they begin. */
export const START_MS = Date.UTC(2026, 10, 22);

/** The partner that they are about. */
export const PARTNER = "compliance-management-partner:one";

/** Polls one partner each period; an age tells how long ago it beat, undefined that nothing could be read. */
export function playAges(agesMs: readonly (number | undefined)[]): PlanWorld {
  const world = aPlanWorld();
  for (const [index, ageMs] of agesMs.entries()) {
    const slotMs = START_MS + index * PERIOD_MS;
    const rows = ageMs === undefined ? [] : [aCompliancePartnerRow({ id: "one", beatMs: slotMs - ageMs })];
    const reads = goodReads({ complianceManagementPartners: rows }).map((read) =>
      ageMs === undefined
        ? { sourceId: read.sourceId, outcome: "unreadable" as const, reason: "throttled" as const }
        : read,
    );
    world.poll({ slotMs, reads, policy: aPolicy(), nowMs: slotMs + MINUTE_MS });
  }
  return world;
}

/** The snapshots that polls of a partner with these ages left. */
export function snapshotsOf(agesMs: readonly (number | undefined)[]): readonly Snapshot[] {
  return playAges(agesMs).snapshots();
}

/** Does a work to its end without a pause. */
export function finish<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Counts the pauses of a work. */
export function countPauses(work: Generator<undefined, unknown>): number {
  return [...work].length;
}
