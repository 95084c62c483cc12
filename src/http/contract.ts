import type { Phase } from "../domain/alerts/alert-state.ts";
import type { ConnectorReading, PartnerReading, Reading, RowReading } from "../domain/connections/reading.ts";
import type { NotificationKind, NotifyReason } from "../domain/delivery/notification.ts";
import type { Change } from "../domain/history/connection-event.ts";
import type { RuleId, Severity } from "../domain/rules/rule.ts";
import type { Threshold } from "../domain/rules/thresholds-of.ts";
import type { Verdict } from "../domain/rules/verdict.ts";
import type { QuietReason } from "../domain/suppression/quiet-reason.ts";
import type { Silence } from "../domain/suppression/silence.ts";
import type { EvaluationBody } from "../domain/wire.ts";
import type { DailyBody } from "./contract/daily.ts";
import type { WindowBody } from "./contract/windows.ts";

/*
 * What the answers hold, as types for readers of the API. Instants are RFC 3339 text in UTC, durations ISO 8601 text.
 * Ages and days left are absent on purpose: a reader computes them, so that an answer changes only when facts do.
 */

/** A date that Graph sent: the instant, and the text as sent; null is Microsoft's "never". */
export type DateBody = { readonly dateTime: string; readonly asSent: string } | null;

/** What one poll saw of a partner; a property that was never read is absent. */
export type PartnerReadingBody = Omit<
  PartnerReading,
  "lastContact" | "lastBeat" | "nonComplianceDeadline" | "removalDeadline"
> & {
  readonly lastContact?: DateBody | undefined;
  readonly lastBeat?: DateBody | undefined;
  readonly nonComplianceDeadline?: DateBody | undefined;
  readonly removalDeadline?: DateBody | undefined;
};

/** What one poll saw of a connector. */
export type ConnectorReadingBody = Omit<ConnectorReading, "eventDate"> & {
  /** Last sync, connection or heartbeat, or the expiry, as `meaning` says. */
  readonly eventDate?: DateBody | undefined;
};

/** The members of our own readings that are instants. */
type InstantMember = "lastGoodAtMs" | "failingSinceMs" | "waitingSinceMs" | "deadAtMs" | "offSinceMs";

/** Our own view of a source, a tenant, a channel or the fleet. */
export type OwnReadingBody = OwnBodyOf<Exclude<Reading, RowReading>>;

type OwnBodyOf<R> = R extends unknown
  ? Omit<R, InstantMember | "clockSkewMs" | "periodMs"> & {
      readonly lastGoodDateTime?: string | undefined;
      readonly failingSinceDateTime?: string | undefined;
      /** Since when a poll of the tenant has been waited for. */
      readonly waitingSinceDateTime?: string | undefined;
      /** When a notification to the channel was given up. */
      readonly deadDateTime?: string | undefined;
      readonly offSinceDateTime?: string | undefined;
      /** Our clock less Graph's, in seconds. */
      readonly clockSkewSeconds?: number | undefined;
      readonly period?: string | undefined;
    }
  : never;

/** What one poll saw of one connection. */
export type ReadingBody = PartnerReadingBody | ConnectorReadingBody | OwnReadingBody;

/** An alert that is not inactive. */
export interface AlertBody {
  readonly ruleId: RuleId;
  /** What the rule watches for, in a few words. */
  readonly title: string;
  /** What happens next and when, if nobody acts, told from the instant of the reading. */
  readonly consequence: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly alertKey: string;
  readonly phase: Phase;
  readonly severity?: Severity | undefined;
  /** When the phase was entered. */
  readonly sinceDateTime: string;
  readonly reason?: string | undefined;
  readonly evaluation?: EvaluationBody | undefined;
  readonly episode?: { readonly id: string; readonly firedDateTime: string } | undefined;
  /** Why it is quiet although it goes on; empty when it is not. */
  readonly quiet: readonly QuietBody[];
  /** The channels that were told of the episode. */
  readonly told: readonly { readonly channel: string; readonly severity: Severity; readonly slotDateTime: string }[];
}

/** Why an alert is quiet. */
export type QuietBody = QuietBodyOf<QuietReason>;

type QuietBodyOf<R> = R extends { readonly untilMs: number }
  ? Omit<R, "untilMs"> & { readonly untilDateTime: string }
  : R;

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

/** An order to keep quiet about some alerts. */
export type SilenceBody = Omit<Silence, "fromMs" | "untilMs" | "writtenAtMs" | "endedAtMs"> & {
  /** Inclusive. */
  readonly fromDateTime: string;
  /** Exclusive. */
  readonly untilDateTime: string;
  readonly writtenDateTime: string;
  /** When a person ended it. */
  readonly endedDateTime?: string | undefined;
};

/** Answer of GET v1/silences: those that are on, to come, or just over. */
export interface SilencesBody {
  readonly tenantId: string;
  /** Latest beginning first. */
  readonly value: readonly SilenceBody[];
  /** Maintenance windows of the configuration, in which nothing is told either. */
  readonly windows: readonly WindowBody[];
}

