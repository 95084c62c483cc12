import { afterEach, describe, expect, it } from "vitest";
import { createTeamsNotifier } from "../../../src/adapters/channels/create-teams-notifier.ts";
import { toAdaptiveCard } from "../../../src/adapters/channels/to-adaptive-card.ts";
import { aNotification, anOutgoing } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { type ReceivedPost, type Receiver, startReceiver } from "./start-receiver.ts";

const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

async function sendAndReceive(notification: Parameters<typeof anOutgoing>[0] = {}): Promise<ReceivedPost | undefined> {
  const receiver = await startReceiver();
  receivers.push(receiver);
  const url = `http://127.0.0.1:${receiver.port}/workflows/x?sig=y`;
  await createTeamsNotifier("ops", { type: "teams", url, allowPrivate: true }, aChannelWorld()).send(
    anOutgoing(notification),
  );
  return receiver.received[0];
}

describe("createTeamsNotifier()", () => {
  it("posts one card in the envelope that a workflow expects", async () => {
    const post = await sendAndReceive();

    expect(post?.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(post?.body ?? "")).toEqual({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          contentUrl: null,
          content: toAdaptiveCard(anOutgoing(), { portalUrl: "https://intune.example/" }, 4_000),
        },
      ],
    });
  });

  it("keeps a card with monstrous texts within 20 KB", async () => {
    const text = '"😀'.repeat(20_000);
    const facts = aNotification({
      connectionName: text,
      tenantName: text,
      consequence: text,
      remedy: text,
      reportedState: text,
      verdictNote: text,
    });

    const post = await sendAndReceive({ facts });

    expect(Buffer.byteLength(post?.body ?? "")).toBeLessThanOrEqual(20_480);
    expect(JSON.parse(post?.body ?? "")).toMatchObject({ attachments: [{ content: { type: "AdaptiveCard" } }] });
  });
});
