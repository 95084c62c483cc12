import { afterEach, describe, expect, it } from "vitest";
import { createSlackNotifier } from "../../../src/adapters/channels/create-slack-notifier.ts";
import { toSlackMessage } from "../../../src/adapters/channels/to-slack-message.ts";
import { describeNotification } from "../../../src/domain/delivery/describe-notification.ts";
import type { NotificationFacts } from "../../../src/domain/delivery/notification.ts";
import { aNotification, anOutgoing } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { factsOfSize } from "./facts-of-size.ts";
import { type Answer, type Receiver, startReceiver } from "./start-receiver.ts";

const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

/** Posts notifications in one message to a webhook that answers so. */
async function post(answer: Answer, notifications: readonly Parameters<typeof anOutgoing>[0][] = [{}]) {
  const receiver = await startReceiver();
  receivers.push(receiver);
  receiver.answerWith(answer);
  const url = `http://127.0.0.1:${receiver.port}/services/T0/B0/x`;
  const notifier = createSlackNotifier("chat", { type: "slack", url, allowPrivate: true }, aChannelWorld());
  const outcome = await notifier.send(notifications.map(anOutgoing));
  return { outcome, received: receiver.received[0] };
}

function say(status: number, text: string, headers = {}): Answer {
  return (response) => response.writeHead(status, { "content-type": "text/html", ...headers }).end(text);
}

async function sizeOf(facts: NotificationFacts): Promise<number> {
  return Buffer.byteLength((await post(say(200, "ok"), [{ facts }])).received?.body ?? "");
}

describe("createSlackNotifier()", () => {
  it("posts one message as JSON", async () => {
    const { received } = await post(say(200, "ok"));

    expect(received?.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(received?.body ?? "")).toEqual(
      toSlackMessage(
        describeNotification(aNotification(), { ...anOutgoing(), links: { portalUrl: "https://intune.example/" } }),
        4_000,
      ),
    );
  });

  // The answers that Slack documents for incoming webhooks.
  it.each([
    { answer: say(200, "ok"), outcome: { kind: "delivered" } },
    { answer: say(400, "invalid_payload"), outcome: { kind: "final", reason: "http-400" } },
    { answer: say(403, "action_prohibited"), outcome: { kind: "final", reason: "http-403" } },
    { answer: say(404, "channel_not_found"), outcome: { kind: "final", reason: "http-404" } },
    { answer: say(410, "channel_is_archived"), outcome: { kind: "final", reason: "http-410" } },
    {
      answer: say(429, "rate_limited", { "retry-after": "30" }),
      outcome: { kind: "retry", reason: "http-429", retryAfterMs: 30_000 },
    },
    { answer: say(500, "rollup_error"), outcome: { kind: "retry", reason: "http-500" } },
  ])("says $outcome", async ({ answer, outcome }) => {
    expect((await post(answer)).outcome).toEqual(outcome);
  });

  it("sends a message of 10 KB whole, and a larger one with its texts cut", async () => {
    const texts = { consequence: "y".repeat(3_000), remedy: "y".repeat(3_000) };

    const { fitting, larger } = await factsOfSize({ bytes: 10_240, texts }, sizeOf);

    expect(await sizeOf(fitting)).toBe(10_240);
    expect(await sizeOf(larger)).toBeLessThan(8_000);
  });

  it("keeps a message with monstrous texts within 10 KB", async () => {
    const text = '"😀<'.repeat(20_000);
    const facts = aNotification({
      connectionName: text,
      tenantName: text,
      consequence: text,
      remedy: text,
      reportedState: text,
      verdictNote: text,
    });

    const { received } = await post(say(200, "ok"), [{ facts }]);

    expect(Buffer.byteLength(received?.body ?? "")).toBeLessThanOrEqual(10_240);
    expect(JSON.parse(received?.body ?? "")).toMatchObject({ blocks: [{ type: "header" }, {}, {}, {}] });
  });

  it("keeps a group of 45 with monstrous names within 10 KB and 50 blocks by dropping lines, never its headline", async () => {
    const text = '"😀<'.repeat(20_000);
    const facts = aNotification({
      connectionName: text,
      tenantName: text,
      ruleId: "partner-state",
      reportedState: text,
    });

    const { received } = await post(
      say(200, "ok"),
      Array.from({ length: 45 }, () => ({ facts })),
    );

    const { blocks, text: fallback } = JSON.parse(received?.body ?? "");
    expect(Buffer.byteLength(received?.body ?? "")).toBeLessThanOrEqual(10_240);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
    expect(fallback).toMatch(/^45 alerts of [^]*: 45 errors$/);
    expect(received?.body).toMatch(/"\\nand \d+ more"/);
  });
});
