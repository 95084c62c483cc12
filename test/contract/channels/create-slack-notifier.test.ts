import { afterEach, describe, expect, it } from "vitest";
import { createSlackNotifier } from "../../../src/adapters/channels/create-slack-notifier.ts";
import { toSlackMessage } from "../../../src/adapters/channels/to-slack-message.ts";
import { aNotification, anOutgoing } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { type Answer, type Receiver, startReceiver } from "./start-receiver.ts";

const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

/** Posts one notification to a webhook that answers so. */
async function post(answer: Answer, notification: Parameters<typeof anOutgoing>[0] = {}) {
  const receiver = await startReceiver();
  receivers.push(receiver);
  receiver.answerWith(answer);
  const url = `http://127.0.0.1:${receiver.port}/services/T0/B0/x`;
  const notifier = createSlackNotifier("chat", { type: "slack", url, allowPrivate: true }, aChannelWorld());
  const outcome = await notifier.send(anOutgoing(notification));
  return { outcome, received: receiver.received[0] };
}

function say(status: number, text: string, headers = {}): Answer {
  return (response) => response.writeHead(status, { "content-type": "text/html", ...headers }).end(text);
}

describe("createSlackNotifier()", () => {
  it("posts one message as JSON", async () => {
    const { received } = await post(say(200, "ok"));

    expect(received?.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(received?.body ?? "")).toEqual(
      toSlackMessage(anOutgoing(), { portalUrl: "https://intune.example/" }, 4_000),
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

    const { received } = await post(say(200, "ok"), { facts });

    expect(Buffer.byteLength(received?.body ?? "")).toBeLessThanOrEqual(10_240);
    expect(JSON.parse(received?.body ?? "")).toMatchObject({ blocks: [{ type: "header" }, {}, {}, {}] });
  });
});
