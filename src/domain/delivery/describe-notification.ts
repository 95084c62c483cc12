import { toPlainLine } from "../text.ts";
import { describeChange, remarksOn, type SendContext } from "./describe-change.ts";
import { describeFacts } from "./describe-facts.ts";
import { describeHeadline, type Headline, type Tone, toTitlePart } from "./describe-headline.ts";
import type { NotificationFacts } from "./notification.ts";

/** Where a reader goes on from a message. */
export interface NotificationLinks {
  readonly portalUrl?: string;
  readonly pageUrl?: string;
}

/** What the words depend on beside the facts. */
export interface DescribeContext extends SendContext {
  readonly links: NotificationLinks;
}

/** A message in words that all channels share: plain lines without markup, control characters or invisible ones. */
export interface MessageText {
  readonly tone: Tone;
  /** Severity or outcome, connection, finding and tenant; at most 300 characters. */
  readonly title: string;
  /** Why this message comes now; empty where the title says it all. */
  readonly summary: string;
  /** What a reader must know to judge the message itself, such as that it comes late. */
  readonly remarks: readonly string[];
  /** In a fixed order. */
  readonly lines: readonly LabelledText[];
  /** What stands below the lines, such as how many were left out. */
  readonly closing?: string;
  readonly links: readonly LinkText[];
}

/** One line of a message. */
export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

/** A link by its name. */
export interface LinkText {
  readonly label: string;
  readonly url: string;
}

/** What every channel shows of a title; the least is Slack's. */
const MAX_SHOWN_TITLE_CHARS = 150;

/**
 * Puts a notification into words that stay true when it comes late: a contact is as old as it was in the reading, a date as
 * far away as when it was judged, which may be long after the reading.
 *
 * What the title or the summary says is not repeated below.
 */
export function describeNotification(facts: NotificationFacts, context: DescribeContext): MessageText {
  const headline = describeHeadline(facts, context.isFirstNotice);
  const title = titleOf(headline, facts);
  const isWhole = headline.text === headline.wholeText && title.length <= MAX_SHOWN_TITLE_CHARS;
  const lines = [["What", isWhole ? undefined : headline.wholeText] as const, ...describeFacts(facts)];
  return {
    tone: headline.tone,
    title,
    summary: toPlainLine(describeChange(facts, context.isFirstNotice)),
    remarks: remarksOn(facts, context),
    lines: lines.map(([label, text = ""]) => ({ label, text: toPlainLine(text) })).filter(({ text }) => text !== ""),
    links: nameLinks(context.links),
  };
}

/** Gives each link that there is its name. */
export function nameLinks({ portalUrl, pageUrl }: NotificationLinks): readonly LinkText[] {
  const links = [
    ["Open Intune", portalUrl],
    ["Monitor", pageUrl],
  ] as const;
  return links.flatMap(([label, url]) => (url === undefined ? [] : [{ label, url }]));
}

function titleOf({ word, text }: Headline, { connectionKind, tenantName }: NotificationFacts): string {
  const tenant = connectionKind === "tenant" ? "" : ` (${toTitlePart(tenantName)})`;
  return `${word}: ${text}${tenant}`;
}
