import { describe, expect, it } from "vitest";
import { type SlackMessage, toSlackMessage } from "../../../../src/adapters/channels/to-slack-message.ts";
import { describeNotification } from "../../../../src/domain/delivery/describe-notification.ts";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import type { OutgoingNotification } from "../../../../src/ports/notifier.ts";
import { aNotification, anOutgoing } from "../../../builders/a-notification.ts";

const LINKS = { portalUrl: "https://intune.example/", historyUrl: "https://app.example/h?a=1&b=2" };

function messageOf(facts: Partial<NotificationFacts> = {}, overrides: Partial<OutgoingNotification> = {}) {
  return toSlackMessage(anOutgoing({ facts: aNotification(facts), ...overrides }), LINKS, 4_000);
}

/** Every text that Slack shows inside the blocks, in order. */
function textsOf({ blocks }: SlackMessage): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === "rich_text" ? block.elements[0].elements.map(({ text }) => text) : [block.text.text],
  );
}

describe("toSlackMessage()", () => {
  it("renders a fired", () => {
    const words = describeNotification(aNotification(), { ...anOutgoing(), links: LINKS });
    const lines = words.facts.flatMap(({ label, text }, index) => [
      { type: "text", text: `${index === 0 ? "" : "\n"}${label}: `, style: { bold: true } },
      { type: "text", text },
    ]);

    expect(messageOf()).toEqual({
      text: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso). New alert: time without contact 3 d 4 h, limit 3 d.",
      blocks: [
        {
          type: "header",
          text: {
            type: "plain_text",
            text: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)",
            emoji: false,
          },
        },
        {
          type: "section",
          text: {
            type: "plain_text",
            text: "New alert: time without contact 3 d 4 h, limit 3 d.",
            emoji: false,
          },
        },
        {
          type: "rich_text",
          elements: [
            {
              type: "rich_text_section",
              elements: lines,
            },
          ],
        },
        {
          type: "rich_text",
          elements: [
            {
              type: "rich_text_section",
              elements: [
                { type: "link", url: "https://intune.example/", text: "Open Intune" },
                { type: "text", text: " | " },
                { type: "link", url: "https://app.example/h?a=1&b=2", text: "History" },
              ],
            },
          ],
        },
      ],
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it("puts each remark on a line under the summary", () => {
    const [, summary] = textsOf(messageOf({ kind: "escalated", previousSeverity: "warning" }, { isFirstNotice: true }));

    expect(summary?.split("\n")).toEqual([
      "New alert: time without contact 3 d 4 h, limit 3 d.",
      "Earlier messages about this alert could not be delivered to this channel.",
    ]);
  });

  it("has no block for links when there is none", () => {
    expect(toSlackMessage(anOutgoing(), {}, 4_000).blocks.map(({ type }) => type)).toEqual([
      "header",
      "section",
      "rich_text",
    ]);
  });

  it("escapes mentions and links in the fallback text", () => {
    const { text } = messageOf({ connectionName: "<!channel> & <https://evil.example|Jamf>" });

    expect(text).toContain("&lt;!channel&gt; &amp; &lt;https://evil.example|Jamf&gt;");
  });

  it("shows markup in a name as it is, and holds no block in which markup would be read", () => {
    const connectionName = "*Jamf* <!here> :rotating_light: `x` ~y~";
    const message = messageOf({ connectionName });

    const types = new Set(JSON.stringify(message.blocks).match(/"type":"\w+"/g));
    expect(textsOf(message)[2]).toBe("What: ");
    expect(textsOf(message)[3]).toContain(connectionName);
    expect(types).toEqual(
      new Set(["header", "section", "plain_text", "rich_text", "rich_text_section", "text", "link"].map(typeMember)),
    );
  });

  it.each(["fired", "escalated", "resolved"] as const)(
    "keeps the published limits with monstrous texts: %s",
    (kind) => {
      const text = "😀".repeat(5_000);
      const message = messageOf({
        kind,
        connectionName: text,
        tenantName: text,
        consequence: text,
        remedy: text,
        reportedState: text,
      });

      const [header, ...others] = textsOf(message);
      expect(message.blocks.length).toBeLessThanOrEqual(50);
      expect(header?.length).toBeLessThanOrEqual(150);
      expect(Math.max(...others.map(({ length }) => length))).toBeLessThanOrEqual(3_000);
      expect(textsOf(message).every((shown) => shown !== "" && shown.isWellFormed())).toBe(true);
    },
  );

  it("cuts each text to the given number of characters, but no remark", () => {
    const notification = anOutgoing({ facts: aNotification({ consequence: "x".repeat(200) }), isFirstNotice: true });

    const texts = textsOf(toSlackMessage(notification, {}, 50));

    expect(texts).toContain(`${"x".repeat(49)}…`);
    expect(texts[1]?.split("\n").map((line) => line.at(-1))).toEqual(["…", "."]);
  });
});

function typeMember(type: string): string {
  return `"type":"${type}"`;
}
