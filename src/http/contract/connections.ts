import type { RuleLimits, Threshold } from "../../domain/rules/thresholds-of.ts";
import type { Verdict } from "../../domain/rules/verdict.ts";
import type { AlertBody } from "./alerts.ts";
import type { EventBody } from "./history.ts";
import type { ReadingBody } from "./readings.ts";

/*
 * What the answers hold, as types for readers of the API. Instants are RFC 3339 text in UTC, durations ISO 8601 text.
 * Ages and days left are absent on purpose: a reader computes them, so that an answer changes only when facts do.
 */

/** A date ahead or passed that Intune or a connector acts on. */
export interface DeadlineBody {
  readonly kind: "noncompliance" | "removal" | "expiry";
  readonly dateTime: string;
}

/** A limit that an age or a date of a connection is judged by. */
export type ThresholdBody = Omit<Threshold, "ms"> & {
  /** ISO 8601. */
  readonly duration: string;
};

/** What a rule about ages or dates is set to for one connection. */
export type RuleLimitsBody = Omit<RuleLimits, "limits"> & {
  /** All that the rule knows, in the names of the configuration, calmest first; ISO 8601, null for a step that is off. */
  readonly limits: Readonly<Record<string, string | null>>;
};

/** The current state of one connection. */
export interface ConnectionBody {
  readonly connectionKey: string;
  readonly verdict: Verdict;
  /** The state of a partner or the health of a connector, as Microsoft says it. */
  readonly microsoftVerdict?: string | undefined;
  /** One sentence where Microsoft's verdict differs from ours. */
  readonly verdictNote?: string | undefined;
  /** Where in the Intune admin center it is looked after. */
  readonly portalPage: string;
  readonly standing: string;
  readonly standingReason?: string | undefined;
  readonly lastContactDateTime?: string | null | undefined;
  /** Soonest first. */
  readonly deadlines: readonly DeadlineBody[];
  /** Calmest first, by rule. */
  readonly thresholds: readonly ThresholdBody[];
  /** What can be tried; a limit that is set here and has no threshold does not count for this connection. */
  readonly ruleLimits: readonly RuleLimitsBody[];
  /** When the reading was taken. */
  readonly observedDateTime: string;
  readonly firstSeenDateTime: string;
  readonly lastSeenDateTime: string;
  /**
   * One letter a UTC day, the last of them for `bar90Until`. The worst of the day wins: `c` critical, `e` error, `w` warning,
   * `u` unknown all day, `b` unknown for a part of it and nothing worse than information else, `i` information, `p` pending,
   * `o` ok, `n` not judged, `-` no poll. Absent before the first poll of this version.
   */
  readonly bar90?: string | undefined;
  /** Such as 2026-11-22. */
  readonly bar90Until?: string | undefined;
  /** Since when complete reads came without it. */
  readonly absentSinceDateTime?: string | undefined;
  /** When a person accepted that it is gone: the next complete read without it lets it go. */
  readonly removalAcceptedDateTime?: string | undefined;
  /** Gravest first. */
  readonly alerts: readonly AlertBody[];
  readonly reading: ReadingBody;
}

/** The last poll of a tenant. */
export interface LastPollBody {
  readonly slotDateTime: string;
  readonly observedDateTime: string;
  readonly period: string;
  /** How each source ended, such as `read` or `unreadable: forbidden`. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Answer of GET v1/connections. */
export interface ConnectionsBody {
  /** Worst first. */
  readonly value: readonly ConnectionBody[];
  readonly tenantId: string;
  readonly tenantName: string;
  /** Absent before the first poll. */
  readonly lastPoll?: LastPollBody | undefined;
  /** Stored rows that cannot be parsed, by key. */
  readonly unreadable: readonly { readonly rowKey: string; readonly connectionKey?: string }[];
}

/** Answer of GET v1/connections/{connectionKey}. */
export interface ConnectionDetailBody extends ConnectionBody {
  readonly tenantId: string;
  readonly tenantName: string;
  /** Absent when that cannot be read. */
  readonly lastPoll?: LastPollBody | undefined;
  /** The last 20, newest first. */
  readonly events: readonly EventBody[];
}
