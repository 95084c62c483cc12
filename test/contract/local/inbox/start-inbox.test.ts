import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboxMessage } from "../../../../local/inbox/inbox-message.ts";
import { type Inbox, startInbox } from "../../../../local/inbox/start-inbox.ts";

let inbox: Inbox;
let told: InboxMessage[];

beforeEach(async () => {
  told = [];
  inbox = await startInbox({ onMessage: (message) => told.push(message), nowMs: () => Date.UTC(2026, 6, 23, 17) });
});

afterEach(() => inbox.stop());

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${inbox.url}${path}`, { method: "POST", body, headers });
}

describe("startInbox()", () => {
  it("keeps what is posted, without credentials", async () => {
    const secrets = { authorization: "Bearer secret", cookie: "secret", "proxy-authorization": "secret" };

    const answer = await post("/hooks/ops?x=1", '{"text":"ü"}', { ...secrets, "webhook-id": "m1" });

    const [message] = inbox.messages();
    expect(answer.status).toBe(202);
    expect(message).toMatchObject({
      receivedAtIso: "2026-07-23T17:00:00.000Z",
      path: "/hooks/ops?x=1",
      body: '{"text":"ü"}',
      isCut: false,
      headers: { "webhook-id": "m1" },
    });
    expect(JSON.stringify(message)).not.toContain("secret");
    expect(told).toEqual([message]);
  });

  it("keeps what came another way", async () => {
    inbox.keep({ path: "/v1.0/users/it/sendMail", body: '{"message":"ü"}' });

    const [message] = inbox.messages();
    expect(message).toEqual({
      receivedAtIso: "2026-07-23T17:00:00.000Z",
      path: "/v1.0/users/it/sendMail",
      headers: {},
      body: '{"message":"ü"}',
      isCut: false,
    });
    expect(told).toEqual([message]);
  });

  it("keeps the last 50", async () => {
    for (let number = 1; number <= 52; number += 1) {
      await post("/", String(number));
    }

    const bodies = inbox.messages().map((message) => message.body);
    expect(bodies).toHaveLength(50);
    expect([bodies[0], bodies.at(-1)]).toEqual(["3", "52"]);
  });

  it.each([
    { length: 65_536, isCut: false },
    { length: 65_537, isCut: true },
  ])("cuts a body of $length bytes: $isCut", async ({ length, isCut }) => {
    const answer = await post("/", "x".repeat(length));

    expect(answer.status).toBe(202);
    expect(inbox.messages().map((message) => [message.body.length, message.isCut])).toEqual([[65_536, isCut]]);
  });

  it("answers as it is told to, and with 202 again", async () => {
    inbox.respondWith(({ body }) => ({ status: 503, headers: { "retry-after": "7" }, body: `not ${body}` }));
    const busy = await post("/", "now");
    inbox.respondWith(undefined);
    const fine = await post("/", "now");

    expect([busy.status, busy.headers.get("retry-after"), await busy.text()]).toEqual([503, "7", "not now"]);
    expect(fine.status).toBe(202);
    expect(inbox.messages()).toHaveLength(2);
  });

  it("breaks the connection when the answer cannot be made", async () => {
    inbox.respondWith(() => {
      throw new TypeError("no");
    });

    await expect(post("/", "x")).rejects.toThrow(TypeError);
    expect(inbox.messages()).toHaveLength(1);
  });

  it("shows its messages as JSON, and as a page to a browser", async () => {
    await post("/hook", "<script>alert(1)</script>");

    const json = await fetch(inbox.url);
    const page = await fetch(inbox.url, { headers: { accept: "text/html,*/*" } });

    expect(await json.json()).toEqual({ messages: inbox.messages() });
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("&lt;script&gt;");
  });

  it.each([
    { method: "GET", path: "/other", status: 404 },
    { method: "PUT", path: "/", status: 405 },
    { method: "DELETE", path: "/hook", status: 405 },
  ])("answers $method $path with $status", async ({ method, path, status }) => {
    expect((await fetch(`${inbox.url}${path}`, { method })).status).toBe(status);
    expect(inbox.messages()).toEqual([]);
  });
});
