import type { TextMessage } from "./create-text-notifier.ts";
import { cutUnits } from "./cut-units.ts";
import { toMailHtml } from "./to-mail-html.ts";

/** What Graph is asked to send. */
export interface MailMessage {
  readonly message: {
    readonly subject: string;
    readonly importance: "high" | "normal";
    readonly body: { readonly contentType: "HTML"; readonly content: string };
    readonly toRecipients: readonly { readonly emailAddress: { readonly address: string } }[];
    /** Graph takes headers of our own only when their names begin with `x-`. */
    readonly internetMessageHeaders: readonly { readonly name: `x-${string}`; readonly value: string }[];
  };
  readonly saveToSentItems: false;
}

const MAX_SUBJECT_UNITS = 255;

/**
 * Renders a message as a mail, of high importance when it is critical. A header carries the id of the notification, or of
 * the first one of a group, so that a rule can tell a repetition.
 *
 * Source: "user: sendMail", learn.microsoft.com/graph/api/user-sendmail; "message resource type",
 * learn.microsoft.com/graph/api/resources/message; read 2026-11-22. 255 characters is what mailboxes keep of a subject.
 */
export function toMailMessage({ id, text }: TextMessage, to: readonly string[], maxTextChars: number): MailMessage {
  return {
    message: {
      subject: cutUnits(text.title, MAX_SUBJECT_UNITS),
      importance: text.tone === "critical" ? "high" : "normal",
      body: { contentType: "HTML", content: toMailHtml(text, maxTextChars) },
      toRecipients: to.map((address) => ({ emailAddress: { address } })),
      internetMessageHeaders: [{ name: "x-intune-partner-monitor-id", value: id }],
    },
    saveToSentItems: false,
  };
}
