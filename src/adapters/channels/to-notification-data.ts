import { describeNotification, type NotificationLinks } from "../../domain/delivery/describe-notification.ts";
import type { NotificationFacts, NotificationKind, NotifyReason } from "../../domain/delivery/notification.ts";
import type { RuleId, Severity } from "../../domain/rules/rule.ts";
import { cutText, toPlainLine } from "../../domain/text.ts";
import { toIso } from "../../domain/time.ts";
import { formatDuration } from "../../domain/units.ts";
import { type EvaluationBody, toDateTime, toDateTimeOrNever, toEvaluationBody } from "../../domain/wire.ts";
import type { OutgoingNotification } from "../../ports/notifier.ts";

/**
 * A notification for machines: instants in RFC 3339 UTC, durations in ISO 8601.
 *
 * A date that was never set is null, one that was not read is absent.
 */
export interface NotificationData {
  readonly kind: NotificationKind;
  /** Why it is told now. */
  readonly reason: NotifyReason;
  readonly severity: Severity;
  readonly previousSeverity?: Severity | undefined;
  readonly isFirstNotice: boolean;
  readonly isFlapping: boolean;
  readonly title: string;
  readonly summary: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly connectionId: string;
  readonly connectionKey: string;
  readonly connectionKind: string;
  readonly connectionName: string;
  readonly ruleId: RuleId;
  readonly alertKey: string;
  readonly episode: string;
  readonly slotDateTime: string;
  readonly observedDateTime: string;
  readonly firedDateTime: string;
  /** How long the episode lasted; of `resolved` only, as is the reason. */
  readonly duration?: string | undefined;
  readonly endReason?: string | undefined;
  readonly evaluation?: EvaluationBody | undefined;
  readonly standing: string;
  readonly lastContactDateTime?: string | null | undefined;
  readonly nonComplianceDateTime?: string | null | undefined;
  readonly removalDateTime?: string | null | undefined;
  /** The date told before, where the one that the rule measures has moved. */
  readonly previousDateTime?: string | undefined;
  readonly reportedState?: string | undefined;
  readonly detail?: string | undefined;
  readonly verdictNote?: string | undefined;
  /** What happens if nobody acts: only while it may. */
  readonly consequence?: string | undefined;
  /** What to do; absent when it is over. */
  readonly remedy?: string | undefined;
  readonly portalPage?: string | undefined;
  readonly links: NotificationLinks;
}

type Cut = <T extends string | undefined>(text: T) => T | string;

/** Turns a notification into data for machines; its texts are harmless lines of at most `maxTextChars` characters. */
export function toNotificationData(
  notification: OutgoingNotification,
  links: NotificationLinks,
  maxTextChars: number,
): NotificationData {
  const { facts, isFirstNotice } = notification;
  const { title, summary } = describeNotification(facts, { ...notification, links });
  const cut: Cut = (text) => (text === undefined ? text : cutText(toPlainLine(text), maxTextChars));
  return {
    kind: facts.kind,
    reason: facts.reason,
    severity: facts.severity,
    previousSeverity: facts.previousSeverity,
    isFirstNotice,
    isFlapping: facts.isFlapping ?? false,
    title: cut(title),
    summary: cut(summary),
    tenantId: facts.tenantId,
    tenantName: cut(facts.tenantName),
    connectionId: facts.connectionId,
    connectionKey: facts.connectionKey,
    connectionKind: facts.connectionKind,
    connectionName: cut(facts.connectionName),
    ruleId: facts.ruleId,
    alertKey: facts.alertKey,
    episode: facts.episode,
    ...datesOf(facts),
    endReason: facts.endReason,
    evaluation: facts.evaluation && toEvaluationBody(facts.evaluation, cut),
    standing: facts.standing.standing,
    reportedState: cut(facts.reportedState),
    detail: cut(facts.detail),
    verdictNote: cut(facts.verdictNote),
    consequence: facts.kind === "resolved" || facts.kind === "flapping" ? undefined : cut(facts.consequence),
    remedy: facts.kind === "resolved" ? undefined : cut(facts.remedy),
    portalPage: cut(facts.portalPage),
    links,
  };
}

function datesOf(facts: NotificationFacts) {
  return {
    slotDateTime: toIso(facts.slotMs),
    observedDateTime: toIso(facts.observedAtMs),
    firedDateTime: toIso(facts.firedSlotMs),
    duration: facts.kind === "resolved" ? formatDuration(facts.slotMs - facts.firedSlotMs) : undefined,
    lastContactDateTime: toDateTimeOrNever(facts.lastContact),
    nonComplianceDateTime: toDateTimeOrNever(facts.nonComplianceDeadline),
    removalDateTime: toDateTimeOrNever(facts.removalDeadline),
    previousDateTime: toDateTime(facts.previousDateMs),
  };
}
