import type { SimulatedTenant } from "../scenarios/scenario.schema.ts";
import { faultAt } from "../scenarios/state-at.ts";
import type { Fault, SourcePath } from "./fault.schema.ts";

/** Holds the faults that are set by hand, and counts those that heal after a number of answers. */
export interface FaultBoard {
  /** Sets, or with undefined clears, the one fault of a source (`*`: of all) of a tenant (undefined: of all). */
  readonly set: (tenantId: string | undefined, source: SourcePath | "*", fault: Fault | undefined) => void;
  /** Clears all faults set by hand; those of the scenario stay. */
  readonly clear: () => void;
  /**
   * Returns the fault that this answer has, and counts it.
   *
   * The tenant's own before those of all tenants, a source's before those of all sources, and the scenario's last.
   */
  readonly take: (tenant: SimulatedTenant, source: SourcePath, elapsedMs: number) => Fault | undefined;
}

/** Makes a board without faults. */
export function createFaultBoard(): FaultBoard {
  const byPlace = new Map<string, { readonly fault: Fault }>();
  const answers = new WeakMap<object, number>();
  return {
    set(tenantId, source, fault) {
      if (fault === undefined) {
        byPlace.delete(placeOf(tenantId, source));
      } else {
        byPlace.set(placeOf(tenantId, source), { fault });
      }
    },
    clear() {
      byPlace.clear();
    },
    take(tenant, source, elapsedMs) {
      const places = [
        placeOf(tenant.id, source),
        placeOf(tenant.id, "*"),
        placeOf(undefined, source),
        placeOf(undefined, "*"),
      ];
      const entries = [...places.map((place) => byPlace.get(place)), faultAt(tenant, source, elapsedMs)];
      for (const entry of entries) {
        const taken = entry === undefined ? 0 : (answers.get(entry) ?? 0);
        if (entry !== undefined && taken < (entry.fault.times ?? Infinity)) {
          answers.set(entry, taken + 1);
          return entry.fault;
        }
      }
      return undefined;
    },
  };
}

function placeOf(tenantId: string | undefined, source: SourcePath | "*"): string {
  return `${tenantId ?? "*"} ${source}`;
}
