import type { Delivery, OutboxRow } from "../domain/delivery/notification.ts";
import type { Silence } from "../domain/suppression/silence.ts";
import type { Stored } from "./monitor-store.ts";

/** What a drain finds: the tenant's undelivered notifications, and what keeps them quiet. */
export interface OutboxView {
  /** Rows that cannot be parsed stay and are left out. */
  readonly rows: readonly Stored<OutboxRow>[];
  readonly silences: readonly Silence[];
}

/** Moves planned notifications from waiting to settled; only the drain uses it, and it never plans. */
export interface Outbox {
  /** Reads undelivered notifications and silences by one query. */
  readonly load: (tenantId: string) => Promise<OutboxView>;
  /** Reads the silences alone, which may have changed since: one small query before each claim. */
  readonly loadSilences: (tenantId: string) => Promise<readonly Silence[]>;
  /**
   * Rewrites 1 to 100 rows in one transaction if nobody else has changed any: the claim before a send, the record of a
   * failed one.
   *
   * @returns the rows as stored now, in order, or undefined when one was changed or settled meanwhile.
   */
  readonly update: (
    tenantId: string,
    rewrites: readonly Rewrite[],
  ) => Promise<readonly Stored<OutboxRow>[] | undefined>;
  /** Settles rows in one transaction of at most 100 operations: each outbox row goes, its delivery record comes. */
  readonly settle: (tenantId: string, settlements: readonly Settlement[]) => Promise<"settled" | "conflict">;
}

/** How one row is rewritten. */
export interface Rewrite {
  readonly row: Stored<OutboxRow>;
  readonly next: OutboxRow;
}

/** How one row is settled: 2 operations, and one for each row removed. */
export interface Settlement {
  readonly row: Stored<OutboxRow>;
  readonly delivery: Delivery;
  /** What stays of a dead letter that must stand beside its open episode. */
  readonly keep?: OutboxRow;
  /** Dead rows kept for an episode that its channel has now heard of, or that is over. */
  readonly remove?: readonly Stored<OutboxRow>[];
}
