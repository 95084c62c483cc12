import type { OutboxRow } from "../domain/delivery/notification.ts";
import type { AuditEntry } from "../domain/history/audit-entry.ts";
import type { ConnectionEvent } from "../domain/history/connection-event.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { Stored } from "./monitor-store.ts";

/**
 * Keeps what people do to a tenant, or to `fleet`, beside keeping it quiet; every write is one entity-group transaction
 * together with its audit entry.
 *
 * `conflict` does not mean that somebody else won: the client retries by itself and our own write may have come first.
 */
export interface OperatorStore {
  /** Rewrites the state of a connection if nobody else has since. */
  readonly rewriteState: (
    tenantId: string,
    state: Stored<ConnectionState>,
    audit: AuditEntry,
  ) => Promise<"written" | "conflict">;
  /**
   * Moves a state that cannot be parsed to where no poll reads it, as it is, and writes down what ends with it.
   *
   * @returns `conflict` when there is no such row, it can be parsed, or it was changed meanwhile.
   */
  readonly setAside: (tenantId: string, reset: SetAside, audit: AuditEntry) => Promise<"set-aside" | "conflict">;
  /** Says whether a state of the connection was ever set aside. */
  readonly wasSetAside: (tenantId: string, connectionKey: string) => Promise<boolean>;
  /** Writes down a deed that changes no row, before it is done. */
  readonly record: (tenantId: string, audit: AuditEntry) => Promise<void>;
  /** Reads what was done at `sinceMs` or later, newest first. */
  readonly listAudit: (tenantId: string, sinceMs: number) => Promise<readonly AuditEntry[]>;
}

/** Whose state is set aside, and what ends with it. */
export interface SetAside {
  readonly connectionKey: string;
  readonly event?: ConnectionEvent;
  /** At most 80. */
  readonly outbox: readonly OutboxRow[];
}
