import { afterEach, describe, expect, it } from "vitest";
import { simulatedSettings } from "../../../local/app-settings.ts";
import { startSimulatedGraph } from "../../../local/graph/start-simulated-graph.ts";
import { startInbox } from "../../../local/inbox/start-inbox.ts";
import { loadScenario } from "../../../local/scenarios/load-scenario.ts";
import { createNotifiers } from "../../../src/compose-adapters.ts";
import { loadSettings } from "../../../src/composition.ts";
import { anOutgoing, SLOT_MS } from "../../builders/a-notification.ts";
import { createFakeTelemetry } from "../../fakes/fake-telemetry.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** The channel `mail` of simulated tenants as the app makes it, the Graph that it sends through, and the inbox behind that. */
async function aMailWorld() {
  const clock = { nowMs: () => SLOT_MS };
  const scenario = loadScenario("healthy");
  const inbox = await startInbox(clock);
  const graph = await startSimulatedGraph({ scenario, zeroMs: SLOT_MS, ...clock, onMail: inbox.keep });
  stops.push(graph.stop, inbox.stop);
  const addresses = {
    connectionString: "UseDevelopmentStorage=true",
    graphUrl: graph.url,
    inboxUrl: inbox.url,
    publicUrl: "http://127.0.0.1:1",
    writeKey: "a-key-that-opens-the-writes-of-the-app",
  };
  const config = await loadSettings(simulatedSettings(scenario, addresses, { mail: true }));
  const notifierOf = await createNotifiers(config, { telemetry: createFakeTelemetry(), clock });
  return { graph, inbox, notifier: await notifierOf("mail") };
}

describe("the mail of simulated tenants", () => {
  it("goes out through the simulated Graph and arrives in the inbox", async () => {
    const { graph, inbox, notifier } = await aMailWorld();

    const outcome = await notifier?.send([anOutgoing()]);

    const [message] = inbox.messages();
    expect(outcome).toEqual({ kind: "delivered" });
    expect(message).toMatchObject({ path: "/v1.0/users/monitor%40contoso.example/sendMail", isCut: false });
    expect(JSON.parse(message?.body ?? "")).toMatchObject({
      message: {
        subject: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)",
        toRecipients: [{ emailAddress: { address: "operations@contoso.example" } }],
      },
    });
    expect(graph.unexpectedMethods()).toEqual([]);
  });

  it.each([
    {
      fault: { kind: "throttled", retryAfter: { seconds: 120 } },
      outcome: { kind: "retry", reason: "http-429", retryAfterMs: 120_000 },
    },
    { fault: { kind: "forbidden" }, outcome: { kind: "final", reason: "http-403" } },
    { fault: { kind: "server-error", status: 503 }, outcome: { kind: "retry", reason: "http-503" } },
    { fault: { kind: "reset" }, outcome: { kind: "retry", reason: "network" } },
  ] as const)("is $outcome when its Graph has the fault $fault", async ({ fault, outcome }) => {
    const { graph, inbox, notifier } = await aMailWorld();
    graph.setFault(undefined, "sendMail", fault);

    expect(await notifier?.send([anOutgoing()])).toEqual(outcome);
    expect(inbox.messages()).toEqual([]);
  });
});
