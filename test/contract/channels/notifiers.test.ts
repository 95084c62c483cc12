import { createEmailNotifier } from "../../../src/adapters/channels/create-email-notifier.ts";
import { createPagerdutyNotifier } from "../../../src/adapters/channels/create-pagerduty-notifier.ts";
import { createSlackNotifier } from "../../../src/adapters/channels/create-slack-notifier.ts";
import { createTeamsNotifier } from "../../../src/adapters/channels/create-teams-notifier.ts";
import { createWebhookNotifier } from "../../../src/adapters/channels/create-webhook-notifier.ts";
import type { Notifier } from "../../../src/ports/notifier.ts";
import type { TokenProvider } from "../../../src/ports/token-provider.ts";
import { createFakeNotifier, type ReceiverMood } from "../../fakes/fake-notifier.ts";
import { describeNotifierContract, type NotifierHarness } from "../notifier.contract.ts";
import { aChannelWorld } from "./channel-world.ts";
import { ANSWERS, startReceiver } from "./start-receiver.ts";

for (const groups of [false, true]) {
  describeNotifierContract(groups ? "fake of chat" : "fake", async (mood) => {
    const notifier = createFakeNotifier({ groups });
    notifier.setMood(mood);
    return {
      notifier,
      setMood: notifier.setMood,
      received: () => notifier.messages.map((message) => message.map(({ facts }) => facts.connectionName).join(", ")),
      stop: async () => undefined,
    };
  });
}

for (const format of ["cloudevents", "azure-monitor"] as const) {
  describeNotifierContract(`webhook, ${format}`, (mood) =>
    startChannel(mood, (url, deps) => {
      const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
      return createWebhookNotifier("siem", { type: "webhook", format, url, allowPrivate: true, secrets }, deps);
    }),
  );
}

describeNotifierContract("teams", (mood) =>
  startChannel(mood, (url, deps) => createTeamsNotifier("ops", { type: "teams", url, allowPrivate: true }, deps)),
);

describeNotifierContract("slack", (mood) =>
  startChannel(mood, (url, deps) => createSlackNotifier("chat", { type: "slack", url, allowPrivate: true }, deps)),
);

describeNotifierContract("pagerduty", (mood) =>
  startChannel(mood, (url, deps) => {
    const routingKey = "0123456789abcdef0123456789abcdef";
    return createPagerdutyNotifier("pager", { type: "pagerduty", url, allowPrivate: true, routingKey }, deps);
  }),
);

describeNotifierContract("email", (mood) =>
  startChannel(mood, (url, deps) => {
    const tokens: TokenProvider = { getToken: async () => ({ kind: "token", token: "t" }) };
    const to = ["ops@contoso.example"];
    const graphRoot = new URL(url).origin;
    return createEmailNotifier("mail", { type: "email", graphRoot, sender: "it@contoso.example", to, tokens }, deps);
  }),
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