/** Answer of PUT v1/alerts/{alertKey}/acknowledgement. */
export interface AcknowledgementBody {
  readonly alertKey: string;
  readonly episode: string;
  readonly writtenDateTime: string;
  readonly untilDateTime: string;
  readonly by: string;
  readonly reason: string;
}

/** A stored reading. */
export interface SnapshotBody {
  readonly connectionKey: string;
  readonly slotDateTime: string;
  readonly observedDateTime: string;
  readonly reading: PartnerReadingBody | ConnectorReadingBody;
}

/** One change worth keeping. */
export type ChangeBody =
  | (Omit<Extract<Change, { type: "alert" }>, "evaluation" | "told" | "why"> & {
      readonly evaluation?: EvaluationBody | undefined;
      /** The channels for which a notification was planned, and why. */
      readonly told: readonly {
        readonly channel: string;
        readonly kind: NotificationKind;
        readonly reason?: NotifyReason | undefined;
      }[];
    })
  | {
      readonly type: "suppression";
      readonly ruleId: RuleId;
      readonly began: readonly QuietBody[];
      readonly ended: readonly QuietBody[];
    }
  | Extract<Change, { type: "appeared" | "disappeared" | "configuration" | "standing" | "state" | "maintenance" }>
  /** Half-open: from the last good read to the first good one after it. */
  | { readonly type: "gap"; readonly fromDateTime: string; readonly toDateTime: string; readonly reason: string };

/** All changes of one connection in one slot. */
export interface EventBody {
  readonly connectionKey: string;
  readonly connectionId: string;
  readonly displayName: string;
  readonly slotDateTime: string;
  readonly observedDateTime: string;
  readonly lastContactDateTime?: string | undefined;
  readonly changes: readonly ChangeBody[];
}

/**
 * How a connection, or one of its alerts, stood for a while. The intervals of one rule, and those of the connection as a whole,
 * tell all of the window between them, without gap or overlap.
 */
export interface IntervalBody {
  /** Absent for the connection as a whole. */
  readonly ruleId?: RuleId | undefined;
  /**
   * The phase of the alert, or our verdict on the whole. Either is `unknown` before the connection was first seen, after it was
   * gone, and while its source could not be seen and nothing was known to be wrong; `not-judged` where its standing was not active.
   */
  readonly state: Phase | Verdict;
  /** Absent while there is none, and where the event that tells it is no longer kept. */
  readonly severity?: Severity | undefined;
  /** Why the alert came to that phase; of the whole the rule that decides; where nobody could say, why not. */
  readonly reason?: string | undefined;
  readonly episode?: string | undefined;
  /** Inclusive; not before the window. */
  readonly startDateTime: string;
  /** Exclusive, and cut to the window; absent while it still is so. */
  readonly endDateTime?: string | undefined;
  /** From start to end; absent while it still is so. */
  readonly duration?: string | undefined;
  /** Why its source could not be seen meanwhile. */
  readonly blind?: string | undefined;
  /** Why the alert was quiet although it went on; empty for the whole. */
  readonly quiet: readonly QuietBody[];
  /** Maintenance windows that the connection was in, by name; empty for an alert. */
  readonly maintenance: readonly string[];
}

/** How long a connection was up and down: up, down, unknown and maintenance add up to the window. */
export interface UptimeBody {
  /** Up of covered, 0 to 1, cut after four digits; absent when nothing is covered. */
  readonly ratio?: number | undefined;
  readonly upSeconds: number;
  /**
   * partner-state, heartbeat-age or sync-age fired at error or above, or reported-health or connection-missing at warning or
   * above; several at once count once.
   */
  readonly downSeconds: number;
  /** Not yet seen, gone, not judged, or its source could not be seen. */
  readonly unknownSeconds: number;
  readonly maintenanceSeconds: number;
  /** Up and down. */
  readonly coveredSeconds: number;
  /** Outages of which some time counted as down. */
  readonly incidents: number;
  /** How long those outages lasted in the window that ended in it; absent when none did. */
  readonly meanTimeToRecover?: string | undefined;
}

/** Answer of GET v1/history: one page, newest first. */
export type HistoryBody = {
  readonly tenantId: string;
  readonly connectionKey?: string | undefined;
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  /** Absolute, without a key; absent on the last page. */
  readonly nextLink?: string | undefined;
} & HistoryList;

/** The rows of one page by the view that was asked for. */
export type HistoryList =
  | { readonly view: "snapshots"; readonly value: readonly SnapshotBody[] }
  | { readonly view: "events"; readonly value: readonly EventBody[] }
  | { readonly view: "intervals"; readonly value: readonly IntervalBody[] }
  /** Exactly one row. */
  | { readonly view: "uptime"; readonly value: readonly UptimeBody[] }
  | { readonly view: "daily"; readonly value: readonly DailyBody[] };

/** Answer of GET v1/health. */
export interface HealthBody {
  readonly status: "healthy" | "unhealthy";
  /** Why it is unhealthy. */
  readonly reasons: readonly string[];
  /** What operators should know although nothing is wrong. */
  readonly notes?: readonly string[];
  readonly tenants?: { readonly configured: number; readonly late: number; readonly starting: number };
  /** Settings that cannot be used, by name. */
  readonly settings?: readonly { readonly setting: string; readonly expected: string }[];
}
