import type { InboxMessage } from "./inbox-message.ts";

/** Returns a small page with the messages, newest first; nothing in a message is taken as markup. */
export function renderInbox(messages: readonly InboxMessage[]): string {
  const rows = messages
    .toReversed()
    .map(
      ({ receivedAtIso, path, body, isCut }) =>
        `<h2>${escapeHtml(receivedAtIso)} <code>${escapeHtml(path)}</code></h2>` +
        `<pre>${escapeHtml(indent(body))}${isCut ? "\n(cut)" : ""}</pre>`,
    );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Simulated inbox</title>
<style>body{font:15px sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}h2{font-size:1rem}pre{background:#8882;padding:1rem;overflow:auto}</style>
</head>
<body><h1>Simulated inbox</h1>
<p>The last ${messages.length} webhook requests, newest first. Nothing here left this machine.</p>
${rows.join("\n")}
</body></html>
`;
}

function indent(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
