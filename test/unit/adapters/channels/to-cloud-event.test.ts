import { describe, expect, it } from "vitest";
import { toCloudEvent, toTestEvent } from "../../../../src/adapters/channels/to-cloud-event.ts";
import { NOTIFICATION_KINDS } from "../../../../src/domain/delivery/notification.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";

/** What a receiver gets: absent properties are gone. */
function onTheWire(event: ReturnType<typeof toCloudEvent>): unknown {
  return JSON.parse(JSON.stringify(event));
}

describe("toCloudEvent()", () => {
  it("renders a fired", () => {
    const links = { portalUrl: "https://intune.example/" };

    expect(onTheWire(toCloudEvent(anOutgoing(), links, 1_000))).toEqual({
      specversion: "1.0",
      id: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-${SLOT_MS}.${SLOT_MS}.fired.ops`,
      source: "urn:intune-partner-monitor:tenant:11111111-2222-3333-4444-555555555555",
      type: "intune-partner-monitor.alert.fired.v1",
      subject: "compliance-management-partner:jamf-1",
      time: "2026-11-22T04:00:02Z",
      datacontenttype: "application/json",
      data: {
        kind: "fired",
        reason: "first-firing",
        severity: "error",
        isFirstNotice: false,
        isFlapping: false,
        title: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)",
        summary: "New alert: time without contact 3 d 4 h, limit 3 d.",
        tenantId: "11111111-2222-3333-4444-555555555555",
        tenantName: "Contoso",
        connectionId: "compliance-management-partner:jamf-1",
        connectionKey: "0123456789abcdef0123456789abcdef",
        connectionKind: "compliance-management-partner",
        connectionName: "Jamf Device Compliance",
        ruleId: "heartbeat-age",
        alertKey: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        episode: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-${SLOT_MS}`,
        slotDateTime: "2026-11-22T04:00:00Z",
        observedDateTime: "2026-11-22T04:00:02Z",
        firedDateTime: "2026-11-22T04:00:00Z",
        evaluation: {
          verdict: "breach",
          reason: "heartbeat-too-old",
          severity: "error",
          measured: { unit: "duration", value: "P3DT4H" },
          threshold: { unit: "duration", value: "P3D" },
          breachedSinceDateTime: "2026-11-20T12:00:00Z",
        },
        standing: "active",
        lastContactDateTime: "2026-11-19T00:00:00Z",
        reportedState: "enabled",
        consequence:
          "If it stays quiet, Intune calls it unresponsive and Conditional Access stops trusting its devices.",
        remedy:
          "Check the connection in the partner's console, then in Intune under Tenant administration > Connectors and tokens.",
        portalPage: "Tenant administration > Connectors and tokens > Partner compliance management",
        links: { portalUrl: "https://intune.example/" },
      },
    });
  });

  it.each(NOTIFICATION_KINDS)("names the kind %s in the type", (kind) => {
    const event = toCloudEvent(anOutgoing({ facts: aNotification({ kind }) }), {}, 1_000);

    expect(event.type).toBe(`intune-partner-monitor.alert.${kind}.v1`);
  });
});

describe("toTestEvent()", () => {
  it("is an event of a type of its own, with an id that no notification has", () => {
    expect(toTestEvent("siem", SLOT_MS)).toEqual({
      specversion: "1.0",
      id: `test.${SLOT_MS}.siem`,
      source: "urn:intune-partner-monitor",
      type: "intune-partner-monitor.test.v1",
      subject: "siem",
      time: "2026-11-22T04:00:00Z",
      datacontenttype: "application/json",
      data: {
        title: "Test message of intune-partner-monitor, nothing is wrong",
        summary: "This channel can be reached. Nobody needs to do anything.",
      },
    });
  });
});
