import { describeNotification, type NotificationLinks } from "../../domain/delivery/describe-notification.ts";
import type { Severity } from "../../domain/rules/rule.ts";
import { cutText } from "../../domain/text.ts";
import { toIso } from "../../domain/time.ts";
import type { OutgoingNotification } from "../../ports/notifier.ts";
import { TEST_SUMMARY, TEST_TITLE, testId } from "./test-message.ts";
import { type NotificationData, toNotificationData } from "./to-notification-data.ts";

/** An alert event of PagerDuty without the key that routes it. */
export interface PagerdutyEvent {
  readonly event_action: "trigger" | "resolve";
  /** Joins the events of one alert; at most 255 characters. */
  readonly dedup_key: string;
  readonly payload: {
    /** The title of the alert, of the push message and of the call; at most 1,024 characters. */
    readonly summary: string;
    readonly source: string;
    readonly severity: Severity;
    readonly timestamp: string;
    readonly component: string;
    readonly group: string;
    readonly class: string;
    readonly custom_details: NotificationData | string;
  };
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly client: typeof CLIENT;
  readonly client_url?: string | undefined;
}

const CLIENT = "Intune partner monitor";
const MAX_SUMMARY_CHARS = 1_024;

/**
 * Renders a notification as an alert event with every text cut to `maxTextChars` characters.
 *
 * A change of severity and a reminder are a second trigger under the same key, which PagerDuty adds to the open alert. The
 * names of our severities are PagerDuty's own. A `flapping` belongs to no episode and is not for a channel that keeps
 * incidents: nothing would ever close it.
 * Source: PagerDuty, "Send an Alert Event", github.com/PagerDuty/developer-docs, docs/events-API-v2/02-Trigger-Events.md,
 * read 2026-11-22.
 */
export function toPagerdutyEvent(
  notification: OutgoingNotification,
  links: NotificationLinks,
  maxTextChars: number,
): PagerdutyEvent {
  const { facts } = notification;
  const data = toNotificationData(notification, links, maxTextChars);
  const text = describeNotification(facts, { ...notification, links });
  return {
    event_action: facts.kind === "resolved" ? "resolve" : "trigger",
    dedup_key: facts.alertKey,
    payload: {
      summary: cutText(text.title, MAX_SUMMARY_CHARS),
      source: `${data.tenantName} (${facts.tenantId})`,
      severity: facts.severity,
      timestamp: toIso(facts.observedAtMs),
      component: data.connectionName || facts.connectionId,
      group: facts.connectionKind,
      class: facts.ruleId,
      custom_details: data,
    },
    links: text.links.map(({ label, url }) => ({ href: url, text: label })),
    client: CLIENT,
    client_url: links.pageUrl,
  };
}

/** Renders one of the two events of a test message, which opens an incident of its own and resolves it at once. */
export function toPagerdutyTest(
  action: PagerdutyEvent["event_action"],
  channel: string,
  sentAtMs: number,
): PagerdutyEvent {
  return {
    event_action: action,
    dedup_key: testId(channel, sentAtMs),
    payload: {
      summary: TEST_TITLE,
      source: CLIENT,
      severity: "info",
      timestamp: toIso(sentAtMs),
      component: channel,
      group: "channel",
      class: "test",
      custom_details: TEST_SUMMARY,
    },
    links: [],
    client: CLIENT,
  };
}
