import { type AlertState, type EndReason, isEndReason, isFlapping, isOpen, type Told } from "../alerts/alert-state.ts";
import type { NotifyDecision } from "../alerts/decide-notification.ts";
import type { AlertStep } from "../alerts/step-alert.ts";
import { contactOf } from "../connections/contact-of.ts";
import { portalPage } from "../connections/portal-page.ts";
import { isConnector, isRow, type Reading } from "../connections/reading.ts";
import { reportedStateOf } from "../connections/reported-state.ts";
import { defined } from "../defined.ts";
import type { NotificationFacts, NotifyReason } from "../delivery/notification.ts";
import { compareVerdicts } from "../rules/compare-verdicts.ts";
import type { Judgement } from "../rules/rule.ts";
import type { Verdict } from "../rules/verdict.ts";
import type { QuietReason } from "../suppression/quiet-reason.ts";
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
  /** Why it is quiet now. */
  readonly quiet: readonly QuietReason[];
}

/** What one channel is told, and what it was told before. */
export interface Telling {
  readonly decision: Extract<NotifyDecision, { kind: "send" }>;
  readonly told: Told | undefined;
}

/** Gathers what a notification reports, as the poll that plans it knows it; text is made of it only when it is sent. */
export function toNotificationFacts(
  stepped: SteppedAlert,
  telling: Telling,
  { policy, slotMs, nowMs }: PollContext,
): NotificationFacts {
  const { before, step, judgement, observed, verdict } = stepped;
  const { rule } = judgement;
  const { reading } = observed;
  const { state } = step;
  // Short breaches that flap have no episode: the notice that says so stands for itself.
  const episode = state.episode ?? before.episode ?? { id: `${state.alertKey}-${slotMs}`, firedSlotMs: slotMs };
  return {
    tenantId: policy.tenantId,
    tenantName: policy.tenantName,
    connectionKey: observed.connectionKey,
    connectionId: reading.connectionId,
    connectionKind: reading.kind,
    connectionName: reading.displayName,
    ruleId: rule.id,
    alertKey: state.alertKey,
    episode: episode.id,
    ...decisionFacts(stepped, telling),
    slotMs,
    observedAtMs: observed.observedAtMs,
    firedSlotMs: episode.firedSlotMs,
    ...defined({ evaluation: state.evaluation, verdictNote: compareVerdicts(reading, verdict) }),
    standing: observed.standing,
    ...readingFacts(reading),
    consequence: rule.consequence({ reading, nowMs }),
    remedy: rule.remedy,
    portalPage: portalPage(reading),
  };
}

function decisionFacts(
  { step }: SteppedAlert,
  { decision, told }: Telling,
): Pick<NotificationFacts, "kind" | "reason" | "severity"> {
  const { notification: kind, reason, severity } = decision;
  const { state } = step;
  const hasMoved = reason === "date-moved-later" || reason === "date-moved-earlier";
  return {
    kind,
    reason,
    severity,
    ...("previousSeverity" in decision ? { previousSeverity: decision.previousSeverity } : {}),
    ...(isFlapping(state) ? { isFlapping: true } : {}),
    ...defined({ previousDateMs: hasMoved ? told?.dateMs : undefined }),
    ...defined({ endReason: kind === "resolved" ? endReasonOf(step, reason) : undefined }),
  };
}

function endReasonOf({ state, reason }: AlertStep, told: NotifyReason): "recovered" | EndReason {
  if (isOpen(state) && told === "channel-left") return "channel-left";
  return isEndReason(reason) ? reason : "recovered";
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
