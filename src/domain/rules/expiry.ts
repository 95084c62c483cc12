import { type ConnectorReading, instantOf, type Reading } from "../connections/reading.ts";
import { DAY_MS } from "../units.ts";
import { sayDateFrom } from "../words.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import { findNearStep } from "./find-step.ts";
import type { Evaluation, Limits, Rule } from "./rule.ts";

/**
 * Judges a certificate or token by its expiry: the portal warns when it "will expire within seven days" and calls it
 * unhealthy when it is "expired". Ours warns 30 days ahead, because renewing is a yearly job done by hand; an error from 7
 * days ahead on, critical from 1 day ahead on and when it has expired.
 *
 * Source: Intune tenant status page, community checks MT.1092 to MT.1094 (graph.md 6.5 and 6.6).
 */
export const expiry: Rule = defineRule({
  id: "expiry",
  title: "Certificate or token expires",
  appliesTo: ["connector"],
  judgesWhileBlind: true,
  watches: isExpiry,
  limits: { warnWithinMs: 30 * DAY_MS, errorWithinMs: 7 * DAY_MS, criticalWithinMs: DAY_MS },
  microsoftLimits: { warnWithinMs: 7 * DAY_MS, errorWithinMs: 0 },
  confirmPolls: 1,
  recoverPolls: 1,
  judge,
  consequence: ({ reading, nowMs }) => {
    const expiresAtMs = instantOf(reading.eventDate);
    const isAppleAll = reading.connectorName === PUSH_CERTIFICATE;
    if (expiresAtMs !== undefined && expiresAtMs <= nowMs) {
      const since = `It expired at ${sayDateFrom(expiresAtMs, nowMs)}:`;
      return isAppleAll
        ? `${since} Intune has lost contact with all Apple devices.`
        : `${since} what this connector brings into Intune has stopped.`;
    }
    const when = expiresAtMs === undefined ? "" : ` at ${sayDateFrom(expiresAtMs, nowMs)}`;
    return isAppleAll
      ? `When it expires${when}, Intune loses contact with all Apple devices.`
      : `When it expires${when}, what this connector brings into Intune stops.`;
  },
  remedy:
    "Renew it, do not replace it, with the same Apple account it was made with, from its page in the Intune admin center: " +
    "Devices > Enrollment > Apple, or Tenant administration > Connectors and tokens > Apple VPP Tokens.",
});

const PUSH_CERTIFICATE = "applePushNotificationServiceExpirationDateTime";

function isExpiry(reading: Reading): reading is ConnectorReading {
  return reading.kind === "connector" && reading.meaning === "expiry";
}

function judge({ reading, nowMs }: JudgeInput<ConnectorReading>, limits: Limits): Evaluation {
  const { eventDate } = reading;
  if (eventDate === undefined) return { verdict: "unknown", reason: "not-read" };
  if (eventDate === "never") return { verdict: "unknown", reason: "no-date" };
  const leftMs = eventDate.atMs - nowMs;
  const step = findNearStep(leftMs, limits);
  const measured = { unit: "date", atMs: eventDate.atMs } as const;
  if (step === undefined) return { verdict: "ok", reason: "valid", measured };
  return leftMs <= 0
    ? { verdict: "breach", reason: "expired", ...step, measured, breachedSinceMs: eventDate.atMs }
    : { verdict: "breach", reason: "expires-soon", ...step, measured };
}
