import type { NotificationLinks } from "../../domain/delivery/describe-notification.ts";
import { toIso } from "../../domain/time.ts";
import type { OutgoingNotification } from "../../ports/notifier.ts";
import { TEST_SUMMARY, TEST_TITLE, testId } from "./test-message.ts";
import { type NotificationData, toNotificationData } from "./to-notification-data.ts";

/** A notification as a CloudEvent in JSON. */
export interface CloudEvent {
  readonly specversion: "1.0";
  /** The notification's id: the same on every attempt. */
  readonly id: string;
  /** The tenant, as a URN. */
  readonly source: string;
  readonly type: `intune-partner-monitor.alert.${NotificationData["kind"]}.v1`;
  /** The connection's id. */
  readonly subject: string;
  /** When the reading was taken. */
  readonly time: string;
  readonly datacontenttype: "application/json";
  readonly data: NotificationData;
}

/** Wraps a notification into a CloudEvent, with every text cut to `maxTextChars` characters. */
export function toCloudEvent(
  notification: OutgoingNotification,
  links: NotificationLinks,
  maxTextChars: number,
): CloudEvent {
  const { facts } = notification;
  return {
    specversion: "1.0",
    id: notification.id,
    source: `urn:intune-partner-monitor:tenant:${facts.tenantId}`,
    type: `intune-partner-monitor.alert.${facts.kind}.v1`,
    subject: facts.connectionId,
    time: toIso(facts.observedAtMs),
    datacontenttype: "application/json",
    data: toNotificationData(notification, links, maxTextChars),
  };
}

/** A test message as a CloudEvent in JSON: of a type of its own, so that nobody takes it for an alert. */
export interface TestEvent extends Pick<CloudEvent, "specversion" | "id" | "source" | "time" | "datacontenttype"> {
  readonly type: "intune-partner-monitor.test.v1";
  /** The channel's name. */
  readonly subject: string;
  readonly data: { readonly title: string; readonly summary: string };
}

/** Renders a test message. */
export function toTestEvent(channel: string, sentAtMs: number): TestEvent {
  return {
    specversion: "1.0",
    id: testId(channel, sentAtMs),
    source: "urn:intune-partner-monitor",
    type: "intune-partner-monitor.test.v1",
    subject: channel,
    time: toIso(sentAtMs),
    datacontenttype: "application/json",
    data: { title: TEST_TITLE, summary: TEST_SUMMARY },
  };
}
