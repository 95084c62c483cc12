import { newestContactMs } from "../connections/contact-of.ts";
import {
  hasOwnIdentity,
  isCarriedOver,
  isPartner,
  type PartnerReading,
  type PartnerState,
} from "../connections/reading.ts";
import { defined } from "../defined.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import type { Evaluation, Rule, Severity } from "./rule.ts";
import { sayDeadlines } from "./say-deadlines.ts";

const UNKNOWN_AFTER_KNOWN = "unknown-after-known-state";
const NOT_READ = "not-read";

const SEVERITIES: Readonly<Record<Exclude<PartnerState, "enabled" | "unknown">, Severity>> = {
  unavailable: "warning",
  rejected: "error",
  terminated: "error",
  unresponsive: "critical",
};

/**
 * Judges a partner by the state that Intune gives it: "Partner is unavailable", "Partner messages are rejected", "Partner
 * connection is terminated", "Partner is unresponsive".
 *
 * `unknown` is a catalogue row that was never onboarded, or, after a known state, a partner that Intune no longer speaks
 * for; the latter is judged in every standing, and a state that was not read ends it in none. A state that was there from
 * the first has lasted since the partner's last contact, as far as anybody can tell. Severities are ours.
 * Source: deviceManagementPartnerTenantState (graph.md 2.1 and 6.1).
 */
export const partnerState: Rule = defineRule({
  id: "partner-state",
  title: "Partner is not enabled",
  appliesTo: ["device-management-partner", "compliance-management-partner"],
  judgesEveryStanding: [UNKNOWN_AFTER_KNOWN, NOT_READ],
  watches: isPartner,
  limits: {},
  confirmPolls: 2,
  recoverPolls: 3,
  judge,
  consequence: ({ reading, nowMs }) =>
    [whatFollows(reading), sayDeadlines(reading, nowMs)].filter((text) => text !== undefined).join(" "),
  remedy:
    "Open the partner in the Intune admin center, Tenant administration > Connectors and tokens > Partner compliance " +
    "management or Partner device management, and compare with its own console before changing anything. Do not press " +
    "Terminate to retry: it severs the partner and starts the removal of its devices.",
});

function judge({ reading, lastKnownState, stateSinceMs }: JudgeInput<PartnerReading>): Evaluation {
  if (isCarriedOver(reading, "state")) return { verdict: "unknown", reason: NOT_READ };
  const measured = { unit: "text", text: reading.stateAsSent ?? reading.state } as const;
  if (reading.state === "enabled") return { verdict: "ok", reason: "enabled", measured };
  const since = defined({ breachedSinceMs: stateSinceMs ?? newestContactMs(reading) });
  if (reading.state !== "unknown") {
    return { verdict: "breach", severity: SEVERITIES[reading.state], reason: reading.state, measured, ...since };
  }
  return lastKnownState === undefined || !hasOwnIdentity(reading)
    ? { verdict: "unknown", reason: "state-unknown" }
    : { verdict: "breach", severity: "warning", reason: UNKNOWN_AFTER_KNOWN, measured, ...since };
}

function whatFollows({ kind, state }: PartnerReading): string {
  const isCompliance = kind === "compliance-management-partner";
  switch (state) {
    case "terminated":
      return isCompliance
        ? "The connection is severed: no compliance of its devices reaches Intune any more."
        : "The connection is severed: Intune removes its devices 90 days later, at the date that its console shows.";
    case "unresponsive":
      return isCompliance
        ? "Conditional Access stops trusting its devices: people on them lose mail and files."
        : "Intune has given up waiting for it: its devices may become noncompliant and be removed.";
    case "rejected":
      return "Intune rejects its messages: what it reports about devices does not arrive.";
    case "unavailable":
      return "What makes a partner unavailable is not documented; until it is enabled again its devices may not be covered.";
    case "unknown":
      return "Intune no longer says whether it works: it may have been taken out of service, or its state has a name that is new.";
    case "enabled":
      return "It is enabled again.";
  }
}
