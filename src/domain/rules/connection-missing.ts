import {
  type ConnectorReading,
  hasOwnIdentity,
  isPartner,
  type PartnerReading,
  type Reading,
} from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { defineRule, type JudgeInput, ROW_KINDS } from "./define-rule.ts";
import { findCountStep } from "./find-step.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges a connection that complete reads no longer show: a warning from the 4th on, accepted as gone after 7 days.
 *
 * A row without an id of its own cannot be missed: it is told apart by its place only. The numbers are ours.
 */
export const connectionMissing: Rule = defineRule({
  id: "connection-missing",
  title: "Connection has disappeared",
  appliesTo: ROW_KINDS,
  watches: isRow,
  limits: { warnFromPolls: 4, goneFromMs: 7 * DAY_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "Intune no longer lists this connection: someone deleted it, or Microsoft took it away. Nothing watches its devices or " +
    "dates any more; after 7 days its absence is taken as meant.",
  remedy:
    "Check under Tenant administration > Connectors and tokens whether it was removed on purpose, and in Tenant administration " +
    "> Audit logs by whom.",
});

function isRow(reading: Reading): reading is PartnerReading | ConnectorReading {
  return (isPartner(reading) || reading.kind === "connector") && hasOwnIdentity(reading);
}

function judge(input: JudgeInput<PartnerReading | ConnectorReading>, limits: Limits): Evaluation {
  const { absentPolls, nowMs, absentSinceMs = nowMs } = input;
  if (absentPolls === 0) return { verdict: "ok", reason: "present" };
  const step = findCountStep("warning", absentPolls, limits["warnFromPolls"]);
  if (step === undefined) return { verdict: "unknown", reason: "absent-briefly" };
  const { goneFromMs = Infinity } = limits;
  if (nowMs - absentSinceMs >= goneFromMs) return { verdict: "not-applicable", reason: "gone" };
  const measured = { unit: "count", count: absentPolls } as const;
  return { verdict: "breach", reason: "absent", ...step, measured, breachedSinceMs: absentSinceMs };
}
