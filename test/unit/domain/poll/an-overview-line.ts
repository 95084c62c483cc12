import type { OverviewLine } from "../../../../src/domain/poll/tenant-overview.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import { TENANT_ID } from "../../../builders/a-policy.ts";

/** What matters of a line. */
export interface LineOptions extends Partial<Omit<NonNullable<OverviewLine["overview"]>, "observedAtMs">> {
  /** @default 0 */
  readonly configuredSinceMs?: number;
  /** @default never */
  readonly polledAtMs?: number;
}

/** A tenant's line in the overview, polled or not. */
export function anOverviewLine({
  tenantId = TENANT_ID,
  configuredSinceMs = 0,
  polledAtMs,
  ...rest
}: LineOptions = {}): OverviewLine {
  if (polledAtMs === undefined) return { tenantId, configuredSinceMs };
  const overview = {
    tenantId,
    tenantName: "Contoso",
    lastSlotMs: polledAtMs,
    observedAtMs: polledAtMs,
    periodMs: 15 * MINUTE_MS,
    openAlerts: { info: 0, warning: 0, error: 0, critical: 0 },
    standings: { active: 0, "not-configured": 0, retired: 0, ignored: 0 },
    blindSources: [],
    unreadableRows: 0,
    more: 0,
    ...rest,
  };
  return { tenantId, configuredSinceMs, overview };
}
