import { describe, expect, it } from "vitest";
import { describeTest } from "../../../../src/adapters/channels/test-message.ts";
import { type SlackMessage, toSlackMessage } from "../../../../src/adapters/channels/to-slack-message.ts";
import { describeGroup } from "../../../../src/domain/delivery/describe-group.ts";
import {
  describeNotification,
  type MessageText,
  type NotificationLinks,
} from "../../../../src/domain/delivery/describe-notification.ts";
import { NOTIFICATION_KINDS, type NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import type { OutgoingNotification } from "../../../../src/ports/notifier.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";

const LINKS = { portalUrl: "https://intune.example/", pageUrl: "https://app.example/h?a=1&b=2" };

function messageOf(facts: Partial<NotificationFacts> = {}, overrides: Partial<OutgoingNotification> = {}) {
  return toSlackMessage(aText(facts, overrides), 4_000);
}

function aText(
  facts: Partial<NotificationFacts>,
  { links = LINKS, ...overrides }: Partial<OutgoingNotification> & { readonly links?: NotificationLinks } = {},
): MessageText {
  const { facts: all, ...context } = anOutgoing({ facts: aNotification(facts), ...overrides });
  return describeNotification(all, { ...context, links });
}

/** As many notifications of one tenant, all with these facts. */
function aGroup(count: number, facts: Partial<NotificationFacts> = {}): MessageText {
  const group = Array.from({ length: count }, () => anOutgoing({ facts: aNotification(facts) }));
  return describeGroup(group, { maxLines: 20, links: LINKS });
}

/** Every text that Slack shows inside the blocks, in order. */
function textsOf({ blocks }: SlackMessage): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === "rich_text" ? block.elements[0].elements.map(({ text }) => text) : [block.text.text],
  );
}

describe("toSlackMessage()", () => {
  it("renders a fired", () => {
    const lines = aText({}).lines.flatMap(({ label, text }, index) => [
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
                { type: "link", url: "https://app.example/h?a=1&b=2", text: "Monitor" },
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
      "Earlier messages about this alert did not reach this channel.",
    ]);
  });

  it("has no block for links when there is none", () => {
    expect(toSlackMessage(aText({}, { links: {} }), 4_000).blocks.map(({ type }) => type)).toEqual([
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
    const group = toSlackMessage(aGroup(22, { connectionName }), 4_000);

    const types = new Set(JSON.stringify([message.blocks, group.blocks]).match(/"type":"\w+"/g));
    expect(textsOf(message)[0]).toContain(connectionName);
    expect(types).toEqual(
      new Set(["header", "section", "plain_text", "rich_text", "rich_text_section", "text", "link"].map(typeMember)),
    );
  });

  it("renders a group as its headline and a line each, with how many more below", () => {
    const message = toSlackMessage(aGroup(22), 4_000);

    expect(message.text).toBe("22 alerts of Contoso: 22 errors");
    expect(message.blocks.map(({ type }) => type)).toEqual(["header", "rich_text", "rich_text"]);
    expect(textsOf(message).slice(0, 5)).toEqual([
      "22 alerts of Contoso: 22 errors",
      "Error: ",
      "Jamf Device Compliance has not been in touch for 3 d 4 h, since 2026-11-20 12:00 UTC",
      "\nError: ",
      "Jamf Device Compliance has not been in touch for 3 d 4 h, since 2026-11-20 12:00 UTC",
    ]);
    expect(textsOf(message)).toContain("\nand 2 more");
  });

  it("renders a test without links", () => {
    const message = toSlackMessage(describeTest("chat", SLOT_MS), 4_000);

    expect(message.text).toBe(
      "Test message of intune-partner-monitor, nothing is wrong. This channel can be reached. Nobody needs to do anything.",
    );
    expect(message.blocks).toHaveLength(3);
  });

  it.each(NOTIFICATION_KINDS)("keeps the published limits with monstrous texts: %s", (kind) => {
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
  });

  it.each([
    { title: 150, summary: 3_000, cut: [] },
    { title: 151, summary: 3_001, cut: [0, 1] },
  ])("shows $title characters of a header and $summary of a section", ({ title, summary, cut }) => {
    const text = { ...aText({}), title: "t".repeat(title), summary: "s".repeat(summary) };

    const [header, section] = textsOf(toSlackMessage(text, 4_000));

    expect([header?.length, section?.length]).toEqual([150, 3_000]);
    expect([header, section].flatMap((shown, index) => (shown?.endsWith("…") ? [index] : []))).toEqual(cut);
  });

  it("cuts each text to the given number of characters, but no remark", () => {
    const text = aText({ consequence: "x".repeat(200) }, { isFirstNotice: true });

    const texts = textsOf(toSlackMessage(text, 50));

    expect(texts).toContain(`${"x".repeat(49)}…`);
    expect(texts[1]?.split("\n").map((line) => line.at(-1))).toEqual(["…", "."]);
  });
});

function typeMember(type: string): string {
  return `"type":"${type}"`;
}
