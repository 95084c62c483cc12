import type { Standing } from "../../domain/connections/reading.ts";
import type { Severity } from "../../domain/rules/rule.ts";

/** Answer of GET v1/tenants: the tenants in the order of the configuration, then `fleet`, the monitor itself. */
export interface TenantsBody {
  readonly value: readonly TenantBody[];
}

/** A tenant that is watched, or the fleet. */
export interface TenantBody {
  /** GUID, or `fleet`. */
  readonly tenantId: string;
  readonly tenantName: string;
  /** When it was scheduled for the first time; absent before. */
  readonly configuredSinceDateTime?: string | undefined;
  /**
   * Past this instant the tenant is late, until its next poll is committed; by the limits of the rule `tenant-late`. Absent for
   * the fleet, and before the tenant was scheduled.
   */
  readonly lateAfterDateTime?: string | undefined;
  /** The last poll that was committed, and what it said; absent before the first. */
  readonly lastPoll?: TenantPollBody | undefined;
}

/** What the last poll of a tenant said. */
export interface TenantPollBody {
  readonly slotDateTime: string;
  readonly observedDateTime: string;
  readonly period: string;
  /** Why nothing at all could be read; absent when something could. */
  readonly unreadableReason?: string | undefined;
  /** Sources that could not be read. */
  readonly blindSources: readonly { readonly sourceId: string; readonly reason: string }[];
  /** Alerts that fire or recover. */
  readonly openAlerts: Readonly<Record<Severity, number>>;
  /** Of the open alerts; absent when there are none. */
  readonly worstSeverity?: Severity | undefined;
  /** Partners and connectors. */
  readonly standings: Readonly<Record<Standing["standing"], number>>;
  /** Stored rows that cannot be parsed. */
  readonly unreadableRows: number;
  /** Notifications that were on their way before the poll, and those that were given up while their alert is open. */
  readonly outbox?: { readonly waiting: number; readonly dead: number } | undefined;
}
