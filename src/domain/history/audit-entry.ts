/** What a person can do to the monitor. */
export const AUDIT_ACTIONS = [
  "silence",
  "end-silence",
  "acknowledge",
  "take-back-acknowledgement",
  "replay-delivery",
  "accept-removal",
  "reset-connection",
  "request-poll",
  "test-channel",
] as const;

/** One thing that a person can do to the monitor. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The record that a person did something; stored together with what was done, never without. */
export interface AuditEntry {
  /** Letters, digits, `_`, `.` and `-`; the same deed tried again has the same id and instant. */
  readonly id: string;
  readonly atMs: number;
  readonly by: string;
  /** Whether the platform vouches for `by`; else it is what the person wrote. */
  readonly byVerified: boolean;
  readonly action: AuditAction;
  /** What it was done to: the id of a silence or a delivery, the key of an alert or a connection, the name of a channel. */
  readonly target: string;
  readonly reason: string;
}

/** Who did it, and whether the platform vouches for that name. */
export type Person = Pick<AuditEntry, "by" | "byVerified">;
