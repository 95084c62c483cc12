import type { ConnectorStatusForm, SourceId } from "../connections/source.ts";
import type { OutboxRow } from "../delivery/notification.ts";
import type { ConnectionEvent } from "../history/connection-event.ts";
import type { DailyRollup } from "../history/daily.ts";
import type { Snapshot } from "../history/snapshot.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollCounts, TenantOverview } from "./tenant-overview.ts";

/** What a tenant's last poll left behind for the next one. */
export interface Head {
  /** The newest slot that was polled to its end; never lowered. */
  readonly lastSlotMs: number;
  readonly observedAtMs: number;
  /** The period of that poll: a changed schedule must not look like a gap. */
  readonly periodMs: number;
  /** How each source ended, such as `read` or `unreadable: forbidden`. */
  readonly sources: Readonly<Partial<Record<SourceId, string>>>;
  readonly connectorStatusForm?: ConnectorStatusForm;
  /** Whether most tenants could not be read: in the fleet as it was found, in a tenant as the fleet said last. */
  readonly graphUnavailable?: boolean;
  /** Of the fleet only: the slot in which the monitor came back from its last gap. */
  readonly resumedSlotMs?: number;
  /** Absent in heads of older versions. */
  readonly counts?: PollCounts;
}

/** What happens to the state row of a connection, guarded by the ETag it was read with. */
export type StateWrite =
  /** A connection seen for the first time, or one that `returned` and whose row among the gone is removed. */
  | { readonly op: "insert"; readonly state: ConnectionState; readonly returned: boolean }
  | { readonly op: "replace"; readonly state: ConnectionState; readonly etag: string }
  /** The connection is no longer watched: its state moves to the rows of the gone. */
  | { readonly op: "retire"; readonly state: ConnectionState; readonly etag: string }
  /** Nothing of the connection is worth remembering. */
  | { readonly op: "remove"; readonly state: ConnectionState; readonly etag: string };

/** All that one poll writes of one connection; never split over two transactions. */
export interface ConnectionWrite {
  readonly state: StateWrite;
  readonly snapshot?: Snapshot;
  /** Stored twice: in the connection's own history and in the tenant's feed. */
  readonly event?: ConnectionEvent;
  /** The days that are over with this poll: at most 2, when the connection leaves as well. */
  readonly daily?: readonly DailyRollup[];
  /** At most 80. */
  readonly outbox: readonly OutboxRow[];
}

/** One entity-group transaction of a poll: all of it is written or nothing. */
export interface PollTransaction {
  readonly writes: readonly ConnectionWrite[];
  /** Set in the last transaction only; without an ETag the head is new. */
  readonly head?: { readonly head: Head; readonly etag?: string };
}

/** Everything one poll will write, as data. */
export interface PollPlan {
  /** In order; the last one carries the head. At least one. */
  readonly transactions: readonly PollTransaction[];
  readonly head: Head;
  readonly overview: TenantOverview;
}
