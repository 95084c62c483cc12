import type { Delivery, OutboxRow } from "../domain/delivery/notification.ts";
import type { AuditEntry } from "../domain/history/audit-entry.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { Stored } from "./monitor-store.ts";

/** Keeps the notifications that were given up, until somebody has them sent again or they are pruned. */
export interface DeadLetters {
  /** Finds one by the notification's id; undefined when there is none that can be read. */
  readonly find: (tenantId: string, id: string) => Promise<Stored<Delivery> | undefined>;
  /** Reads what the same channel got of the same episode since the dead one's slot, by keys first: few of many rows are read. */
  readonly deliveredSince: (tenantId: string, dead: Delivery) => Promise<readonly Delivery[]>;
  /** Puts one back into the outbox, takes its record away and writes the audit entry, in one transaction. */
  readonly replay: (tenantId: string, replay: Replay) => Promise<"replayed" | "conflict">;
}

/** How one is put back. */
export interface Replay {
  readonly dead: Stored<Delivery>;
  readonly row: OutboxRow;
  /** The row of a `fired` that stayed beside its open episode; `row` takes its place. */
  readonly kept: Stored<OutboxRow> | undefined;
  /** The connection as it allowed the replay: when a poll has changed it since, the replay fails. */
  readonly state: Stored<ConnectionState> | undefined;
  readonly audit: AuditEntry;
}
