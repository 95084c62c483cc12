import { MOBILE_THREAT_DEFENSE } from "../connections/connector-catalogue.ts";
import { newestContactMs } from "../connections/contact-of.ts";
import {
  isCarriedOver,
  isPartner,
  type PartnerReading,
  type Reading,
  ROW_KINDS,
  type RowReading,
} from "../connections/reading.ts";
import { DAY_MS, HOUR_MS } from "../units.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { judgeAge, judgeConnectorAge } from "./judge-age.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";
import { sayDeadlines } from "./say-deadlines.ts";

/**
 * Judges a partner or heartbeat connector by the age of its last heartbeat.
 *
 * Microsoft publishes no cadence for partners, so the portal's rule for syncs is used: a warning when the last one was
 * "more than one day ago", unhealthy at "three or more days ago". Ours warns after 36 hours, so that a partner that beats
 * once a day does not flap. `criticalFromMs` counts for the mobile threat defense connector alone: past its threshold, 7 days
 * in every row that was ever published, "Intune ignores" what it reports.
 * Source: Intune tenant status page (graph.md 6.5), mtd-connector-enable page (graph.md 6.1).
 */
export const heartbeatAge: Rule = defineRule({
  id: "heartbeat-age",
  title: "Heartbeat is late",
  appliesTo: ROW_KINDS,
  watches: isHeartbeat,
  limits: { warnAfterMs: 36 * HOUR_MS, errorFromMs: 72 * HOUR_MS, criticalFromMs: 7 * DAY_MS },
  microsoftLimits: { warnAfterMs: DAY_MS, errorFromMs: 3 * DAY_MS },
  confirmPolls: 2,
  recoverPolls: 3,
  judge,
  consequence: ({ reading, nowMs }) => (isPartner(reading) ? partnerConsequence(reading, nowMs) : THREAT_LEVEL_IGNORED),
  remedy:
    "Check the partner's own console and service health first, then its page in the Intune admin center under Tenant " +
    "administration > Connectors and tokens, and that its app registration still has consent and a valid credential.",
});

const REASONS = { ok: "beating", breach: "silent" };

const THREAT_LEVEL_IGNORED =
  "Past the connector's own threshold of unresponsiveness, usually 7 days, Intune ignores the threat level it reports. " +
  "That fails open: a device that it holds to be at risk keeps its access.";

function isHeartbeat(reading: Reading): reading is RowReading {
  return isPartner(reading) || (reading.kind === "connector" && reading.meaning === "heartbeat");
}

function judge({ reading, observedAtMs }: JudgeInput<RowReading>, limits: Limits): Evaluation {
  const { criticalFromMs: _threatDefenseOnly, ...calmerLimits } = limits;
  if (isPartner(reading)) return judgePartner(reading, observedAtMs, calmerLimits);
  const isThreatDefense = reading.connectorName === MOBILE_THREAT_DEFENSE;
  return judgeConnectorAge({ reading, observedAtMs }, REASONS, isThreatDefense ? limits : calmerLimits);
}

function judgePartner(reading: PartnerReading, observedAtMs: number, limits: Limits): Evaluation {
  if (reading.lastContact === undefined || isCarriedOver(reading, "lastContact"))
    return { verdict: "unknown", reason: "not-read" };
  const contactAtMs = newestContactMs(reading);
  if (contactAtMs === undefined) return { verdict: "not-applicable", reason: "never-beat" };
  return judgeAge({ contactAtMs, observedAtMs }, REASONS, limits);
}

function partnerConsequence(partner: PartnerReading, nowMs: number): string {
  const deadlines = sayDeadlines(partner, nowMs);
  if (deadlines !== undefined) return deadlines;
  return partner.kind === "compliance-management-partner"
    ? "Nothing new is heard of the devices it vouches for. Once Intune declares it unresponsive, after how many days is not " +
        "published, Conditional Access stops trusting them and people lose mail and files."
    : "If it stays silent, Intune declares it unresponsive, after how many days is not published. Dates at which its devices " +
        "become noncompliant and are removed may then appear.";
}
