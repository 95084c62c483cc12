import { isPartner, type PartnerReading } from "../connections/reading.ts";
import { HOUR_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Tells of each change of a partner's configuration once, and ends 24 hours after the last one by itself.
 *
 * It is judged in every standing, because turning a partner off is what makes it "not configured". Severities are ours.
 */
export const configurationChanged: Rule = defineRule({
  id: "configuration-changed",
  title: "Configuration was changed",
  appliesTo: ["device-management-partner", "compliance-management-partner"],
  judgesEveryStanding: true,
  judgesWhileBlind: true,
  tellsEvents: true,
  watches: isPartner,
  limits: { noticeMs: 24 * HOUR_MS },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: () =>
    "Someone changed how Intune works with this partner. A platform turned off or assignments taken away leave its devices " +
    "without this partner's word.",
  remedy:
    "Ask who changed it and whether it was meant: the Intune admin center keeps it under Tenant administration > Audit logs.",
});

function judge(
  { nowMs, configurationChange: change }: JudgeInput<PartnerReading>,
  { noticeMs = 0 }: Limits,
): Evaluation {
  if (change === undefined || nowMs - change.slotMs >= noticeMs) return { verdict: "ok", reason: "unchanged" };
  return {
    verdict: "breach",
    severity: change.severity,
    reason: "changed",
    measured: { unit: "text", text: change.changes.join("; ") },
    breachedSinceMs: change.slotMs,
  };
}
