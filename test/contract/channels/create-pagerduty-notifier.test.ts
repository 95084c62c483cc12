import { afterEach, describe, expect, it } from "vitest";
import { createPagerdutyNotifier } from "../../../src/adapters/channels/create-pagerduty-notifier.ts";
import { toPagerdutyEvent } from "../../../src/adapters/channels/to-pagerduty-event.ts";
import type { AttemptOutcome } from "../../../src/domain/delivery/conclude-attempt.ts";
import type { Notifier } from "../../../src/ports/notifier.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../builders/a-notification.ts";
import { aChannelWorld } from "./channel-world.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

const ROUTING_KEY = "0123456789abcdef0123456789abcdef";
const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

/** Posts notifications to an Events API that answers with a status. */
async function post(status: number, ...notifications: readonly Parameters<typeof anOutgoing>[0][]) {
  return exchange(
    status,
    notifications.map((given) => (notifier) => notifier.send([anOutgoing(given)])),
  );
}

async function postTest(status: number) {
  return exchange(status, [(notifier) => notifier.sendTest(SLOT_MS)]);
}

async function exchange(status: number, sends: readonly ((notifier: Notifier) => Promise<AttemptOutcome>)[]) {
  const receiver = await startReceiver();
  receivers.push(receiver);
  receiver.answerWith((response) => response.writeHead(status).end());
  const url = `http://127.0.0.1:${receiver.port}/v2/enqueue`;
  const deps = aChannelWorld();
  const settings = { type: "pagerduty", routingKey: ROUTING_KEY, url, allowPrivate: true } as const;
  const notifier = createPagerdutyNotifier("pager", settings, deps);
  const outcomes = [];
  for (const send of sends) outcomes.push(await send(notifier));
  const bodies = receiver.received.map(({ body }) => body);
  return { outcomes, bodies, telemetry: deps.telemetry, contentType: receiver.received[0]?.headers["content-type"] };
}

describe("createPagerdutyNotifier()", () => {
  it("posts one event with the routing key as JSON", async () => {
    const { bodies, contentType } = await post(202, {});

    const event = toPagerdutyEvent(anOutgoing(), { portalUrl: "https://intune.example/" }, 4_000);
    expect(contentType).toBe("application/json; charset=utf-8");
    expect(JSON.parse(bodies[0] ?? "")).toEqual({ routing_key: ROUTING_KEY, ...JSON.parse(JSON.stringify(event)) });
  });

  it("resolves under the key that it triggered", async () => {
    const kinds = ["fired", "escalated", "deescalated", "reminder", "resolved"] as const;

    const { bodies } = await post(202, ...kinds.map((kind) => ({ facts: aNotification({ kind }) })));

    const events = bodies.map((body): Record<string, unknown> => JSON.parse(body));
    expect(events.map((event) => event["event_action"])).toEqual(
      kinds.map((kind) => (kind === "resolved" ? "resolve" : "trigger")),
    );
    expect(new Set(events.map((event) => event["dedup_key"]))).toEqual(new Set([aNotification().alertKey]));
  });

  it("opens an incident of its own for a test and resolves it", async () => {
    const { outcomes, bodies } = await postTest(202);

    const events = bodies.map((body): Record<string, unknown> => JSON.parse(body));
    expect(outcomes).toEqual([{ kind: "delivered" }]);
    expect(events.map((event) => event["event_action"])).toEqual(["trigger", "resolve"]);
    expect(new Set(events.map((event) => event["dedup_key"]))).toEqual(new Set([`test.${SLOT_MS}.pager`]));
    expect(events.every((event) => event["routing_key"] === ROUTING_KEY)).toBe(true);
  });

  it("resolves no test that could not be triggered", async () => {
    const { outcomes, bodies } = await postTest(503);

    expect(outcomes).toEqual([{ kind: "retry", reason: "http-503" }]);
    expect(bodies).toHaveLength(1);
  });

  // The answers that PagerDuty documents for the Events API v2.
  it.each([
    { status: 202, outcome: { kind: "delivered" } },
    { status: 400, outcome: { kind: "final", reason: "http-400" } },
    { status: 429, outcome: { kind: "retry", reason: "http-429" } },
    { status: 500, outcome: { kind: "retry", reason: "http-500" } },
    { status: 503, outcome: { kind: "retry", reason: "http-503" } },
  ])("makes $outcome of $status", async ({ status, outcome }) => {
    expect((await post(status, {})).outcomes).toEqual([outcome]);
  });

  it("leaves the routing key out of telemetry", async () => {
    const { telemetry } = await post(400, {});

    expect(telemetry.dependencies).toHaveLength(1);
    expect(JSON.stringify(telemetry)).not.toContain(ROUTING_KEY);
  });

  it("keeps an event with monstrous texts within 512 KB", async () => {
    const text = '"😀'.repeat(200_000);
    const facts = aNotification({
      connectionName: text,
      tenantName: text,
      consequence: text,
      remedy: text,
      reportedState: text,
      verdictNote: text,
    });

    const { bodies } = await post(202, { facts });

    expect(Buffer.byteLength(bodies[0] ?? "")).toBeLessThanOrEqual(512_000);
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ payload: { class: "heartbeat-age" } });
  });
});
