import type { QuietBody } from "../../src/http/contract/alerts.ts";
import type { ConnectionBody, DeadlineBody, ThresholdBody } from "../../src/http/contract/connections.ts";
import { sayInstant } from "./say-time.ts";

type Verdict = ConnectionBody["verdict"];
type Kind = ConnectionBody["reading"]["kind"];

/** What each verdict is called on the page. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  critical: "Critical",
  error: "Error",
  warning: "Warning",
  unknown: "Unknown",
  info: "Info",
  pending: "Pending",
  ok: "Well",
  "not-judged": "Not judged",
};

/** Worst first, as the API orders them. */
export const VERDICTS: readonly Verdict[] = [
  "critical",
  "error",
  "warning",
  "unknown",
  "info",
  "pending",
  "ok",
  "not-judged",
];

/** What each kind of connection is called. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  "device-management-partner": "Device management partner",
  "compliance-management-partner": "Compliance partner",
  connector: "Connector",
  source: "Source",
  tenant: "Tenant as a whole",
  fleet: "All tenants",
  "tenant-watch": "Tenant seen from outside",
  channel: "Channel",
};

/** The monitor itself, as it stands among the tenants; the API and messages call it the same. */
export const FLEET = { tenantId: "fleet", tenantName: "Fleet" } as const;

/** What each date is about. */
export const DEADLINE_WORDS: Readonly<Record<DeadlineBody["kind"], string>> = {
  noncompliance: "Devices become noncompliant",
  removal: "Devices are removed",
  expiry: "Expires",
};

/** How a value stands to a limit. */
export const SIDE_WORDS: Readonly<Record<ThresholdBody["side"], string>> = {
  after: "after more than",
  from: "from",
  within: "within",
};

const STANDING_WORDS: Readonly<Record<string, string>> = {
  "is-configured-false": "Not configured: offered, never set up",
  "never-onboarded": "Not configured: never onboarded",
  "not-available": "Not configured: not available in this tenant",
  "severed-and-silent": "Retired: severed, and silent for over 120 days",
  "removal-date-passed": "Retired: its removal date has passed",
};

/** Says why a connection is not judged; undefined where it is. */
export function sayStanding({ standing, standingReason }: ConnectionBody): string | undefined {
  if (standing === "active") return undefined;
  return STANDING_WORDS[standingReason ?? ""] ?? `${capital(standing)}: ${standingReason ?? "no reason is given"}`;
}

/** Says why an alert is quiet. */
export function sayQuiet(quiet: QuietBody): string {
  switch (quiet.kind) {
    case "silence":
      return `Silenced by ${quiet.by} until ${sayInstant(Date.parse(quiet.untilDateTime))}: ${quiet.reason}`;
    case "acknowledged":
      return `Acknowledged by ${quiet.by} until ${sayInstant(Date.parse(quiet.untilDateTime))}: ${quiet.reason}`;
    case "maintenance":
      return `In the maintenance window ${quiet.name}`;
    case "inhibited":
      return `Already told by ${spaced(quiet.by)}`;
    case "flapping":
      return "Comes and goes too often to be told each time";
  }
}

/** Turns a stable word such as "heartbeat-age" into text. */
export function spaced(word: string): string {
  return word.replaceAll("-", " ");
}

/** Writes a stable word as the beginning of a line. */
export function capital(word: string): string {
  const text = spaced(word);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Counts things: "1 day", "2 days". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
