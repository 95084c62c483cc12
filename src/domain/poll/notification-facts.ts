import { type AlertState, isEndReason } from "../alerts/alert-state.ts";
import type { NotifyDecision } from "../alerts/decide-notification.ts";
import type { AlertStep } from "../alerts/step-alert.ts";
import { contactOf } from "../connections/contact-of.ts";
import { portalPage } from "../connections/portal-page.ts";
import { isConnector, isRow, type Reading } from "../connections/reading.ts";
import { reportedStateOf } from "../connections/reported-state.ts";
import { defined } from "../defined.ts";
import type { NotificationFacts } from "../delivery/notification.ts";
import { InvariantError } from "../errors.ts";
import { compareVerdicts } from "../rules/compare-verdicts.ts";
import type { Judgement } from "../rules/rule.ts";
import type { Verdict } from "../rules/verdict.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext } from "./poll-context.ts";

/** One alert of one connection on its way through a poll. */
export interface SteppedAlert {
  readonly before: AlertState;
  readonly step: AlertStep;
  readonly judgement: Judgement;
  readonly observed: ConnectionState;
  /** What we say of the whole connection after this poll. */
  readonly verdict: Verdict;
}

type SendDecision = Extract<NotifyDecision, { kind: "send" }>;

/**
 * Gathers what a notification reports, as the poll that plans it knows it; text is made of it only when it is sent.
 *
 * @throws {InvariantError} When there is no episode to report.
 */
export function toNotificationFacts(
  stepped: SteppedAlert,
  decision: SendDecision,
  { policy, slotMs, nowMs }: PollContext,
): NotificationFacts {
  const { before, step, judgement, observed, verdict } = stepped;
  const { rule } = judgement;
  const { reading } = observed;
  const episode = step.state.episode ?? before.episode;
  if (episode === undefined)
    throw new InvariantError(`Cannot tell of ${rule.id}: an open episode is wanted, there is none`);
  const { evaluation } = step.state;
  const isOver = decision.notification === "resolved";
  const endReason = isEndReason(step.reason) ? step.reason : "recovered";
  return {
    tenantId: policy.tenantId,
    tenantName: policy.tenantName,
    connectionKey: observed.connectionKey,
    connectionId: reading.connectionId,
    connectionKind: reading.kind,
    connectionName: reading.displayName,
    ruleId: rule.id,
    alertKey: step.state.alertKey,
    episode: episode.id,
    kind: decision.notification,
    ...severityOf(stepped, decision),
    slotMs,
    observedAtMs: observed.observedAtMs,
    firedSlotMs: episode.firedSlotMs,
    ...(isOver ? { endReason } : {}),
    ...defined({ evaluation, verdictNote: compareVerdicts(reading, verdict) }),
    standing: observed.standing,
    ...readingFacts(reading),
    consequence: rule.consequence({ reading, nowMs }),
    remedy: rule.remedy,
    portalPage: portalPage(reading),
  };
}

function severityOf(
  { step }: SteppedAlert,
  decision: SendDecision,
): Pick<NotificationFacts, "severity" | "previousSeverity"> {
  if (decision.notification === "resolved") return { severity: decision.severity };
  const { severity = "info" } = step.state;
  return decision.notification === "escalated"
    ? { severity, previousSeverity: decision.previousSeverity }
    : { severity };
}

function readingFacts(reading: Reading): Partial<NotificationFacts> {
  const lastContact = contactOf(reading);
  if (!isRow(reading)) {
    const { reason, detail } = reading;
    return defined({ lastContact, reportedState: reason, detail });
  }
  const reportedState = reportedStateOf(reading);
  if (isConnector(reading)) return defined({ lastContact, reportedState });
  const { nonComplianceDeadline, removalDeadline } = reading;
  return defined({ lastContact, reportedState, nonComplianceDeadline, removalDeadline });
}
