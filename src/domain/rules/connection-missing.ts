import { hasOwnIdentity, isRow, type Reading, ROW_KINDS, type RowReading } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { findCountStep } from "./find-step.ts";
import type { Evaluation, Limits, Rule, RuleInput } from "./rule.ts";

/**
 * Judges a connection that complete reads no longer show: a warning from the 4th on, taken as gone after 7 days or when a
 * person accepts it.
 *
 * A row without an id of its own cannot be missed: it is told apart by its place only. The numbers are ours.
 */
export const connectionMissing: Rule = defineRule({
  id: "connection-missing",
  title: "Connection has disappeared",
  appliesTo: ROW_KINDS,
  watches: isNamedRow,
  limits: { warnFromPolls: 4, goneFromMs: 7 * DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "Intune no longer lists this connection: someone deleted it, or Microsoft took it away. Nothing watches its devices or " +
    "dates any more; when it stays away, its absence is in the end taken as meant and this alert closes.",
  remedy:
    "Check under Tenant administration > Connectors and tokens whether it was removed on purpose, and in Tenant administration " +
    "> Audit logs by whom.",
});

function isNamedRow(reading: Reading): reading is RowReading {
  return isRow(reading) && hasOwnIdentity(reading);
}

/** Whether a connection is there, and what its absence means. */
export type Presence = "present" | "brief" | "missing" | "gone";

/** What is known of a connection's absence. */
export type Absence = Pick<RuleInput, "absentPolls" | "absentSinceMs" | "removalAcceptedAtMs" | "nowMs">;

/**
 * Says what an absence means: `brief` below `warnFromPolls` complete reads without the connection, then `missing`, and
 * `gone`, which is taken as meant, when the first of them was `goneFromMs` ago or a person has accepted it. Without a limit it
 * goes no further by itself.
 */
export function judgePresence(absence: Absence, limits: Limits): Presence {
  const { absentPolls, nowMs, absentSinceMs = nowMs, removalAcceptedAtMs } = absence;
  const { warnFromPolls = Infinity, goneFromMs = Infinity } = limits;
  if (absentPolls === 0) return "present";
  if (removalAcceptedAtMs !== undefined) return "gone";
  if (absentPolls < warnFromPolls) return "brief";
  return nowMs - absentSinceMs < goneFromMs ? "missing" : "gone";
}

function judge(input: JudgeInput<RowReading>, limits: Limits): Evaluation {
  const { absentPolls, nowMs, absentSinceMs = nowMs } = input;
  switch (judgePresence(input, limits)) {
    case "present":
      return { verdict: "ok", reason: "present" };
    case "brief":
      return { verdict: "unknown", reason: "absent-briefly" };
    case "gone":
      return { verdict: "not-applicable", reason: "gone" };
    case "missing":
      return {
        verdict: "breach",
        severity: "warning",
        ...findCountStep("warning", absentPolls, limits["warnFromPolls"]),
        reason: "absent",
        measured: { unit: "count", count: absentPolls },
        breachedSinceMs: absentSinceMs,
      };
  }
}
