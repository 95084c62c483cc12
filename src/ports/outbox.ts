import type { Delivery, OutboxRow } from "../domain/delivery/notification.ts";
import type { Stored } from "./monitor-store.ts";

/** Moves planned notifications from waiting to settled; only the drain uses it, and it never plans. */
export interface Outbox {
  /** Reads the tenant's undelivered notifications; rows that cannot be parsed stay and are left out. */
  readonly load: (tenantId: string) => Promise<readonly Stored<OutboxRow>[]>;
  /**
   * Rewrites one row if nobody else has: the claim before a send, and the record of a failed one.
   *
   * @returns the row as stored now, or undefined when it was changed or settled meanwhile.
   */
  readonly update: (
    tenantId: string,
    row: Stored<OutboxRow>,
    next: OutboxRow,
  ) => Promise<Stored<OutboxRow> | undefined>;
  /**
   * Settles one row in one transaction: the outbox row goes, its delivery record comes.
   *
   * A dead letter that must stay beside its open episode is rewritten as `keep`; `remove` are dead rows of an episode
   * whose `resolved` has settled.
   */
  readonly settle: (tenantId: string, settlement: Settlement) => Promise<"settled" | "conflict">;
}

/** How one row is settled. */
export interface Settlement {
  readonly row: Stored<OutboxRow>;
  readonly delivery: Delivery;
  readonly keep?: OutboxRow;
  readonly remove?: readonly Stored<OutboxRow>[];
}
