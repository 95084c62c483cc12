import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { createWebhookNotifier } from "../../../src/adapters/channels/create-webhook-notifier.ts";
import type { NotificationFacts } from "../../../src/domain/delivery/notification.ts";
import { aNotification, anOutgoing } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { factsOfSize } from "./facts-of-size.ts";
import { type ReceivedPost, type Receiver, startReceiver } from "./start-receiver.ts";

const SECRETS = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfgMxAAAAA="];
const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

/** Sends through a real connection and returns what arrived. */
async function sendAndReceive(
  ...notifications: readonly Parameters<typeof anOutgoing>[0][]
): Promise<readonly ReceivedPost[]> {
  return sendAs("cloudevents", ...notifications);
}

async function sendAs(
  format: "cloudevents" | "azure-monitor",
  ...notifications: readonly Parameters<typeof anOutgoing>[0][]
): Promise<readonly ReceivedPost[]> {
  const receiver = await startReceiver();
  receivers.push(receiver);
  const url = `http://127.0.0.1:${receiver.port}/hook`;
  const notifier = createWebhookNotifier(
    "siem",
    { type: "webhook", format, url, secrets: SECRETS, allowPrivate: true },
    aChannelWorld(),
  );
  for (const notification of notifications) await notifier.send([anOutgoing(notification)]);
  return receiver.received;
}

function headersOf(post: ReceivedPost | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(post?.headers ?? {}).map(([name, value]) => [name, String(value)]));
}

async function sizeOf(facts: NotificationFacts): Promise<number> {
  return Buffer.byteLength((await sendAndReceive({ facts }))[0]?.body ?? "");
}

describe("createWebhookNotifier()", () => {
  it.each(SECRETS)("posts a CloudEvent whose signature holds for %s", async (secret) => {
    const [post] = await sendAndReceive({ sentAtMs: Date.now() });

    const event = new Webhook(secret).verify(post?.body ?? "", headersOf(post));

    expect(event).toMatchObject({ specversion: "1.0", type: "intune-partner-monitor.alert.fired.v1" });
    expect(post?.headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    expect(post?.headers["webhook-id"]).toBe((event as { readonly id: string }).id);
  });

  it("posts an Azure Monitor alert whose signature holds", async () => {
    const [post] = await sendAs("azure-monitor", { sentAtMs: Date.now() });

    const alert = new Webhook(SECRETS[0] ?? "").verify(post?.body ?? "", headersOf(post));

    expect(alert).toMatchObject({ schemaId: "azureMonitorCommonAlertSchema" });
    expect(post?.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(post?.headers["webhook-id"]).toBe(anOutgoing().id);
  });

  it.each(["cloudevents", "azure-monitor"] as const)("posts a signed test: %s", async (format) => {
    const receiver = await startReceiver();
    receivers.push(receiver);
    const url = `http://127.0.0.1:${receiver.port}/hook`;
    const settings = { type: "webhook", format, url, secrets: SECRETS, allowPrivate: true } as const;
    const sentAtMs = Date.now();

    const outcome = await createWebhookNotifier("siem", settings, aChannelWorld()).sendTest(sentAtMs);

    const [post] = receiver.received;
    expect(outcome).toEqual({ kind: "delivered" });
    expect(post?.headers["webhook-id"]).toBe(`test.${sentAtMs}.siem`);
    expect(JSON.stringify(new Webhook(SECRETS[0] ?? "").verify(post?.body ?? "", headersOf(post)))).toContain(
      "Test message of intune-partner-monitor, nothing is wrong",
    );
  });

  it("repeats id and event on a later attempt, with a signature of that time", async () => {
    const [first, second] = await sendAndReceive({ sentAtMs: 1_000_000 }, { sentAtMs: 1_005_000 });

    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(second?.body).toBe(first?.body);
    expect([first?.headers["webhook-timestamp"], second?.headers["webhook-timestamp"]]).toEqual(["1000", "1005"]);
    expect(second?.headers["webhook-signature"]).not.toBe(first?.headers["webhook-signature"]);
  });

  it("sends a body of 64 KB whole, and a larger one with its texts cut", async () => {
    const text = '"'.repeat(4_000);
    const names = { consequence: text, remedy: text, reportedState: text, portalPage: text, verdictNote: text };
    const measured = { unit: "text", text: '"'.repeat(1_500) } as const;
    const evaluation = { verdict: "breach", severity: "error", reason: "any", measured } as const;
    const texts = { ...names, detail: text, connectionName: text, evaluation };

    const { fitting, larger } = await factsOfSize({ bytes: 65_536, texts }, sizeOf);

    expect(await sizeOf(fitting)).toBe(65_536);
    expect(await sizeOf(larger)).toBeLessThan(30_000);
  });

  it.each(["cloudevents", "azure-monitor"] as const)(
    "keeps a body with monstrous texts within 64 KB: %s",
    async (format) => {
      const text = '"😀'.repeat(20_000);
      const facts = aNotification({
        connectionName: text,
        tenantName: text,
        consequence: text,
        remedy: text,
        reportedState: text,
        verdictNote: text,
      });

      const [post] = await sendAs(format, { facts });

      expect(Buffer.byteLength(post?.body ?? "")).toBeLessThanOrEqual(65_536);
      expect(post?.body).toContain('"ruleId":"heartbeat-age"');
      expect(() => JSON.parse(post?.body ?? "")).not.toThrow();
    },
  );
});
