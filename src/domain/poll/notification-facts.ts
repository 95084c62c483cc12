import type { AlertState, EndReason, StepReason } from "../alerts/alert-state.ts";
import type { NotifyDecision } from "../alerts/decide-notification.ts";
import type { AlertStep } from "../alerts/step-alert.ts";
import { contactOf } from "../connections/contact-of.ts";
import { isPartner, type Reading } from "../connections/reading.ts";
import type { NotificationFacts } from "../delivery/notification.ts";
import { InvariantError } from "../errors.ts";
import { compareVerdicts } from "../rules/compare-verdicts.ts";
import type { Judgement } from "../rules/rule.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext } from "./poll-context.ts";

/** One alert of one connection on its way through a poll. */
export interface SteppedAlert {
  readonly before: AlertState;
  readonly step: AlertStep;
  readonly judgement: Judgement;
  readonly observed: ConnectionState;
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
  const { before, step, judgement, observed } = stepped;
  const { rule } = judgement;
  const { reading } = observed;
  const episode = step.state.episode ?? before.episode;
  if (episode === undefined)
    throw new InvariantError(`Cannot tell of ${rule.id}: an open episode is wanted, there is none`);
  const { evaluation } = step.state;
  const severities = severityOf(stepped, decision);
  const verdictNote = compareVerdicts(reading, decision.notification === "resolved" ? "ok" : severities.severity);
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
    ...severities,
    slotMs,
    observedAtMs: observed.observedAtMs,
    firedSlotMs: episode.firedSlotMs,
    ...(evaluation === undefined ? {} : { evaluation }),
    ...(decision.notification === "resolved" ? { endReason: toEndReason(step.reason) } : {}),
    standing: observed.standing,
    ...readingFacts(reading),
    ...(verdictNote === undefined ? {} : { verdictNote }),
    consequence: rule.consequence({ reading, nowMs }),
    remedy: rule.remedy,
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

function toEndReason(reason: StepReason): "recovered" | EndReason {
  switch (reason) {
    case "connection-gone":
    case "not-configured":
    case "retired":
    case "ignored":
    case "rule-off":
    case "not-applicable":
    case "source-not-watched":
      return reason;
    default:
      return "recovered";
  }
}

function readingFacts(reading: Reading): Partial<NotificationFacts> {
  const lastContact = contactOf(reading);
  const contact = lastContact === undefined ? {} : { lastContact };
  if (!isPartner(reading)) {
    const reportedState =
      reading.kind === "connector" ? { reportedState: reading.reportedHealthAsSent ?? reading.reportedHealth } : {};
    return { ...contact, ...reportedState };
  }
  const { nonComplianceDeadline, removalDeadline } = reading;
  return {
    ...contact,
    reportedState: reading.stateAsSent ?? reading.state,
    ...(nonComplianceDeadline === undefined ? {} : { nonComplianceDeadline }),
    ...(removalDeadline === undefined ? {} : { removalDeadline }),
  };
}
