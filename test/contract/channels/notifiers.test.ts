import { createTeamsNotifier } from "../../../src/adapters/channels/create-teams-notifier.ts";
import { createWebhookNotifier } from "../../../src/adapters/channels/create-webhook-notifier.ts";
import type { Notifier } from "../../../src/ports/notifier.ts";
import { createFakeNotifier, type ReceiverMood } from "../../fakes/fake-notifier.ts";
import { describeNotifierContract, type NotifierHarness } from "../notifier.contract.ts";
import { aChannelWorld } from "./channel-world.ts";
import { ANSWERS, startReceiver } from "./start-receiver.ts";

describeNotifierContract("fake", async (mood) => {
  const notifier = createFakeNotifier();
  notifier.setMood(mood);
  return {
    notifier,
    setMood: notifier.setMood,
    received: () => notifier.received.map(({ facts }) => facts.connectionName),
    stop: async () => undefined,
  };
});

describeNotifierContract("webhook", (mood) =>
  startChannel(mood, (url, deps) => {
    const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
    return createWebhookNotifier("siem", { type: "webhook", url, allowPrivate: true, secrets }, deps);
  }),
);

describeNotifierContract("teams", (mood) =>
  startChannel(mood, (url, deps) => createTeamsNotifier("ops", { type: "teams", url, allowPrivate: true }, deps)),
);

async function startChannel(
  mood: ReceiverMood,
  create: (url: string, deps: ReturnType<typeof aChannelWorld>) => Notifier,
): Promise<NotifierHarness> {
  const receiver = await startReceiver();
  receiver.answerWith(ANSWERS[mood]);
  const deps = aChannelWorld(mood === "hangs" ? { timeoutMs: 100 } : {});
  return {
    notifier: create(`http://127.0.0.1:${receiver.port}/hook`, deps),
    setMood: (next) => receiver.answerWith(ANSWERS[next]),
    received: () => receiver.received.map(({ body }) => body),
    stop: receiver.stop,
  };
}
