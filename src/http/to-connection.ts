import type { AlertState } from "../domain/alerts/alert-state.ts";
import { contactOf } from "../domain/connections/contact-of.ts";
import { portalPage } from "../domain/connections/portal-page.ts";
import { instantOf, isPartner, type Reading } from "../domain/connections/reading.ts";
import { reportedStateOf } from "../domain/connections/reported-state.ts";
import { RULE_PHRASES } from "../domain/delivery/rule-phrases.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { JudgedConnection } from "../domain/poll/judge-connections.ts";
import { ruleOf } from "../domain/rules/catalogue.ts";
import { toSetting } from "../domain/rules/check-limits.ts";
import { compareVerdicts } from "../domain/rules/compare-verdicts.ts";
import type { RulePolicy } from "../domain/rules/resolve-settings.ts";
import { SEVERITIES } from "../domain/rules/rule.ts";
import { type RuleLimits, ruleLimitsOf, type Threshold, thresholdsOf } from "../domain/rules/thresholds-of.ts";
import { toDate, toIso } from "../domain/time.ts";
import { formatDuration } from "../domain/units.ts";
import { toDateTime, toDateTimeOrNever, toEvaluationBody } from "../domain/wire.ts";
import type { AlertBody } from "./contract/alerts.ts";
import type { ConnectionBody, DeadlineBody, RuleLimitsBody, ThresholdBody } from "./contract/connections.ts";
import { toQuiet } from "./to-quiet.ts";
import { toReading } from "./to-reading.ts";

/** Writes the current state of one connection; without a policy no limits are known. */
export function toConnection({ state, verdict }: JudgedConnection, rules?: RulePolicy): ConnectionBody {
  const { reading, standing, alerts } = state;
  return {
    connectionKey: state.connectionKey,
    verdict,
    microsoftVerdict: reportedStateOf(reading),
    verdictNote: compareVerdicts(reading, verdict),
    portalPage: portalPage(reading),
    standing: standing.standing,
    standingReason: standing.standing === "active" ? undefined : standing.reason,
    lastContactDateTime: toDateTimeOrNever(contactOf(reading)),
    deadlines: deadlinesOf(reading),
    thresholds: rules === undefined ? [] : thresholdsOf(reading, rules).map(toThreshold),
    ruleLimits: rules === undefined ? [] : ruleLimitsOf(reading, rules).map(toRuleLimits),
    observedDateTime: toIso(state.observedAtMs),
    firstSeenDateTime: toIso(state.firstSeenAtMs),
    lastSeenDateTime: toIso(state.lastSeenAtMs),
    bar90: state.bar90,
    bar90Until: state.bar90 && toDate(state.lastSlotMs),
    absentSinceDateTime: toDateTime(state.absentSinceMs),
    removalAcceptedDateTime: toDateTime(state.removalAcceptedAtMs),
    alerts: Object.values(alerts)
      .filter(({ phase }) => phase !== "inactive")
      .sort(gravestFirst)
      .map((alert) => toAlert(alert, state)),
    reading: toReading(reading),
  };
}

function toAlert(
  { evaluation, episode, told, sinceSlotMs, ...alert }: AlertState,
  { reading, observedAtMs }: ConnectionState,
): AlertBody {
  const { title, consequence, remedy } = ruleOf(alert.ruleId);
  return {
    ruleId: alert.ruleId,
    title,
    consequence: consequence({ reading, nowMs: observedAtMs }),
    remedy,
    measure: RULE_PHRASES[alert.ruleId].measure,
    alertKey: alert.alertKey,
    phase: alert.phase,
    severity: alert.severity,
    sinceDateTime: toIso(sinceSlotMs),
    reason: evaluation?.reason,
    evaluation: evaluation && toEvaluationBody(evaluation),
    episode: episode && { id: episode.id, firedDateTime: toIso(episode.firedSlotMs) },
    quiet: (alert.quiet ?? []).map(toQuiet),
    told: Object.entries(told).map(([channel, { severity, slotMs }]) => ({
      channel,
      severity,
      slotDateTime: toIso(slotMs),
    })),
  };
}

function toThreshold({ ms, ...threshold }: Threshold): ThresholdBody {
  return { ...threshold, duration: formatDuration(ms) };
}

function toRuleLimits({ limits, ...rule }: RuleLimits): RuleLimitsBody {
  const named = Object.entries(limits).map(([name, ms]) => [
    toSetting(name),
    ms === undefined ? null : formatDuration(ms),
  ]);
  return { ...rule, limits: Object.fromEntries(named) };
}

function gravestFirst(a: AlertState, b: AlertState): number {
  return rank(b) - rank(a) || (a.ruleId < b.ruleId ? -1 : 1);
}

function rank({ severity }: AlertState): number {
  return severity === undefined ? -1 : SEVERITIES.indexOf(severity);
}

function deadlinesOf(reading: Reading): readonly DeadlineBody[] {
  const partner = isPartner(reading) ? reading : undefined;
  const expiry = reading.kind === "connector" && reading.meaning === "expiry" ? reading.eventDate : undefined;
  const dates = [
    { kind: "noncompliance", atMs: instantOf(partner?.nonComplianceDeadline) },
    { kind: "removal", atMs: instantOf(partner?.removalDeadline) },
    { kind: "expiry", atMs: instantOf(expiry) },
  ] as const;
  return dates
    .flatMap(({ kind, atMs }) => (atMs === undefined ? [] : [{ kind, atMs }]))
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ kind, atMs }) => ({ kind, dateTime: toIso(atMs) }));
}
