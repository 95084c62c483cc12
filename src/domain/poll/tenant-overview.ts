import type { Phase } from "../alerts/alert-state.ts";
import type { ConnectionKind, Standing } from "../connections/reading.ts";
import type { RuleId, Severity } from "../rules/rule.ts";

/** One connection in a tenant's overview: what a list over all tenants needs, and no more. */
export interface ConnectionLine {
  readonly connectionKey: string;
  readonly kind: ConnectionKind;
  readonly name: string;
  readonly standing: Standing["standing"];
  readonly lastContactMs?: number;
  readonly nonComplianceDeadlineMs?: number;
  readonly removalDeadlineMs?: number;
  readonly expiryMs?: number;
  /** Alerts that are not inactive. */
  readonly alerts: readonly { readonly ruleId: RuleId; readonly phase: Phase; readonly severity: Severity }[];
}

/** A tenant on one line: a projection of its states, rebuilt by every poll. */
export interface TenantOverview {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly lastSlotMs: number;
  readonly observedAtMs: number;
  readonly periodMs: number;
  /** Open alerts by severity. */
  readonly openAlerts: Readonly<Record<Severity, number>>;
  readonly worstSeverity?: Severity;
  /** Partners and connectors by standing. */
  readonly standings: Readonly<Record<ConnectionLine["standing"], number>>;
  /** Sources that could not be read, with the reason. */
  readonly blindSources: readonly string[];
  /** Rows that could not be parsed: states, and notifications on their way. */
  readonly unreadableRows: number;
  /** Worst first. */
  readonly connections: readonly ConnectionLine[];
  /** How many of the calmest were left out to keep the row within its limit. */
  readonly more: number;
}
