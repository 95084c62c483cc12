import type { AlertState } from "../alerts/alert-state.ts";
import type { Reading, Standing } from "../connections/reading.ts";
import type { DayTally } from "../history/daily.ts";
import type { ConfigurationChange, RuleId } from "../rules/rule.ts";
import type { WindowMark } from "../suppression/maintenance-window.ts";

/** All that is remembered of one connection between two polls: the unit that is read and written as one. */
export interface ConnectionState {
  readonly connectionKey: string;
  /** The newest reading; what was not read this time is carried over from the one before. */
  readonly reading: Reading;
  /** When that reading was taken. */
  readonly observedAtMs: number;
  readonly standing: Standing;
  /** Maintenance windows that a tenant is in, at most 15; absent for everything else, and where there is none. */
  readonly activeWindows?: readonly WindowMark[] | undefined;
  /** Alerts that are not plain ok, by rule. */
  readonly alerts: Readonly<Partial<Record<RuleId, AlertState>>>;
  /** Rules that could not judge the reading when it counted: a connection without an alert is not thereby well. */
  readonly unknownRules?: readonly RuleId[] | undefined;
  /** The newest slot that this state has seen; that slot and older ones change nothing. */
  readonly lastSlotMs: number;
  /** The newest slot that moved counters; slots less than half a period later update the reading only. */
  readonly lastCountedSlotMs: number;
  /** Slot in which the connection appeared for the first time. */
  readonly firstSeenAtMs: number;
  /** Slot in which its standing became active again or at last; absent when it has been so from the first, or is not. */
  readonly activeSinceMs?: number | undefined;
  /** Slot of the newest reading that held it. */
  readonly lastSeenAtMs: number;
  /** Consecutive counted complete reads without it. */
  readonly absentPolls: number;
  /** Slot of the first of those absences. */
  readonly absentSinceMs?: number | undefined;
  /** When a person said that this absence is meant: the next complete read without it takes it as gone. */
  readonly removalAcceptedAtMs?: number | undefined;
  readonly configurationChange?: ConfigurationChange | undefined;
  /** The last partner state that was not `unknown`. */
  readonly lastKnownState?: string | undefined;
  /** Slot in which a partner's state was first read as it is; absent when it has been so from the first. */
  readonly stateSinceMs?: number | undefined;
  /** The snapshot written last: its slot and the digest of what it holds. */
  readonly snapshot?: { readonly slotMs: number; readonly digest: string } | undefined;
  /** The tally of the UTC day of `lastSlotMs`; absent in rows of older versions, and of what is kept only while something ails it. */
  readonly today?: DayTally | undefined;
  /** One letter a UTC day (`BAR_LETTERS`), the last one for the day of `lastSlotMs`; absent as `today` is. */
  readonly bar90?: string | undefined;
}
