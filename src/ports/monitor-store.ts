import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { LivePartition } from "../domain/poll/live-partition.ts";
import type { PollTransaction } from "../domain/poll/poll-plan.ts";
import type { TenantOverview } from "../domain/poll/tenant-overview.ts";

export type { LivePartition, UnreadableRow } from "../domain/poll/live-partition.ts";
export type { Stored } from "../domain/stored.ts";

/** Keeps what polls remember; every write is one entity-group transaction of the tenant's partition. */
export interface MonitorStore {
  /**
   * Reads the tenant's `live|` rows by one query, following continuation tokens.
   *
   * @throws {DependencyError} When storage cannot be read.
   */
  readonly loadLive: (tenantId: string) => Promise<LivePartition>;
  /** Reads the states of connections that are no longer watched; rows that cannot be parsed are left out. */
  readonly loadGone: (tenantId: string) => Promise<readonly ConnectionState[]>;
  /**
   * Writes one transaction whole, or nothing of it.
   *
   * `conflict` does not mean that somebody else won: the client retries by itself and our own write may have
   * committed first. The caller reads again and plans again.
   * @throws {DependencyError} When storage cannot be written.
   */
  readonly commit: (tenantId: string, transaction: PollTransaction) => Promise<"committed" | "conflict">;
}

/** A tenant's line as stored: registered by the schedule, projected by its polls. */
export interface OverviewLine {
  readonly tenantId: string;
  /** When the tenant was scheduled for the first time. */
  readonly configuredSinceMs: number;
  /** Absent until the first poll was committed. */
  readonly overview?: Omit<TenantOverview, "connections">;
}

/** Keeps one line a tenant for every answer that spans tenants. */
export interface OverviewStore {
  /** Reads all lines, without their connections; a line that cannot be parsed counts as not polled yet. */
  readonly loadLines: () => Promise<readonly OverviewLine[]>;
  /** Inserts a line for a tenant that has none; an existing line is left as it is. */
  readonly register: (tenantId: string, configuredSinceMs: number) => Promise<void>;
  /** Replaces the projected part of the line. */
  readonly project: (overview: TenantOverview) => Promise<void>;
}
