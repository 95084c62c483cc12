import type { MessageText } from "../../domain/delivery/describe-notification.ts";
import { cutUnits } from "./cut-units.ts";

/** Text that is shown as it is: no mrkdwn, no mention, no emoji from a name between colons. */
interface PlainText {
  readonly type: "plain_text";
  readonly text: string;
  readonly emoji: false;
}

type TextStyle = { readonly bold: true } | { readonly italic: true };

/** A piece of rich text; a text shows as it is, because formats, mentions, links and emoji are elements of their own. */
type RichElement =
  | { readonly type: "text"; readonly text: string; readonly style?: TextStyle }
  | { readonly type: "link"; readonly url: string; readonly text: string };

type SlackBlock =
  | { readonly type: "header" | "section"; readonly text: PlainText }
  | {
      readonly type: "rich_text";
      readonly elements: readonly [{ readonly type: "rich_text_section"; readonly elements: readonly RichElement[] }];
    };

/** A message for an incoming webhook of Slack, of the parts that are used here. */
export interface SlackMessage {
  /** What notifications, screen readers and receivers without blocks show; mrkdwn, so it is escaped. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

const MAX_HEADER_CHARS = 150;
const MAX_TEXT_CHARS = 3_000;

/**
 * Renders a message as blocks: a header, why it comes now, its lines, and links; never more than four blocks.
 *
 * Lines stand in rich text and not in the fields of a section: only there a label can be bold while the text beside it has
 * no markup to escape. Links are no buttons, because a button makes Slack call the app behind the webhook.
 * Source: Slack, "Header block" (150), "Section block" and "Text object" (3,000), "Rich text section element",
 * docs.slack.dev/reference/block-kit; "Reference: blocks" (50 a message), api.slack.com/reference/block-kit/blocks; read
 * 2026-11-22.
 */
export function toSlackMessage(text: MessageText, maxTextChars: number): SlackMessage {
  const cut = (words: string): string => cutUnits(words, Math.min(maxTextChars, MAX_TEXT_CHARS));
  const summary = cut(text.summary);
  const why = [...(summary === "" ? [] : [summary]), ...text.remarks].join("\n");
  const lines = text.lines.flatMap((line, index): readonly RichElement[] => [
    { type: "text", text: `${index === 0 ? "" : "\n"}${line.label}: `, style: { bold: true } },
    { type: "text", text: cut(line.text) },
  ]);
  const closing: readonly RichElement[] =
    text.closing === undefined ? [] : [{ type: "text", text: `\n${text.closing}`, style: { italic: true } }];
  const anchors = text.links.flatMap(({ label, url }, index): readonly RichElement[] => [
    ...(index === 0 ? [] : [{ type: "text", text: " | " } as const]),
    { type: "link", url, text: label },
  ]);
  return {
    text: escapeMrkdwn(summary === "" ? text.title : `${text.title}. ${summary}`),
    blocks: [
      { type: "header", text: plainText(cutUnits(text.title, MAX_HEADER_CHARS)) },
      ...(why === "" ? [] : [{ type: "section", text: plainText(cutUnits(why, MAX_TEXT_CHARS)) } as const]),
      richText([...lines, ...closing]),
      ...(anchors.length === 0 ? [] : [richText(anchors)]),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function plainText(text: string): PlainText {
  return { type: "plain_text", text, emoji: false };
}

function richText(elements: readonly RichElement[]): SlackBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

/**
 * Takes the three characters away that mentions and links are made of.
 *
 * Source: Slack, "Basic message formatting", api.slack.com/docs/message-formatting, read 2026-11-22.
 */
function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
