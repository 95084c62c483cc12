import type { OutboxRow } from "../delivery/notification.ts";
import type { Stored } from "../stored.ts";
import type { Acknowledgement } from "../suppression/acknowledgement.ts";
import type { Silence } from "../suppression/silence.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { Head } from "./poll-plan.ts";

/** A stored row that could not be parsed; it stays where it is until a person resets it. */
export interface UnreadableRow {
  readonly rowKey: string;
  /** Set when the row's key names a connection. */
  readonly connectionKey?: string;
}

/** All that a poll needs to know of a tenant, read by one query. */
export interface LivePartition {
  /** Absent at the first poll, and when it cannot be parsed. */
  readonly head?: Stored<Head>;
  /** The ETag of a head that is there but cannot be parsed, so that it can be overwritten. */
  readonly unreadableHeadEtag?: string;
  readonly states: readonly Stored<ConnectionState>[];
  readonly outbox: readonly Stored<OutboxRow>[];
  readonly silences: readonly Silence[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly unreadable: readonly UnreadableRow[];
}
