import { type ConnectorReading, isCarriedOver, isConnector, type ReportedHealth } from "../connections/reading.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import type { Evaluation, Rule, Severity } from "./rule.ts";

const SEVERITIES: Readonly<Record<Exclude<ReportedHealth, "healthy" | "unknown">, Severity>> = {
  warning: "info",
  unhealthy: "warning",
};

/**
 * Repeats Microsoft's own verdict on a connector, a step calmer than our own rules: `warning` is information, `unhealthy` a
 * warning.
 *
 * It is never taken as proof of health, since "some connectors report Healthy or Connected and yet do not work".
 * Source: connectorHealthState, Intune tenant status page (graph.md 2.4 and 6.5).
 */
export const reportedHealth: Rule = defineRule({
  id: "reported-health",
  title: "Microsoft reports trouble",
  appliesTo: ["connector"],
  watches: isConnector,
  limits: {},
  confirmPolls: 2,
  recoverPolls: 3,
  judge,
  consequence: () =>
    "Microsoft counts this connector as not healthy. Its portal warns within 7 days of an expiry or more than a day after a " +
    "sync, and calls it unhealthy when expired or three days without one.",
  remedy:
    "Open Tenant administration > Tenant status > Connector status in the Intune admin center: the entry leads to the " +
    "connector's own page.",
});

function judge({ reading }: JudgeInput<ConnectorReading>): Evaluation {
  if (isCarriedOver(reading, "reportedHealth")) return { verdict: "unknown", reason: "not-read" };
  const { reportedHealth: health, reportedHealthAsSent } = reading;
  const measured = { unit: "text", text: reportedHealthAsSent ?? health } as const;
  switch (health) {
    case "healthy":
      return { verdict: "ok", reason: "healthy", measured };
    case "unknown":
      return { verdict: "unknown", reason: "health-unknown" };
    default:
      return { verdict: "breach", severity: SEVERITIES[health], reason: `reported-${health}`, measured };
  }
}
