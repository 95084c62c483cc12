import { type AlertState, isFlapping, isOpen } from "../alerts/alert-state.ts";
import { inhibitorOf } from "../alerts/inhibition.ts";
import type { RuleId, Severity } from "../rules/rule.ts";
import { countsAcknowledgement } from "../suppression/acknowledgement.ts";
import { silencesFor } from "../suppression/cover-silence.ts";
import { matchesConnection } from "../suppression/match-connection.ts";
import type { QuietReason } from "../suppression/quiet-reason.ts";
import type { Silence } from "../suppression/silence.ts";
import { cutText } from "../text.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext } from "./poll-context.ts";

/** An alert after its step, and what it stands beside. */
export interface QuietSubject {
  readonly alert: AlertState;
  /** The alert's severity, or the one it had before it went quiet of itself. */
  readonly severity: Severity | undefined;
  readonly observed: Pick<ConnectionState, "reading">;
  /** Rules whose alerts are open on the same connection. */
  readonly openRules: readonly RuleId[];
}

/** So many silences and windows are named (ours): the row of an alert has its limit. */
const MAX_NAMED = 2;

/** The most characters of a text in them (ours): their own rows have all of it. */
const MAX_TEXT_CHARS = 60;

/**
 * Says why an alert is quiet although it goes on, or would be if it spoke now; empty when nothing keeps it quiet.
 *
 * Of the silences the 2 that last longest are named, of the windows the first 2, texts are cut to 60 characters.
 */
export function whyQuiet(quiet: QuietSubject, context: PollContext): readonly QuietReason[] {
  const { alert, severity = "info", observed, openRules } = quiet;
  const { suppression, nowMs } = context;
  const { connectionId, displayName, kind } = observed.reading;
  const { ruleId } = alert;
  const subject = { connectionId, connectionName: displayName, connectionKind: kind, ruleId, severity };
  const inhibitor = inhibitorOf(ruleId, [...suppression.openAbove, ...openRules]);
  return [
    ...silencesFor(subject, suppression.silences, nowMs)
      .toSorted((a, b) => b.untilMs - a.untilMs)
      .slice(0, MAX_NAMED)
      .map((silence) => ({ kind: "silence" as const, id: silence.id, ...cutWords(silence) })),
    ...suppression.windows
      .filter(({ match }) => matchesConnection(match, subject))
      .slice(0, MAX_NAMED)
      .map(({ name }) => ({ kind: "maintenance" as const, name: cutText(name, MAX_TEXT_CHARS) })),
    ...(inhibitor === undefined ? [] : [{ kind: "inhibited" as const, by: inhibitor }]),
    ...acknowledged(alert, context),
    ...(isFlapping(alert) ? [{ kind: "flapping" as const }] : []),
  ];
}

function acknowledged(alert: AlertState, { suppression, nowMs }: PollContext): readonly QuietReason[] {
  const { episode } = alert;
  if (episode === undefined || !isOpen(alert)) return [];
  return suppression.acknowledgements
    .filter((ack) => ack.alertKey === alert.alertKey)
    .filter((ack) => countsAcknowledgement(ack, { episode: episode.id, escalatedAtMs: episode.escalatedAtMs }, nowMs))
    .map((ack) => ({ kind: "acknowledged" as const, ...cutWords(ack) }));
}

function cutWords({ untilMs, by, reason }: Pick<Silence, "untilMs" | "by" | "reason">) {
  return { untilMs, by: cutText(by, MAX_TEXT_CHARS), reason: cutText(reason, MAX_TEXT_CHARS) };
}
