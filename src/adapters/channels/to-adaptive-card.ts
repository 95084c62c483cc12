import { describeNotification, type NotificationLinks } from "../../domain/delivery/describe-notification.ts";
import type { NotificationFacts } from "../../domain/delivery/notification.ts";
import type { Severity } from "../../domain/rules/rule.ts";
import { cutText } from "../../domain/text.ts";
import type { OutgoingNotification } from "../../ports/notifier.ts";

/** A piece of text that is shown as it is: no Markdown, no HTML. */
interface TextRun {
  readonly type: "TextRun";
  readonly text: string;
  readonly weight?: "Bolder";
  readonly size?: "Medium";
  readonly italic?: true;
}

interface RichTextBlock {
  readonly type: "RichTextBlock";
  readonly inlines: readonly TextRun[];
  readonly spacing?: "Small" | "Medium";
}

interface Container {
  readonly type: "Container";
  readonly style: "attention" | "warning" | "accent" | "good" | "emphasis";
  readonly bleed: true;
  readonly items: readonly RichTextBlock[];
}

/** A card of Adaptive Cards, of the parts that are used here. */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly $schema: string;
  readonly version: string;
  readonly msteams: { readonly width: "Full" };
  readonly body: readonly (Container | RichTextBlock)[];
  readonly actions: readonly { readonly type: "Action.OpenUrl"; readonly title: string; readonly url: string }[];
}

/** The lowest version that has rich text: a client older than the version a card names shows nothing of it. */
const CARD_VERSION = "1.2";

const SEVERITY_STYLES: Readonly<Record<Severity, Container["style"]>> = {
  critical: "attention",
  error: "attention",
  warning: "warning",
  info: "accent",
};

/**
 * Renders a notification as a card: a coloured head with what happened and why, then one line a fact.
 *
 * All text stands in text runs, which know no markup. Escaping Markdown would not do: the Teams clients of phones show
 * the backslashes.
 * Source: microsoft/AdaptiveCards issue 5590 and pull request 7474, read 2026-11-22.
 */
export function toAdaptiveCard(
  notification: OutgoingNotification,
  links: NotificationLinks,
  maxTextChars: number,
): AdaptiveCard {
  const text = describeNotification(notification.facts, { ...notification, links });
  const run = (words: string): TextRun => ({ type: "TextRun", text: disarm(cutText(words, maxTextChars)) });
  const head: readonly RichTextBlock[] = [
    { type: "RichTextBlock", inlines: [{ ...run(text.title), weight: "Bolder", size: "Medium" }] },
    { type: "RichTextBlock", inlines: [run(text.summary)], spacing: "Small" },
    ...text.remarks.map(
      (remark): RichTextBlock => ({
        type: "RichTextBlock",
        inlines: [{ ...run(remark), italic: true }],
        spacing: "Small",
      }),
    ),
  ];
  const facts = text.facts.map(
    (fact, index): RichTextBlock => ({
      type: "RichTextBlock",
      inlines: [{ ...run(`${fact.label}: `), weight: "Bolder" }, run(fact.text)],
      spacing: index === 0 ? "Medium" : "Small",
    }),
  );
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: CARD_VERSION,
    msteams: { width: "Full" },
    body: [{ type: "Container", style: styleOf(notification.facts), bleed: true, items: head }, ...facts],
    actions: text.links.map(({ label, url }) => ({ type: "Action.OpenUrl", title: label, url })),
  };
}

function styleOf({ kind, severity, endReason = "recovered" }: NotificationFacts): Container["style"] {
  if (kind !== "resolved") return SEVERITY_STYLES[severity];
  return endReason === "recovered" ? "good" : "emphasis";
}

/** Breaks the one thing that even a text run evaluates: `{{DATE(…)}}` and `{{TIME(…)}}`. */
function disarm(text: string): string {
  return text.replaceAll("{{", "{ {");
}
