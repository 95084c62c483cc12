import { matchesGlob } from "../glob.ts";
import { matchesConnection } from "./match-connection.ts";
import type { Silence, SilenceMatch, SilenceSubject } from "./silence.ts";

/** Returns the silences that cover an alert now, in the order given: begun, not yet over, and their match fits. */
export function silencesFor(subject: SilenceSubject, silences: readonly Silence[], nowMs: number): readonly Silence[] {
  return silences.filter(
    ({ match, fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs && coversAlert(match, subject),
  );
}

/** Says whether a match fits an alert, whatever the time. */
export function coversAlert(match: SilenceMatch, subject: SilenceSubject): boolean {
  const { rule, severity } = match;
  return (
    (rule === undefined || matchesGlob(rule, subject.ruleId)) &&
    (severity === undefined || severity === subject.severity) &&
    matchesConnection(match, subject)
  );
}
