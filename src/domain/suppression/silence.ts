import type { ConnectionKind } from "../connections/reading.ts";
import type { RuleId, Severity } from "../rules/rule.ts";
import { DAY_MS } from "../units.ts";

/** The longest silence (ours): what is never to be told is ignored by configuration. */
export const MAX_SILENCE_MS = 90 * DAY_MS;

/** A person's order to keep quiet about some alerts of one tenant (or of `fleet`) for a while; it can be ended, never rewritten. */
export interface Silence {
  /** Letters, digits and hyphens; unique in its tenant. */
  readonly id: string;
  /** All that is named must fit; an empty match fits every alert of the tenant. */
  readonly match: SilenceMatch;
  /** Half-open: from this instant … */
  readonly fromMs: number;
  /** … to before this one; at most 90 days later. */
  readonly untilMs: number;
  readonly by: string;
  readonly reason: string;
  readonly writtenAtMs: number;
  /** When a person ended it; `untilMs` is that instant then. One that had not begun by then never covers anything. */
  readonly endedAtMs?: number;
}

/** Which alerts a silence covers. */
export interface SilenceMatch {
  /** A glob (`*`) over connection id or display name. */
  readonly connection?: string;
  readonly kind?: ConnectionKind;
  /** A glob (`*`) over the rule's id. */
  readonly rule?: string;
  /** Exactly this severity; one that rises above it is told. */
  readonly severity?: Severity;
}

/** What silences and maintenance windows are matched with. */
export interface SilenceSubject {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly connectionKind: ConnectionKind;
  readonly ruleId: RuleId;
  readonly severity: Severity;
}
