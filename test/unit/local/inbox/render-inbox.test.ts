import { describe, expect, it } from "vitest";
import type { InboxMessage } from "../../../../local/inbox/inbox-message.ts";
import { renderInbox } from "../../../../local/inbox/render-inbox.ts";

function aMessage(message: Partial<InboxMessage> = {}): InboxMessage {
  return { receivedAtIso: "2026-07-23T17:00:00.000Z", path: "/", headers: {}, body: "", isCut: false, ...message };
}

describe("renderInbox()", () => {
  it("shows the newest first", () => {
    const page = renderInbox([aMessage({ body: "older" }), aMessage({ body: "newer" })]);

    expect(page.indexOf("newer")).toBeLessThan(page.indexOf("older"));
    expect(page).toContain("The last 2 messages");
  });

  it("takes nothing in a message as markup", () => {
    const page = renderInbox([aMessage({ path: "/<b>", body: '<script src="x">&amp;' })]);

    expect(page).toContain("/&lt;b&gt;");
    expect(page).toContain('&lt;script src="x"&gt;&amp;amp;');
  });

  it("says above a notification what it is about, as text", () => {
    const body = JSON.stringify({ data: { title: "Warning: <b>Jamf</b> is silent", summary: "For 3 d." } });

    const page = renderInbox([aMessage({ body })]);

    expect(page).toContain("<p><strong>Warning: &lt;b&gt;Jamf&lt;/b&gt; is silent</strong><br>For 3 d.</p>");
  });

  it("says above a mail what it is about and who gets it, as text", () => {
    const toRecipients = ["ops@x.example", "<b>@x.example"].map((address) => ({ emailAddress: { address } }));
    const body = JSON.stringify({ message: { subject: "Warning: <b>Jamf</b>", toRecipients } });

    const page = renderInbox([aMessage({ body })]);

    expect(page).toContain(
      "<p><strong>Warning: &lt;b&gt;Jamf&lt;/b&gt;</strong><br>Mail to ops@x.example, &lt;b&gt;@x.example</p>",
    );
  });

  it("indents JSON and says when a body was cut", () => {
    const page = renderInbox([aMessage({ body: '{"a":1}' }), aMessage({ body: '{"a":', isCut: true })]);

    expect(page).toContain('<pre>{\n  "a": 1\n}</pre>');
    expect(page).toContain('<pre>{"a":\n(cut)</pre>');
  });
});
