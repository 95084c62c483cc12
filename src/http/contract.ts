import type { Phase } from "../domain/alerts/alert-state.ts";
import type { ConnectorReading, PartnerReading, SourceReading, TenantReading } from "../domain/connections/reading.ts";
import type { NotificationKind } from "../domain/delivery/notification.ts";
import type { Change } from "../domain/history/connection-event.ts";
import type { RuleId, Severity } from "../domain/rules/rule.ts";
import type { Verdict } from "../domain/rules/verdict.ts";
import type { EvaluationBody } from "../domain/wire.ts";

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

/** Our own view of a source or of the tenant. */
type WatchReadingBody<R extends SourceReading | TenantReading> = Omit<R, "lastGoodAtMs" | "failingSinceMs"> & {
  readonly lastGoodDateTime?: string | undefined;
  readonly failingSinceDateTime?: string | undefined;
};

/** What one poll saw of one connection. */
export type ReadingBody =
  | PartnerReadingBody
  | ConnectorReadingBody
  | WatchReadingBody<SourceReading>
  | WatchReadingBody<TenantReading>;

/** An alert that is not inactive. */
export interface AlertBody {
  readonly ruleId: RuleId;
  readonly alertKey: string;
  readonly phase: Phase;
  readonly severity?: Severity | undefined;
  /** When the phase was entered. */
  readonly sinceDateTime: string;
  readonly reason?: string | undefined;
  readonly evaluation?: EvaluationBody | undefined;
  readonly episode?: { readonly id: string; readonly firedDateTime: string } | undefined;
  /** The channels that were told of the episode. */
  readonly told: readonly { readonly channel: string; readonly severity: Severity; readonly slotDateTime: string }[];
}

/** A date ahead or passed that Intune or a connector acts on. */
export interface DeadlineBody {
  readonly kind: "non-compliance" | "removal" | "expiry";
  readonly dateTime: string;
}

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
  /** When the reading was taken. */
  readonly observedDateTime: string;
  readonly firstSeenDateTime: string;
  readonly lastSeenDateTime: string;
  /** Since when complete reads came without it. */
  readonly absentSinceDateTime?: string | undefined;
  /** Gravest first. */
  readonly alerts: readonly AlertBody[];
  readonly reading: ReadingBody;
}

/** The last poll of a tenant. */
interface LastPollBody {
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

/** A stored reading. */
export interface SnapshotBody {
  readonly connectionKey: string;
  readonly slotDateTime: string;
  readonly observedDateTime: string;
  readonly reading: PartnerReadingBody | ConnectorReadingBody;
}

/** One change worth keeping. */
export type ChangeBody =
  | (Omit<Extract<Change, { type: "alert" }>, "evaluation" | "told"> & {
      readonly evaluation?: EvaluationBody | undefined;
      /** The channels for which a notification was planned. */
      readonly told: readonly { readonly channel: string; readonly kind: NotificationKind }[];
    })
  | Extract<Change, { type: "appeared" | "disappeared" | "configuration" | "standing" | "state" }>
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
} & (
  | { readonly view: "snapshots"; readonly value: readonly SnapshotBody[] }
  | { readonly view: "events"; readonly value: readonly EventBody[] }
);

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
