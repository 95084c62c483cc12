import type { NotificationLinks } from "../../domain/delivery/describe-notification.ts";
import type { Severity } from "../../domain/rules/rule.ts";
import { toIso } from "../../domain/time.ts";
import type { OutgoingNotification } from "../../ports/notifier.ts";
import { TEST_SUMMARY, TEST_TITLE, testId } from "./test-message.ts";
import { type NotificationData, toNotificationData } from "./to-notification-data.ts";

/** A notification, or a test, in the common alert schema of Azure Monitor. */
export interface AzureMonitorAlert {
  readonly schemaId: "azureMonitorCommonAlertSchema";
  readonly data: {
    readonly essentials: {
      /** The episode, as a URN: the same while it fires, rises and resolves. */
      readonly alertId: string;
      readonly alertRule: string;
      readonly severity: "Sev0" | "Sev1" | "Sev2" | "Sev3" | "Sev4";
      readonly signalType: "Log";
      readonly monitorCondition: "Fired" | "Resolved";
      readonly monitoringService: "Intune partner monitor";
      /** The connection, as a URN. */
      readonly alertTargetIDs: readonly [string];
      /** The connection's name. */
      readonly configurationItems: readonly [string];
      /** The alert's key: the same in all its episodes. */
      readonly originAlertId: string;
      readonly firedDateTime: string;
      readonly resolvedDateTime?: string | undefined;
      readonly description: string;
      readonly essentialsVersion: "1.0";
      readonly alertContextVersion: "1.0";
    };
    readonly alertContext: NotificationData | Readonly<Record<string, never>>;
  };
}

/** What Azure Monitor calls critical, error, warning and informational; Sev4, verbose, is for tests. */
const SEVERITY_LEVELS = { critical: "Sev0", error: "Sev1", warning: "Sev2", info: "Sev3" } as const satisfies Readonly<
  Record<Severity, string>
>;

/**
 * Renders a notification as Azure Monitor's action groups do, with every text cut to `maxTextChars` characters; the
 * context is what the CloudEvent carries as data. A change of severity and a reminder are another `Fired` of the same alert.
 *
 * Source: "Common alert schema for Azure Monitor alerts",
 * learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema, read 2026-11-22.
 */
export function toAzureMonitorAlert(
  notification: OutgoingNotification,
  links: NotificationLinks,
  maxTextChars: number,
): AzureMonitorAlert {
  const { facts } = notification;
  const data = toNotificationData(notification, links, maxTextChars);
  const isOver = facts.kind === "resolved";
  return {
    schemaId: "azureMonitorCommonAlertSchema",
    data: {
      essentials: {
        alertId: `urn:intune-partner-monitor:alert:${facts.episode}`,
        alertRule: facts.ruleId,
        severity: SEVERITY_LEVELS[facts.severity],
        signalType: "Log",
        monitorCondition: isOver ? "Resolved" : "Fired",
        monitoringService: "Intune partner monitor",
        alertTargetIDs: [`urn:intune-partner-monitor:tenant:${facts.tenantId}:${facts.connectionId}`],
        configurationItems: [data.connectionName || facts.connectionId],
        originAlertId: facts.alertKey,
        firedDateTime: data.firedDateTime,
        resolvedDateTime: isOver ? toIso(facts.slotMs) : undefined,
        description: `${data.title}. ${data.summary}`,
        essentialsVersion: "1.0",
        alertContextVersion: "1.0",
      },
      alertContext: data,
    },
  };
}

/** Renders a test message as an alert that is over from the start, so that nothing is opened for it. */
export function toAzureMonitorTest(channel: string, sentAtMs: number): AzureMonitorAlert {
  const id = testId(channel, sentAtMs);
  return {
    schemaId: "azureMonitorCommonAlertSchema",
    data: {
      essentials: {
        alertId: `urn:intune-partner-monitor:alert:${id}`,
        alertRule: "test",
        severity: "Sev4",
        signalType: "Log",
        monitorCondition: "Resolved",
        monitoringService: "Intune partner monitor",
        alertTargetIDs: [`urn:intune-partner-monitor:channel:${channel}`],
        configurationItems: [channel],
        originAlertId: id,
        firedDateTime: toIso(sentAtMs),
        resolvedDateTime: toIso(sentAtMs),
        description: `${TEST_TITLE}. ${TEST_SUMMARY}`,
        essentialsVersion: "1.0",
        alertContextVersion: "1.0",
      },
      alertContext: {},
    },
  };
}
