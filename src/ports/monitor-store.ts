import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { LivePartition } from "../domain/poll/live-partition.ts";
import type { PollTransaction } from "../domain/poll/poll-plan.ts";
import type { FullOverviewLine, OverviewLine, TenantOverview } from "../domain/poll/tenant-overview.ts";

export type { LivePartition, UnreadableRow } from "../domain/poll/live-partition.ts";
export type { OverviewLine } from "../domain/poll/tenant-overview.ts";
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

/** Keeps one line a tenant, and one of the fleet, for every answer that spans tenants. */
export interface OverviewStore {
  /** Reads all lines, without their connections; a line that cannot be parsed counts as not polled yet. */
  readonly loadLines: () => Promise<readonly OverviewLine[]>;
  /** Reads all lines with their connections; a line that cannot be parsed, or whose connections cannot, counts as not polled yet. */
  readonly loadFullLines: () => Promise<readonly FullOverviewLine[]>;
  /** Inserts a line for a tenant that has none; an existing line is left as it is. */
  readonly register: (tenantId: string, configuredSinceMs: number) => Promise<void>;
  /** Replaces the projected part of the line. */
  readonly project: (overview: TenantOverview) => Promise<void>;
  /** Removes the line of a tenant of which nothing is left to do; that there is none is no failure. */
  readonly remove: (tenantId: string) => Promise<void>;
}
