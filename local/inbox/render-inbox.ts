import { z } from "zod";
import type { InboxMessage } from "./inbox-message.ts";

const notificationSchema = z.object({ data: z.object({ title: z.string(), summary: z.string() }) });

const mailSchema = z
  .object({
    message: z.object({
      subject: z.string(),
      toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string() }) })),
    }),
  })
  .transform(({ message: { subject, toRecipients } }) => {
    const addresses = toRecipients.map(({ emailAddress }) => emailAddress.address);
    return { data: { title: subject, summary: `Mail to ${addresses.join(", ")}` } };
  });

/** Returns a small page with the messages, newest first; nothing in a message is taken as markup. */
export function renderInbox(messages: readonly InboxMessage[]): string {
  const rows = messages
    .toReversed()
    .map(
      ({ receivedAtIso, path, body, isCut }) =>
        `<h2>${escapeHtml(receivedAtIso)} <code>${escapeHtml(path)}</code></h2>${headlineOf(body)}` +
        `<pre>${escapeHtml(indent(body))}${isCut ? "\n(cut)" : ""}</pre>`,
    );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Simulated inbox</title>
<style>body{font:15px sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}h2{font-size:1rem}pre{background:#8882;padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere}</style>
</head>
<body><h1>Simulated inbox</h1>
<p>The last ${messages.length} messages, newest first. Nothing here left this machine.</p>
${rows.join("\n")}
</body></html>
`;
}

/** What a notification of the monitor is about, in its own words; of a mail its subject and who gets it. */
function headlineOf(body: string): string {
  const said = z.union([notificationSchema, mailSchema]).safeParse(parseJson(body)).data?.data;
  return said === undefined ? "" : `<p><strong>${escapeHtml(said.title)}</strong><br>${escapeHtml(said.summary)}</p>`;
}

function indent(body: string): string {
  const value = parseJson(body);
  return value === undefined ? body : JSON.stringify(value, undefined, 2);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
