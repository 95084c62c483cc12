import { afterEach, describe, expect, it } from "vitest";
import { createTeamsNotifier } from "../../../src/adapters/channels/create-teams-notifier.ts";
import { toAdaptiveCard } from "../../../src/adapters/channels/to-adaptive-card.ts";
import { describeNotification } from "../../../src/domain/delivery/describe-notification.ts";
import type { NotificationFacts } from "../../../src/domain/delivery/notification.ts";
import { aNotification, anOutgoing } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { factsOfSize } from "./facts-of-size.ts";
import { type ReceivedPost, type Receiver, startReceiver } from "./start-receiver.ts";

const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

async function sendAndReceive(
  ...notifications: readonly Parameters<typeof anOutgoing>[0][]
): Promise<ReceivedPost | undefined> {
  const receiver = await startReceiver();
  receivers.push(receiver);
  const url = `http://127.0.0.1:${receiver.port}/workflows/x?sig=y`;
  await createTeamsNotifier("ops", { type: "teams", url, allowPrivate: true }, aChannelWorld()).send(
    notifications.map(anOutgoing),
  );
  return receiver.received[0];
}

async function sizeOf(facts: NotificationFacts): Promise<number> {
  return Buffer.byteLength((await sendAndReceive({ facts }))?.body ?? "");
}

describe("createTeamsNotifier()", () => {
  it("posts one card in the envelope that a workflow expects", async () => {
    const post = await sendAndReceive({});

    expect(post?.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(post?.body ?? "")).toEqual({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          contentUrl: null,
          content: toAdaptiveCard(
            describeNotification(aNotification(), { ...anOutgoing(), links: { portalUrl: "https://intune.example/" } }),
            4_000,
          ),
        },
      ],
    });
  });

  it("sends a card of 20 KB whole, and a larger one with its texts cut", async () => {
    const text = "y".repeat(4_000);
    const texts = { consequence: text, remedy: text, reportedState: text, portalPage: text };

    const { fitting, larger } = await factsOfSize({ bytes: 20_480, texts }, sizeOf);

    expect(await sizeOf(fitting)).toBe(20_480);
    expect(await sizeOf(larger)).toBeLessThan(10_000);
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

  it("keeps a group of 45 with monstrous names within 20 KB by dropping lines, never its headline", async () => {
    const text = '"😀'.repeat(20_000);
    const facts = aNotification({
      connectionName: text,
      tenantName: text,
      ruleId: "partner-state",
      reportedState: text,
    });

    const post = await sendAndReceive(...Array.from({ length: 45 }, () => ({ facts })));

    expect(Buffer.byteLength(post?.body ?? "")).toBeLessThanOrEqual(20_480);
    expect(post?.body).toMatch(/"45 alerts of [^]*: 45 errors"/);
    expect(post?.body).toMatch(/"and \d+ more"/);
  });

  it("keeps all 20 lines of a usual group", async () => {
    const post = await sendAndReceive(...Array.from({ length: 45 }, () => ({})));

    expect(post?.body).toContain('"and 25 more"');
  });
});
