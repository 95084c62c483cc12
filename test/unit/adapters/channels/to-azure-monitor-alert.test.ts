import { describe, expect, it } from "vitest";
import { toAzureMonitorAlert, toAzureMonitorTest } from "../../../../src/adapters/channels/to-azure-monitor-alert.ts";
import { toNotificationData } from "../../../../src/adapters/channels/to-notification-data.ts";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";

function essentialsOf(facts: Partial<NotificationFacts>) {
  return toAzureMonitorAlert(anOutgoing({ facts: aNotification(facts) }), {}, 1_000).data.essentials;
}

describe("toAzureMonitorAlert()", () => {
  it("renders a fired", () => {
    const links = { portalUrl: "https://intune.example/" };

    expect(toAzureMonitorAlert(anOutgoing(), links, 1_000)).toEqual({
      schemaId: "azureMonitorCommonAlertSchema",
      data: {
        essentials: {
          alertId: `urn:intune-partner-monitor:alert:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-${SLOT_MS}`,
          alertRule: "heartbeat-age",
          severity: "Sev1",
          signalType: "Log",
          monitorCondition: "Fired",
          monitoringService: "Intune partner monitor",
          alertTargetIDs: [
            "urn:intune-partner-monitor:tenant:11111111-2222-3333-4444-555555555555:compliance-management-partner:jamf-1",
          ],
          configurationItems: ["Jamf Device Compliance"],
          originAlertId: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          firedDateTime: "2026-11-22T04:00:00Z",
          description:
            "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso). New alert: time without contact 3 d 4 h, limit 3 d.",
          essentialsVersion: "1.0",
          alertContextVersion: "1.0",
        },
        alertContext: toNotificationData(anOutgoing(), links, 1_000),
      },
    });
  });

  it("resolves the alert that it fired, with the time of both", () => {
    const resolved = essentialsOf({ kind: "resolved", firedSlotMs: SLOT_MS - 3_600_000 });

    expect(resolved).toMatchObject({
      alertId: essentialsOf({}).alertId,
      monitorCondition: "Resolved",
      firedDateTime: "2026-11-22T03:00:00Z",
      resolvedDateTime: "2026-11-22T04:00:00Z",
    });
  });

  it.each(["escalated", "deescalated", "reminder"] as const)(
    "tells a %s as another Fired of the same alert",
    (kind) => {
      const risen = essentialsOf({ kind, severity: "critical", previousSeverity: "error" });

      expect(risen).toMatchObject({ alertId: essentialsOf({}).alertId, monitorCondition: "Fired", severity: "Sev0" });
      expect(risen.resolvedDateTime).toBeUndefined();
    },
  );

  it.each([
    { severity: "critical", level: "Sev0" },
    { severity: "error", level: "Sev1" },
    { severity: "warning", level: "Sev2" },
    { severity: "info", level: "Sev3" },
  ] as const)("calls $severity $level", ({ severity, level }) => {
    expect(essentialsOf({ severity }).severity).toBe(level);
  });

  it("names a connection whose name prints nothing by its id", () => {
    expect(essentialsOf({ connectionName: "\u200B" }).configurationItems).toEqual([
      "compliance-management-partner:jamf-1",
    ]);
  });
});

describe("toAzureMonitorTest()", () => {
  it("is over from the start and no alert that anybody else has", () => {
    const { essentials, alertContext } = toAzureMonitorTest("itsm", SLOT_MS).data;

    expect(essentials).toMatchObject({
      alertId: `urn:intune-partner-monitor:alert:test.${SLOT_MS}.itsm`,
      severity: "Sev4",
      monitorCondition: "Resolved",
      firedDateTime: "2026-11-22T04:00:00Z",
      resolvedDateTime: "2026-11-22T04:00:00Z",
      description: expect.stringContaining("Test message of intune-partner-monitor, nothing is wrong"),
    });
    expect(alertContext).toEqual({});
  });
});
