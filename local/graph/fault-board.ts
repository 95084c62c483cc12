import type { SimulatedTenant } from "../scenarios/scenario.schema.ts";
import { faultAt } from "../scenarios/state-at.ts";
import type { Fault, FaultPlace } from "./fault.schema.ts";

/** Holds the faults that are set by hand, and counts those that heal after a number of answers. */
export interface FaultBoard {
  /** Sets, or with undefined clears, the one fault of a place (`*`: of all) of a tenant (undefined: of all). */
  readonly set: (tenantId: string | undefined, place: FaultPlace | "*", fault: Fault | undefined) => void;
  /** Clears all faults set by hand; those of the scenario stay. */
  readonly clear: () => void;
  /**
   * Returns the fault that this answer has, and counts it.
   *
   * The tenant's own before those of all tenants, a place's before those of all places, and the scenario's last.
   */
  readonly take: (tenant: SimulatedTenant, place: FaultPlace, elapsedMs: number) => Fault | undefined;
}

/** Makes a board without faults. */
export function createFaultBoard(): FaultBoard {
  const byPlace = new Map<string, { readonly fault: Fault }>();
  const answers = new WeakMap<object, number>();
  return {
    set(tenantId, place, fault) {
      if (fault === undefined) {
        byPlace.delete(keyOf(tenantId, place));
      } else {
        byPlace.set(keyOf(tenantId, place), { fault });
      }
    },
    clear() {
      byPlace.clear();
    },
    take(tenant, place, elapsedMs) {
      const keys = [keyOf(tenant.id, place), keyOf(tenant.id, "*"), keyOf(undefined, place), keyOf(undefined, "*")];
      const entries = [...keys.map((key) => byPlace.get(key)), faultAt(tenant, place, elapsedMs)];
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

function keyOf(tenantId: string | undefined, place: FaultPlace | "*"): string {
  return `${tenantId ?? "*"} ${place}`;
}
