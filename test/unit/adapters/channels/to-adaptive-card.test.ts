import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { describeTest } from "../../../../src/adapters/channels/test-message.ts";
import { type AdaptiveCard, toAdaptiveCard } from "../../../../src/adapters/channels/to-adaptive-card.ts";
import { describeGroup } from "../../../../src/domain/delivery/describe-group.ts";
import { describeNotification, type MessageText } from "../../../../src/domain/delivery/describe-notification.ts";
import { NOTIFICATION_KINDS, type NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import type { OutgoingNotification } from "../../../../src/ports/notifier.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";

interface CardLibrary {
  readonly AdaptiveCard: new () => {
    readonly parse: (json: unknown, context: unknown) => void;
    readonly validateProperties: () => { readonly validationEvents: readonly unknown[] };
    readonly toJSON: () => unknown;
  };
  readonly SerializationContext: new () => {
    readonly eventCount: number;
    readonly getEventAt: (index: number) => { readonly message: string };
  };
}

// The package's module build does not load in Node, its browser build does.
const library = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js") as CardLibrary;

function cardOf(facts: Partial<NotificationFacts> = {}, overrides: Partial<OutgoingNotification> = {}): AdaptiveCard {
  return toAdaptiveCard(aText(facts, overrides), 1_000);
}

function aText(facts: Partial<NotificationFacts>, overrides: Partial<OutgoingNotification> = {}): MessageText {
  const { facts: all, ...context } = anOutgoing({ facts: aNotification(facts), ...overrides });
  return describeNotification(all, { ...context, links: { portalUrl: "https://intune.example/" } });
}

/** As many notifications of one tenant, all with that name. */
function aGroup(count: number, connectionName = "Jamf Pro"): MessageText {
  const group = Array.from({ length: count }, () => anOutgoing({ facts: aNotification({ connectionName }) }));
  return describeGroup(group, { maxLines: 20, links: {} });
}

/** Reads a card as Adaptive Cards does: what it complains of, and what is left of the card. */
function readBack(card: AdaptiveCard) {
  const [parsed, context] = [new library.AdaptiveCard(), new library.SerializationContext()];
  parsed.parse(card, context);
  const complaints = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return { complaints: [...complaints, ...parsed.validateProperties().validationEvents], json: parsed.toJSON() };
}

/** The lines of text that a reader sees. */
function linesOf({ body }: AdaptiveCard): readonly string[] {
  const blocks = body.flatMap((part) => (part.type === "Container" ? part.items : [part]));
  return blocks.map(({ inlines }) => inlines.map(({ text }) => text).join(""));
}

describe("toAdaptiveCard()", () => {
  it("renders a fired", () => {
    expect(cardOf()).toEqual({
      type: "AdaptiveCard",
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      version: "1.2",
      msteams: { width: "Full" },
      body: [
        {
          type: "Container",
          style: "attention",
          bleed: true,
          items: [
            {
              type: "RichTextBlock",
              inlines: [
                {
                  type: "TextRun",
                  text: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)",
                  weight: "Bolder",
                  size: "Medium",
                },
              ],
            },
            {
              type: "RichTextBlock",
              inlines: [{ type: "TextRun", text: "New alert: time without contact 3 d 4 h, limit 3 d." }],
              spacing: "Small",
            },
          ],
        },
        aFact("Since", "2026-11-20 12:00 UTC (1 d 16 h)", "Medium"),
        aFact("Last contact", "2026-11-19 00:00 UTC (3 d 4 h ago)"),
        aFact("Reported state", "enabled"),
        aFact(
          "What happens next",
          "If it stays quiet, Intune calls it unresponsive and Conditional Access stops trusting its devices.",
        ),
        aFact(
          "What to do",
          "Check the connection in the partner's console, then in Intune under Tenant administration > Connectors and tokens.",
        ),
        aFact("Where to look", "Tenant administration > Connectors and tokens > Partner compliance management"),
        aFact("Kind", "compliance partner, rule heartbeat-age"),
        aFact("Tenant", "Contoso (11111111-2222-3333-4444-555555555555)"),
        aFact("Severity", "error"),
        aFact("As of", "2026-11-22 04:00 UTC"),
      ],
      actions: [{ type: "Action.OpenUrl", title: "Open Intune", url: "https://intune.example/" }],
    });
  });

  it("shows remarks in italics under the summary", () => {
    const card = cardOf({ kind: "escalated" }, { isFirstNotice: true });

    expect(card.body[0]).toHaveProperty("items[2].inlines", [
      {
        type: "TextRun",
        text: "Earlier messages about this alert did not reach this channel.",
        italic: true,
      },
    ]);
  });

  it.each([
    { facts: { severity: "critical" }, style: "attention" },
    { facts: { severity: "warning" }, style: "warning" },
    { facts: { severity: "info" }, style: "accent" },
    { facts: { kind: "resolved", endReason: "recovered" }, style: "good" },
    { facts: { kind: "resolved", endReason: "connection-gone" }, style: "emphasis" },
    { facts: { kind: "flapping" }, style: "accent" },
  ] as const)("gives the head of $facts the style $style", ({ facts, style }) => {
    expect(cardOf(facts).body[0]).toMatchObject({ style });
  });

  it("renders a group as its headline and a line each, with how many more below", () => {
    const lines = linesOf(toAdaptiveCard(aGroup(22), 1_000));

    expect(lines).toHaveLength(22);
    expect(lines[0]).toBe("22 alerts of Contoso: 22 errors");
    expect(lines[1]).toBe("Error: Jamf Pro has not been in touch for 3 d 4 h, since 2026-11-20 12:00 UTC");
    expect(lines.at(-1)).toBe("and 2 more");
  });

  it.each([
    { label: "a group", text: aGroup(45) },
    { label: "a test", text: describeTest("ops", SLOT_MS) },
  ])("is a valid card of which nothing is dropped: $label", ({ text }) => {
    const { msteams, actions: _none, ...card } = toAdaptiveCard(text, 1_000);

    const { complaints, json } = readBack({ ...card, actions: [], msteams });

    expect(complaints).toEqual([]);
    expect(json).toEqual(card);
  });

  it.each(NOTIFICATION_KINDS)("is a valid card of which nothing is dropped: %s", (kind) => {
    const { msteams, ...card } = cardOf({ kind }, { isFirstNotice: true });

    const { complaints, json } = readBack({ ...card, msteams });

    expect(complaints).toEqual([]);
    expect(json).toEqual(card);
  });

  it("is seen to be invalid by the same reader when a property is wrong", () => {
    const card = {
      ...cardOf(),
      body: [{ type: "RichTextBlock", inlines: [], spacing: "Tiny" }],
    } as unknown as AdaptiveCard;

    expect(readBack(card).complaints).not.toEqual([]);
  });

  it("shows markup in a name as it is, and lets no date be evaluated", () => {
    const connectionName = "**Jamf** <at>all</at> [x](https://evil.example) {{DATE(2026-11-22T04:05:00Z, LONG)}}";

    const [title] = linesOf(cardOf({ connectionName }));

    expect(title).toContain("**Jamf** <at>all</at> [x](https://evil.example)");
    expect(title).toContain("{ {DATE(");
  });

  it("shows markup in a name of a group as it is", () => {
    const [, line] = linesOf(toAdaptiveCard(aGroup(2, "**x** <at>all</at> {{DATE(y)}}"), 1_000));

    expect(line).toContain("Error: **x** <at>all</at> { {DATE(y)}} has not");
  });

  it("holds no text outside of text runs, where Markdown would be read", () => {
    const bodies = [cardOf().body, toAdaptiveCard(aGroup(22), 1_000).body];
    const blocks = JSON.stringify(bodies).match(/"type":"\w+"/g);

    expect(new Set(blocks)).toEqual(new Set(['"type":"Container"', '"type":"RichTextBlock"', '"type":"TextRun"']));
  });

  it("cuts each text to the given number of characters", () => {
    const lines = linesOf(toAdaptiveCard(aText({ consequence: "x".repeat(200) }), 50));

    expect(lines).toContain(`What happens next: ${"x".repeat(49)}…`);
  });
});

function aFact(label: string, text: string, spacing = "Small") {
  const inlines = [
    { type: "TextRun", text: `${label}: `, weight: "Bolder" },
    { type: "TextRun", text },
  ];
  return { type: "RichTextBlock", inlines, spacing };
}
