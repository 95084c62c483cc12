import { describe, expect, it } from "vitest";
import { toMailMessage } from "../../../../src/adapters/channels/to-mail-message.ts";
import { describeNotification, type MessageText } from "../../../../src/domain/delivery/describe-notification.ts";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { aNotification, anOutgoing } from "../../../builders/a-notification.ts";

const TO = ["ops@contoso.example", "it@contoso.example"];

function aText(facts: Partial<NotificationFacts> = {}): MessageText {
  return describeNotification(aNotification(facts), { ...anOutgoing(), links: {} });
}

function mailOf(text: MessageText) {
  return toMailMessage({ id: "notification-1", text }, TO, 4_000);
}

describe("toMailMessage()", () => {
  it("addresses one mail to everybody, with the title as subject and the notification's id in a header", () => {
    expect(mailOf(aText())).toEqual({
      message: {
        subject: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)",
        importance: "normal",
        body: { contentType: "HTML", content: expect.stringContaining("<html>") },
        toRecipients: [
          { emailAddress: { address: "ops@contoso.example" } },
          { emailAddress: { address: "it@contoso.example" } },
        ],
        internetMessageHeaders: [{ name: "x-intune-partner-monitor-id", value: "notification-1" }],
      },
      saveToSentItems: false,
    });
  });

  it("marks what is critical as important, as long as it is", () => {
    expect(mailOf(aText({ severity: "critical" })).message.importance).toBe("high");
    expect(mailOf(aText({ severity: "critical", kind: "resolved" })).message.importance).toBe("normal");
  });

  it.each([
    { length: 255, want: "x".repeat(255) },
    { length: 256, want: `${"x".repeat(254)}…` },
  ])("keeps the subject within 255 characters: $length", ({ length, want }) => {
    expect(mailOf({ ...aText(), title: "x".repeat(length) }).message.subject).toBe(want);
  });

  it("has a subject of one line, whatever the names", () => {
    const { subject } = mailOf(aText({ connectionName: "a\r\nBcc: evil@evil.example" })).message;

    expect(subject).toBe("Error: a Bcc: evil@evil.example has not been in touch for 3 d 4 h (Contoso)");
  });
});
