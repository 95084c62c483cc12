import { type RulePolicy, resolveSettings } from "../rules/resolve-settings.ts";
import { patienceMs, tenantLate } from "../rules/tenant-late.ts";
import { FLEET } from "./fleet.ts";
import type { WatchedTenant } from "./observed.ts";
import type { OverviewLine } from "./tenant-overview.ts";
import { watchTenant } from "./watch-tenant.ts";

/** What lateness is judged from. */
export interface LatenessInput {
  readonly tenants: readonly WatchedTenant[];
  readonly lines: readonly OverviewLine[];
  /** Since when a tenant without a line counts as configured. */
  readonly unregisteredSinceMs: number;
  /** @default what the fleet's line says */
  readonly resumedSlotMs?: number | undefined;
  /** How the fleet is judged. */
  readonly rules: RulePolicy;
}

/**
 * Finds the tenants that are not polled as they ought to be: the one figure behind the rule `tenant-late`, the health that
 * is asked for, and the dead-man's switch.
 *
 * A rule that is switched off still gives its limits: what nobody wants to be alerted of is not thereby well.
 * @returns By their ids, how many periods each may go without a poll.
 */
export function findLateTenants(input: LatenessInput, nowMs: number): ReadonlyMap<string, number> {
  const lines = new Map(input.lines.map((line) => [line.tenantId, line]));
  const { resumedSlotMs = lines.get(FLEET)?.overview?.resumedSlotMs } = input;
  const late = new Map<string, number>();
  for (const tenant of input.tenants) {
    const line = lines.get(tenant.tenantId) ?? { configuredSinceMs: input.unregisteredSinceMs };
    const reading = watchTenant({ tenant, line, resumedSlotMs }, nowMs);
    const { limits } = resolveSettings(input.rules, reading, tenantLate.id);
    const seen = { reading, observedAtMs: nowMs, nowMs, firstSeenAtMs: nowMs, absentPolls: 0 };
    if (tenantLate.evaluate(seen, limits).verdict === "breach") {
      late.set(tenant.tenantId, patienceMs(reading, limits) / reading.periodMs);
    }
  }
  return late;
}
