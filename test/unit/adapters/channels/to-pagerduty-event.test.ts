import { describe, expect, it } from "vitest";
import { toNotificationData } from "../../../../src/adapters/channels/to-notification-data.ts";
import { toPagerdutyEvent, toPagerdutyTest } from "../../../../src/adapters/channels/to-pagerduty-event.ts";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { SEVERITIES } from "../../../../src/domain/rules/rule.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";

const LINKS = { portalUrl: "https://intune.example/", pageUrl: "https://app.example/h" };

function eventOf(facts: Partial<NotificationFacts>) {
  return toPagerdutyEvent(anOutgoing({ facts: aNotification(facts) }), LINKS, 4_000);
}

describe("toPagerdutyEvent()", () => {
  it("renders a fired", () => {
    expect(toPagerdutyEvent(anOutgoing(), LINKS, 4_000)).toEqual({
      event_action: "trigger",
      dedup_key: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      payload: {
        summary: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)",
        source: "Contoso (11111111-2222-3333-4444-555555555555)",
        severity: "error",
        timestamp: "2026-11-22T04:00:02Z",
        component: "Jamf Device Compliance",
        group: "compliance-management-partner",
        class: "heartbeat-age",
        custom_details: toNotificationData(anOutgoing(), LINKS, 4_000),
      },
      links: [
        { href: "https://intune.example/", text: "Open Intune" },
        { href: "https://app.example/h", text: "Monitor" },
      ],
      client: "Intune partner monitor",
      client_url: "https://app.example/h",
    });
  });

  it.each([
    { kind: "fired", action: "trigger" },
    { kind: "escalated", action: "trigger" },
    { kind: "deescalated", action: "trigger" },
    { kind: "reminder", action: "trigger" },
    { kind: "resolved", action: "resolve" },
  ] as const)("makes a $action of $kind", ({ kind, action }) => {
    expect(eventOf({ kind }).event_action).toBe(action);
  });

  it.each(["escalated", "deescalated", "reminder"] as const)(
    "tells a %s under the key of the alert, with its new severity",
    (kind) => {
      const event = eventOf({ kind, severity: "warning", previousSeverity: "critical" });

      expect(event.dedup_key).toBe(eventOf({}).dedup_key);
      expect(event.payload.severity).toBe("warning");
    },
  );

  it("has for each severity the one that PagerDuty knows by that name", () => {
    const severities = SEVERITIES.map((severity) => eventOf({ severity }).payload.severity);

    expect(severities.toSorted()).toEqual(["critical", "error", "info", "warning"]);
  });

  it("names a component whose name prints nothing by its id", () => {
    expect(eventOf({ connectionName: "\u200B" }).payload.component).toBe("compliance-management-partner:jamf-1");
  });

  it("keeps the summary within 1,024 characters, whatever the names", () => {
    const text = "😀".repeat(5_000);
    const facts = { connectionName: text, tenantName: text, ruleId: "partner-state", reportedState: text } as const;

    const { summary } = eventOf(facts).payload;

    expect(summary.length).toBeLessThanOrEqual(1_024);
    expect(summary.isWellFormed()).toBe(true);
  });

  it("has no address of its own without a public address", () => {
    expect(toPagerdutyEvent(anOutgoing(), {}, 4_000)).toMatchObject({ links: [], client_url: undefined });
  });
});

describe("toPagerdutyTest()", () => {
  it("triggers and resolves one incident of its own", () => {
    const [trigger, resolve] = (["trigger", "resolve"] as const).map((action) =>
      toPagerdutyTest(action, "pager", SLOT_MS),
    );

    expect(trigger).toEqual({ ...resolve, event_action: "trigger" });
    expect(trigger).toMatchObject({
      dedup_key: `test.${SLOT_MS}.pager`,
      payload: { severity: "info", summary: "Test message of intune-partner-monitor, nothing is wrong" },
    });
    expect(resolve?.event_action).toBe("resolve");
  });
});
