import type { Phase } from "../../domain/alerts/alert-state.ts";
import type { NotificationKind, NotifyReason } from "../../domain/delivery/notification.ts";
import type { Change } from "../../domain/history/connection-event.ts";
import type { RuleId, Severity } from "../../domain/rules/rule.ts";
import type { Verdict } from "../../domain/rules/verdict.ts";
import type { EvaluationBody } from "../../domain/wire.ts";
import type { QuietBody } from "./alerts.ts";
import type { DailyBody } from "./daily.ts";
import type { ConnectorReadingBody, PartnerReadingBody } from "./readings.ts";

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
