import { toIso } from "../../domain/time.ts";
import type { Notifier } from "../../ports/notifier.ts";
import type { TelemetryFields } from "../../ports/telemetry.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import { digestTarget } from "./digest-target.ts";
import { onlyOne } from "./only-one.ts";
import { TEST_TITLE } from "./test-message.ts";
import { toNotificationData } from "./to-notification-data.ts";

/** Application Insights keeps 8,192 characters of a property; the few long texts here stay far below. */
const MAX_TEXT_CHARS = 1_000;

/**
 * Makes a notifier that records each notification as the telemetry event `Notification` with all facts as flat fields, and
 * a test as `NotificationTest`.
 */
export function createLogNotifier(channel: string, { telemetry, linksOf }: ChannelDeps): Notifier {
  return {
    groups: false,
    targetDigest: digestTarget("log"),
    send: async (notifications) => {
      const notification = onlyOne(notifications);
      const data = toNotificationData(notification, linksOf(notification.facts), MAX_TEXT_CHARS);
      telemetry.event("Notification", { id: notification.id, channel, ...flatten(data) });
      return { kind: "delivered" };
    },
    sendTest: async (sentAtMs) => {
      telemetry.event("NotificationTest", { channel, title: TEST_TITLE, sentDateTime: toIso(sentAtMs) });
      return { kind: "delivered" };
    },
  };
}

/** Flattens nested objects: `evaluation.measured.value` becomes `evaluationMeasuredValue`; null is "never". */
function flatten(data: object, prefix = ""): TelemetryFields {
  const fields: Record<string, string | number | boolean | undefined> = {};
  for (const [name, value] of Object.entries(data) as readonly [string, unknown][]) {
    const key = prefix === "" ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if (value === null) fields[key] = "never";
    else if (typeof value === "object") Object.assign(fields, flatten(value, key));
    else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") fields[key] = value;
  }
  return fields;
}
