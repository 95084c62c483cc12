import { afterEach, describe, expect, it } from "vitest";
import { createEmailNotifier } from "../../../src/adapters/channels/create-email-notifier.ts";
import { toMailMessage } from "../../../src/adapters/channels/to-mail-message.ts";
import { describeNotification } from "../../../src/domain/delivery/describe-notification.ts";
import type { Notifier } from "../../../src/ports/notifier.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

const TO = ["ops@contoso.example"];
const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

/** Sends one mail and returns the body that Graph got. */
async function bodyOf(send: (notifier: Notifier) => Promise<unknown>): Promise<string> {
  const receiver = await startReceiver();
  receivers.push(receiver);
  const settings = {
    type: "email",
    graphRoot: `http://127.0.0.1:${receiver.port}`,
    sender: "it@contoso.example",
    to: TO,
    tokens: { getToken: async () => ({ kind: "token", token: "t" }) as const },
  } as const;
  await send(createEmailNotifier("mail", settings, aChannelWorld()));
  expect(receiver.received).toHaveLength(1);
  return receiver.received[0]?.body ?? "";
}

describe("createEmailNotifier()", () => {
  it("sends one mail for one notification", async () => {
    const body = await bodyOf((notifier) => notifier.send([anOutgoing()]));

    const links = { portalUrl: "https://intune.example/" };
    const text = describeNotification(aNotification(), { ...anOutgoing(), links });
    expect(JSON.parse(body)).toEqual(toMailMessage({ id: anOutgoing().id, text }, TO, 4_000));
  });

  it("sends one mail for a group, named after its first notification", async () => {
    const group = [anOutgoing({ id: "n-1" }), anOutgoing({ id: "n-2" })];

    const { message } = JSON.parse(await bodyOf((notifier) => notifier.send(group)));

    expect(message.subject).toBe("2 alerts of Contoso: 2 errors");
    expect(message.internetMessageHeaders).toEqual([{ name: "x-intune-partner-monitor-id", value: "n-1" }]);
  });

  it("sends a test", async () => {
    const { message } = JSON.parse(await bodyOf((notifier) => notifier.sendTest(SLOT_MS)));

    expect(message).toMatchObject({
      subject: "Test message of intune-partner-monitor, nothing is wrong",
      importance: "normal",
      internetMessageHeaders: [{ value: `test.${SLOT_MS}.mail` }],
    });
  });

  it.each([1, 45])("keeps a mail about %i with monstrous texts within 512 KB", async (count) => {
    const text = '"😀<'.repeat(200_000);
    const facts = aNotification({
      connectionName: text,
      tenantName: text,
      consequence: text,
      remedy: text,
      reportedState: text,
      verdictNote: text,
    });

    const body = await bodyOf((notifier) => notifier.send(Array.from({ length: count }, () => anOutgoing({ facts }))));

    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(524_288);
    expect(JSON.parse(body)).toMatchObject({ message: { body: { content: expect.stringContaining("</html>") } } });
  });
});
