import type { AuditEntry } from "../domain/history/audit-entry.ts";
import type { Acknowledgement } from "../domain/suppression/acknowledgement.ts";
import type { Silence } from "../domain/suppression/silence.ts";

/**
 * Keeps what people have ordered: silences and acknowledgements of one tenant, or of `fleet`.
 *
 * Every write is one entity-group transaction together with its audit entry; called again with the same arguments it
 * changes nothing more and answers the same. Limits of time and text are checked before.
 */
export interface SuppressionStore {
  /** Reads the silences that were not retired yet, also those to come and those just over; rows that cannot be parsed are left out. */
  readonly listSilences: (tenantId: string) => Promise<readonly Silence[]>;
  /**
   * Writes a new silence.
   *
   * @returns `conflict` when one of that id is there that says anything else or was ended; a repeated order, whenever it
   * was written, is `written` and leaves the first one and its audit entry alone.
   */
  readonly writeSilence: (tenantId: string, silence: Silence, audit: AuditEntry) => Promise<"written" | "conflict">;
  /**
   * Ends a silence at an instant; one that is over or was ended before stays as it is, and no audit entry is written.
   *
   * @returns `not-found` when there is none, or none that can be parsed.
   */
  readonly endSilence: (tenantId: string, end: SilenceEnd, audit: AuditEntry) => Promise<"ended" | "not-found">;
  /** Writes the acknowledgement of an alert in the place of any former one. */
  readonly writeAcknowledgement: (
    tenantId: string,
    acknowledgement: Acknowledgement,
    audit: AuditEntry,
  ) => Promise<void>;
  /** Takes the acknowledgement of an alert back, also one that cannot be parsed. */
  readonly removeAcknowledgement: (
    tenantId: string,
    alertKey: string,
    audit: AuditEntry,
  ) => Promise<"removed" | "not-found">;
  /**
   * Moves silences that were over by an instant out of the rows that polls read, and deletes such acknowledgements.
   *
   * @returns how many rows went; a row that is changed meanwhile stays for the next time.
   */
  readonly retireEnded: (tenantId: string, endedByMs: number) => Promise<number>;
}

/** Which silence ends when. */
export interface SilenceEnd {
  readonly id: string;
  readonly endedAtMs: number;
}
