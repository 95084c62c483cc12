import type { Tone } from "../../domain/delivery/describe-headline.ts";
import type { MessageText } from "../../domain/delivery/describe-notification.ts";
import { cutText } from "../../domain/text.ts";

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

const STYLES: Readonly<Record<Tone, Container["style"]>> = {
  critical: "attention",
  error: "attention",
  warning: "warning",
  info: "accent",
  good: "good",
  neutral: "emphasis",
};

/**
 * Renders a message as a card: a coloured head with what happened and why, then its lines.
 *
 * All text stands in text runs, which know no markup. Escaping Markdown would not do: the Teams clients of phones show
 * the backslashes.
 * Source: microsoft/AdaptiveCards issue 5590 and pull request 7474, read 2026-11-22.
 */
export function toAdaptiveCard(text: MessageText, maxTextChars: number): AdaptiveCard {
  const run = (words: string): TextRun => ({ type: "TextRun", text: disarm(cutText(words, maxTextChars)) });
  const head: readonly RichTextBlock[] = [
    { type: "RichTextBlock", inlines: [{ ...run(text.title), weight: "Bolder", size: "Medium" }] },
    ...(text.summary === "" ? [] : [block([run(text.summary)], "Small")]),
    ...text.remarks.map((remark) => block([{ ...run(remark), italic: true }], "Small")),
  ];
  const lines = text.lines.map((line, index) =>
    block([{ ...run(`${line.label}: `), weight: "Bolder" }, run(line.text)], index === 0 ? "Medium" : "Small"),
  );
  const closing = text.closing === undefined ? [] : [block([{ ...run(text.closing), italic: true }], "Small")];
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: CARD_VERSION,
    msteams: { width: "Full" },
    body: [{ type: "Container", style: STYLES[text.tone], bleed: true, items: head }, ...lines, ...closing],
    actions: text.links.map(({ label, url }) => ({ type: "Action.OpenUrl", title: label, url })),
  };
}

function block(inlines: readonly TextRun[], spacing: "Small" | "Medium"): RichTextBlock {
  return { type: "RichTextBlock", inlines, spacing };
}

/** Breaks the one thing that even a text run evaluates: `{{DATE(…)}}` and `{{TIME(…)}}`. */
function disarm(text: string): string {
  return text.replaceAll("{{", "{ {");
}
