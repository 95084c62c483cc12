import type { Delivery } from "../domain/delivery/notification.ts";
import type { ConnectionEvent } from "../domain/history/connection-event.ts";
import type { DailyRollup } from "../domain/history/daily.ts";
import type { Snapshot } from "../domain/history/snapshot.ts";

/** Which rows of a tenant's history are wanted, newest first. */
export interface HistoryRange {
  readonly tenantId: string;
  /** Epoch milliseconds of slots, of deliveries those of settling; inclusive. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** 1 to 1,000. */
  readonly limit: number;
  /** The position after which to go on, as a former page gave it. */
  readonly after?: string;
}

/** One page; a page may hold fewer rows than asked for and still have a successor. */
export interface HistoryPage<T> {
  readonly rows: readonly T[];
  /** The position of the last row, when more may follow. At most 200 letters, digits, `|`, `_`, `.` and `-`. */
  readonly next?: string;
}

/** Reads and prunes what polls have written down; a page is one storage request at any depth. */
export interface HistoryStore {
  readonly snapshots: (range: HistoryRange, connectionKey: string) => Promise<HistoryPage<Snapshot>>;
  /** Events of one connection, or of the whole tenant when no connection is named. */
  readonly events: (range: HistoryRange, connectionKey?: string) => Promise<HistoryPage<ConnectionEvent>>;
  /** Settled notifications: those that were given up, or all the others. */
  readonly deliveries: (range: HistoryRange, kind: "delivered" | "dead") => Promise<HistoryPage<Delivery>>;
  /** Days that are over, by the midnight at their beginning. */
  readonly daily: (range: HistoryRange, connectionKey: string) => Promise<HistoryPage<DailyRollup>>;
  /** Says whether the tenant has, or had, the connection. */
  readonly hasConnection: (tenantId: string, connectionKey: string) => Promise<boolean>;
  /** Names all tenants that have rows, the fleet among them, also those that have left the configuration; one request for each. */
  readonly tenantIds: () => Promise<readonly string[]>;
  /**
   * Deletes rows of one kind older than a slot, at most `maxRows` of them.
   *
   * An event counts once, although it is stored twice.
   * @returns how many were deleted; fewer than `maxRows` means that nothing old is left.
   */
  readonly prune: (tenantId: string, request: PruneRequest) => Promise<number>;
}

/** What a tidy run may delete. */
export interface PruneRequest {
  readonly kind:
    | "snapshots"
    | "events"
    | "daily"
    | "deliveries"
    | "dead-letters"
    | "silences"
    | "audit"
    /** States that could not be read and were set aside by a person. */
    | "set-aside"
    /** States of connections that are no longer watched, by their last slot. */
    | "gone";
  readonly olderThanMs: number;
  readonly maxRows: number;
}
