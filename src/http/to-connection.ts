import type { JudgedConnection } from "../app/list-connections.ts";
import type { AlertState } from "../domain/alerts/alert-state.ts";
import { contactOf } from "../domain/connections/contact-of.ts";
import { portalPage } from "../domain/connections/portal-page.ts";
import { instantOf, isPartner, type Reading } from "../domain/connections/reading.ts";
import { reportedStateOf } from "../domain/connections/reported-state.ts";
import { compareVerdicts } from "../domain/rules/compare-verdicts.ts";
import { SEVERITIES } from "../domain/rules/rule.ts";
import { toIso } from "../domain/time.ts";
import { toDateTime, toDateTimeOrNever, toEvaluationBody } from "../domain/wire.ts";
import type { AlertBody, ConnectionBody, DeadlineBody } from "./contract.ts";
import { toReading } from "./to-reading.ts";

/** Writes the current state of one connection. */
export function toConnection({ state, verdict }: JudgedConnection): ConnectionBody {
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
    observedDateTime: toIso(state.observedAtMs),
    firstSeenDateTime: toIso(state.firstSeenAtMs),
    lastSeenDateTime: toIso(state.lastSeenAtMs),
    absentSinceDateTime: toDateTime(state.absentSinceMs),
    alerts: Object.values(alerts)
      .filter(({ phase }) => phase !== "inactive")
      .sort(gravestFirst)
      .map(toAlert),
    reading: toReading(reading),
  };
}

function toAlert({ evaluation, episode, told, sinceSlotMs, ...alert }: AlertState): AlertBody {
  return {
    ruleId: alert.ruleId,
    alertKey: alert.alertKey,
    phase: alert.phase,
    severity: alert.severity,
    sinceDateTime: toIso(sinceSlotMs),
    reason: evaluation?.reason,
    evaluation: evaluation && toEvaluationBody(evaluation),
    episode: episode && { id: episode.id, firedDateTime: toIso(episode.firedSlotMs) },
    told: Object.entries(told).map(([channel, { severity, slotMs }]) => ({
      channel,
      severity,
      slotDateTime: toIso(slotMs),
    })),
  };
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
    { kind: "non-compliance", atMs: instantOf(partner?.nonComplianceDeadline) },
    { kind: "removal", atMs: instantOf(partner?.removalDeadline) },
    { kind: "expiry", atMs: instantOf(expiry) },
  ] as const;
  return dates
    .flatMap(({ kind, atMs }) => (atMs === undefined ? [] : [{ kind, atMs }]))
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ kind, atMs }) => ({ kind, dateTime: toIso(atMs) }));
}
