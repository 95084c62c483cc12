import { describe, expect, it } from "vitest";
import { createLogNotifier } from "../../../../src/adapters/channels/create-log-notifier.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";
import { createFakeTelemetry } from "../../../fakes/fake-telemetry.ts";

function aWorld() {
  const telemetry = createFakeTelemetry();
  return { telemetry, notifier: createLogNotifier("log", { telemetry, linksOf, clock: { nowMs: () => SLOT_MS } }) };
}

function linksOf() {
  return { pageUrl: "https://app.example/h" };
}

describe("createLogNotifier()", () => {
  it("records the notification with flat fields and calls it delivered", async () => {
    const { notifier, telemetry } = aWorld();

    const outcome = await notifier.send([anOutgoing({ facts: aNotification({ lastContact: "never" }) })]);

    expect(outcome).toEqual({ kind: "delivered" });
    expect(telemetry.events).toHaveLength(1);
    expect(telemetry.events[0]).toMatchObject({
      name: "Notification",
      fields: {
        id: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-${SLOT_MS}.${SLOT_MS}.fired.ops`,
        channel: "log",
        kind: "fired",
        severity: "error",
        isFirstNotice: false,
        connectionName: "Jamf Device Compliance",
        slotDateTime: "2026-11-22T04:00:00Z",
        evaluationVerdict: "breach",
        evaluationMeasuredUnit: "duration",
        evaluationMeasuredValue: "P3DT4H",
        lastContactDateTime: "never",
        linksPageUrl: "https://app.example/h",
      },
    });
  });

  it.each([[[]], [[anOutgoing(), anOutgoing()]]])("takes exactly one notification, not %#", async (notifications) => {
    const { notifier, telemetry } = aWorld();

    await expect(notifier.send(notifications)).rejects.toThrow(RangeError);

    expect(telemetry.events).toEqual([]);
  });

  it("records a test as an event of another name", async () => {
    const { notifier, telemetry } = aWorld();

    const outcome = await notifier.sendTest(SLOT_MS);

    expect(outcome).toEqual({ kind: "delivered" });
    expect(telemetry.events).toMatchObject([
      {
        name: "NotificationTest",
        fields: {
          channel: "log",
          title: "Test message of intune-partner-monitor, nothing is wrong",
          sentDateTime: "2026-11-22T04:00:00Z",
        },
      },
    ]);
  });

  it("leaves out what is not known and keeps no nested value", async () => {
    const { notifier, telemetry } = aWorld();

    await notifier.send([anOutgoing()]);

    const fields = telemetry.events[0]?.fields ?? {};
    expect(Object.keys(fields)).not.toContain("previousSeverity");
    expect(new Set(Object.values(fields).map((value) => typeof value))).toEqual(new Set(["string", "boolean"]));
  });
});
