import type { Phase } from "../alerts/alert-state.ts";
import type { ConnectionKind, Standing } from "../connections/reading.ts";
import type { UnreadableReason } from "../connections/source.ts";
import type { RuleId, Severity } from "../rules/rule.ts";
import type { Verdict } from "../rules/verdict.ts";

/** One connection in a tenant's overview: what a list over all tenants needs, and no more. */
export interface ConnectionLine {
  readonly connectionKey: string;
  readonly kind: ConnectionKind;
  readonly name: string;
  readonly standing: Standing["standing"];
  /** Ours; absent in rows of older versions. */
  readonly verdict?: Verdict;
  /** What Microsoft says of a partner or connector, as sent. */
  readonly state?: string;
  readonly lastContactMs?: number;
  readonly nonComplianceDeadlineMs?: number;
  readonly removalDeadlineMs?: number;
  readonly expiryMs?: number;
  /** Alerts that are not inactive. */
  readonly alerts: readonly AlertLine[];
}

/** An alert in a tenant's overview. */
export interface AlertLine {
  readonly ruleId: RuleId;
  readonly phase: Phase;
  readonly severity: Severity;
  /** What people acknowledge it by; absent in rows of older versions. */
  readonly alertKey?: string;
  /** Slot in which the phase was entered; absent in rows of older versions. */
  readonly sinceSlotMs?: number;
}

/** What the polls of a tenant counted, each poll once, since its head was first written. */
export interface PollCounts {
  readonly polls: number;
  /** Of them, those that could read nothing at all. */
  readonly failedPolls: number;
  /** Notifications planned. */
  readonly notifications: number;
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
  /** Why the poll could read nothing at all; absent when it could read something. */
  readonly unreadableReason?: UnreadableReason;
  /** Of the fleet only: when the monitor came back from its last gap. */
  readonly resumedSlotMs?: number;
  /** Rows that could not be parsed: states, notifications on their way, and what silences them. */
  readonly unreadableRows: number;
  /** What was counted so far; absent in rows of older versions. */
  readonly counts?: PollCounts;
  /** Notifications that were on their way before the poll and still are, and those that were given up. */
  readonly outbox?: { readonly waiting: number; readonly dead: number };
  /** Worst first. */
  readonly connections: readonly ConnectionLine[];
  /** How many of the calmest were left out to keep the row within its limit. */
  readonly more: number;
}

/** A tenant's line as stored: registered by the schedule, projected by its polls. */
export interface OverviewLine {
  readonly tenantId: string;
  /** When the tenant was scheduled for the first time. */
  readonly configuredSinceMs: number;
  /** Absent until the first poll was committed. */
  readonly overview?: Omit<TenantOverview, "connections">;
}

/** A tenant's line with its connections. */
export interface FullOverviewLine extends Omit<OverviewLine, "overview"> {
  /** Absent until the first poll was committed. */
  readonly overview?: TenantOverview;
}
