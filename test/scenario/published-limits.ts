import { z } from "zod";
import type { PostingType } from "./fault-world.ts";

/** A name with all that a receiver could mistake for something else: markup, mentions, hidden and half characters. */
export const HOSTILE_NAME: string =
  '</td><script>alert(1)</script> <!channel> <@U1|x> **b** [x](javascript:1) {{DATE(2026-11-22T04:05:00Z)}} "\\ \n\r\u0000' +
  `\u202Egnp.exe\u2066 \uD83D ✨ ${"\u05E9\u05DC\u05D5\u05DD 👩‍💻".repeat(1_000)}`;

const HIDDEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;
const MARKUP_OF_NAME = /<(?:script|!|@)/;

/** What a reader is shown: nothing hidden in it, nothing that moves what stands around it. */
const lines = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !HIDDEN.test(text.replaceAll("\n", "")), "no hidden characters");

const line = (max: number) => lines(max).regex(/^.*$/, "one line");

const plainText = (text: z.ZodType) => z.object({ type: z.literal("plain_text"), text });
const richElement = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: lines(3_000) }),
  z.object({ type: z.literal("link"), url: z.url(), text: line(3_000) }),
]);

/**
 * What receivers take.
 *
 * Source: as the notifier and the renderer of each channel say; for Slack's `text`, "Truncating really long messages",
 * api.slack.com/changelog/2018-04-truncating-really-long-messages, by way of its description in Microsoft's connector for
 * Slack (`PostMessageRequest.MessageText`, learn.microsoft.com), read 2026-11-22.
 */
const PUBLISHED: { readonly [T in PostingType]: { readonly maxBytes: number; readonly body: z.ZodType } } = {
  webhook: {
    maxBytes: 64 * 1_024,
    body: z.object({
      specversion: z.literal("1.0"),
      id: line(255),
      source: z.string().startsWith("urn:"),
      type: line(255),
      time: z.iso.datetime(),
      data: z.object({ title: line(300), connectionName: line(4_000), tenantName: line(4_000) }),
    }),
  },
  teams: {
    maxBytes: 28 * 1_024,
    body: z.object({
      type: z.literal("message"),
      attachments: z.tuple([
        z.object({
          contentType: z.literal("application/vnd.microsoft.card.adaptive"),
          content: z.object({ type: z.literal("AdaptiveCard"), version: z.string() }),
        }),
      ]),
    }),
  },
  slack: {
    maxBytes: 12_000,
    body: z.object({
      text: line(40_000).refine((text) => !MARKUP_OF_NAME.test(text), "a text without mentions"),
      blocks: z
        .array(
          z.discriminatedUnion("type", [
            z.object({ type: z.literal("header"), text: plainText(line(150)) }),
            z.object({
              type: z.literal("section"),
              text: plainText(lines(3_000)),
            }),
            z.object({
              type: z.literal("rich_text"),
              elements: z.array(z.object({ elements: z.array(richElement).min(1) })).min(1),
            }),
          ]),
        )
        .max(50),
    }),
  },
  pagerduty: {
    maxBytes: 512_000,
    body: z.object({
      routing_key: z.string().length(32),
      event_action: z.enum(["trigger", "resolve"]),
      dedup_key: line(255),
      payload: z.object({
        summary: line(1_024),
        source: line(10_000),
        severity: z.enum(["critical", "error", "warning", "info"]),
        timestamp: z.iso.datetime(),
      }),
    }),
  },
  email: {
    maxBytes: 4_000_000,
    body: z.object({
      message: z.object({
        subject: line(255),
        importance: z.enum(["low", "normal", "high"]),
        body: z.object({
          contentType: z.literal("HTML"),
          content: z.string().refine((html) => !MARKUP_OF_NAME.test(html), "HTML without a tag from a name"),
        }),
        toRecipients: z
          .array(z.object({ emailAddress: z.object({ address: z.email() }) }))
          .min(1)
          .max(500),
        internetMessageHeaders: z.array(z.object({ name: z.string().regex(/^x-/i), value: line(995) })).max(5),
      }),
      saveToSentItems: z.boolean(),
    }),
  },
};

/**
 * Checks a body as a receiver of that kind would.
 *
 * @throws {Error} Says what the receiver would find wrong with it.
 */
export function assertPublished(type: PostingType, body: string): void {
  const { maxBytes, body: schema } = PUBLISHED[type];
  const bytes = Buffer.byteLength(body);
  if (bytes > maxBytes) throw new RangeError(`${type} takes at most ${maxBytes} bytes, there are ${bytes}`);
  schema.parse(JSON.parse(body));
}
