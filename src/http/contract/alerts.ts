import type { Phase } from "../../domain/alerts/alert-state.ts";
import type { ConnectionKind } from "../../domain/connections/reading.ts";
import type { RuleId, Severity } from "../../domain/rules/rule.ts";
import type { QuietReason } from "../../domain/suppression/quiet-reason.ts";
import type { EvaluationBody } from "../../domain/wire.ts";

/** An alert that is not inactive. */
export interface AlertBody {
  readonly ruleId: RuleId;
  /** What the rule watches for, in a few words. */
  readonly title: string;
  /** What happens next and when, if nobody acts, told from the instant of the reading. */
  readonly consequence: string;
  /** What to do about it. */
  readonly remedy: string;
  /** What the rule measures, in words that a value follows, such as `failed polls`. */
  readonly measure: string;
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

/** Answer of PUT v1/alerts/{alertKey}/acknowledgement. */
export interface AcknowledgementBody {
  readonly alertKey: string;
  readonly episode: string;
  readonly writtenDateTime: string;
  readonly untilDateTime: string;
  readonly by: string;
  readonly reason: string;
}

/** Answer of GET v1/alerts. */
export interface AlertsBody {
  /** Gravest first. */
  readonly value: readonly ListedAlertBody[];
  /** Connections, the calmest of their tenants, whose alerts a list over all tenants has no room for. */
  readonly connectionsLeftOut: number;
}

/** An alert that is not inactive; a list over all tenants has no more of it than where, what, phase and since when, severity and key. */
export type ListedAlertBody = {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly connectionKey: string;
  readonly connectionKind: ConnectionKind;
  readonly connectionName: string;
} & Pick<AlertBody, "ruleId" | "title" | "phase" | "severity"> &
  Partial<AlertBody>;
