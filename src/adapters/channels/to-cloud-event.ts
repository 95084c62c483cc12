import type { NotificationLinks } from "../../domain/delivery/describe-notification.ts";
import { toIso } from "../../domain/time.ts";
import type { OutgoingNotification } from "../../ports/notifier.ts";
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
