import { afterEach, describe, expect, it } from "vitest";
import { createTeamsNotifier } from "../../src/adapters/channels/create-teams-notifier.ts";
import { createWebhookNotifier } from "../../src/adapters/channels/create-webhook-notifier.ts";
import type { Delivery, NotificationKind, OutboxRow } from "../../src/domain/delivery/notification.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/domain/units.ts";
import type { Notifier } from "../../src/ports/notifier.ts";
import { SLOT_MS } from "../builders/a-notification.ts";
import { aChannelWorld } from "../contract/channels/channel-world.ts";
import { CERTIFICATE_HOST } from "../contract/channels/loopback-certificate.ts";
import { ANSWERS, type Answer, type Receiver, startReceiver } from "../contract/channels/start-receiver.ts";
import { aDrainWorld, aRowOf, type DrainWorld, nameOf } from "../fakes/drain-world.ts";

const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

/** A bell rings a second after its row is due. */
const BELL_SLACK_MS = SECOND_MS;

const CHANNELS = ["webhook", "teams"] as const;

/** A drain world whose channel `ops` is a real one, and the receiver at its other end. */
interface FaultWorld extends DrainWorld {
  readonly receiver: Receiver;
  /** Drains now and at every bell until the time given, in order. */
  readonly runUntil: (endMs: number) => Promise<void>;
}

async function aFaultWorld(
  type: (typeof CHANNELS)[number],
  options: { readonly rows?: readonly OutboxRow[]; readonly isTls?: boolean } = {},
): Promise<FaultWorld> {
  const receiver = await startReceiver({ isTls: options.isTls === true });
  receivers.push(receiver);
  const world = aDrainWorld(options.rows ?? [aRowOf("a")]);
  const host = options.isTls === true ? `https://${CERTIFICATE_HOST}` : "http://127.0.0.1";
  const notifier = aRealNotifier(type, `${host}:${receiver.port}/hook?sig=secret`, world);
  const bells: number[] = [SLOT_MS];

  async function runUntil(endMs: number): Promise<void> {
    for (;;) {
      const [atMs] = bells.sort((a, b) => a - b);
      if (atMs === undefined || atMs > endMs) break;
      bells.shift();
      world.clock.atMs = Math.max(world.clock.atMs, atMs);
      await world.drain({ notifierOf: async () => notifier });
      bells.push(...world.bells().map((delayMs) => world.clock.atMs + delayMs));
    }
    world.clock.atMs = Math.max(world.clock.atMs, endMs);
    bells.push(endMs);
  }

  return { ...world, receiver, runUntil };
}

function aRealNotifier(type: (typeof CHANNELS)[number], url: string, { clock }: DrainWorld): Notifier {
  const deps = aChannelWorld({
    clock: { nowMs: () => clock.atMs },
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    timeoutMs: 150,
  });
  const target = { url, allowPrivate: true };
  return type === "teams"
    ? createTeamsNotifier("ops", { type, ...target }, deps)
    : createWebhookNotifier("ops", { type, format: "cloudevents", secrets: [], ...target }, deps);
}

/** Answers with each in turn; the last one goes on. */
function inTurn(...answers: readonly Answer[]): Answer {
  let count = 0;
  return (response) => {
    const answer = answers[Math.min(count, answers.length - 1)];
    count += 1;
    answer?.(response);
  };
}

function times(count: number, answer: Answer): readonly Answer[] {
  return Array.from({ length: count }, () => answer);
}

/** Begins an answer that never ends: its status has come, and no more is wanted of it. */
function slowBody(response: Parameters<Answer>[0]): void {
  response.writeHead(202, { "content-length": "1000000" }).write("a");
}

/** A notification of alert `a` in the n-th minute. */
function told(kind: NotificationKind, minute: number): OutboxRow {
  const slotMs = SLOT_MS + minute * MINUTE_MS;
  return aRowOf("a", { kind, slotMs }, { nextAttemptAtMs: slotMs });
}

/** What was settled, in the order of the alphabet. */
function recordsOf(world: DrainWorld): readonly (readonly [string, Delivery["outcome"], number, string | undefined])[] {
  const records = [...world.settled(), ...world.dead()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return records.map((each) => [nameOf(each), each.outcome, each.attempts, each.reason]);
}

describe.each(CHANNELS)("a fault of a %s channel", (type) => {
  it.each<{ readonly label: string; readonly answer: Answer; readonly posts: number; readonly byMs: number }>([
    {
      label: "429 with Retry-After 120",
      answer: inTurn(ANSWERS.throttles, ANSWERS.accepts),
      posts: 2,
      byMs: 121 * SECOND_MS,
    },
    {
      label: "five 500s",
      answer: inTurn(...times(5, (response) => response.writeHead(500).end()), ANSWERS.accepts),
      posts: 6,
      byMs: 51 * MINUTE_MS + 10 * SECOND_MS,
    },
    { label: "a timeout", answer: inTurn(ANSWERS.hangs, ANSWERS.accepts), posts: 2, byMs: 6 * SECOND_MS },
    { label: "a reset", answer: inTurn(ANSWERS.resets, ANSWERS.accepts), posts: 2, byMs: 6 * SECOND_MS },
    { label: "a slow body", answer: slowBody, posts: 1, byMs: 0 },
  ])("$label costs time and no notification", async ({ answer, posts, byMs }) => {
    const world = await aFaultWorld(type);
    world.receiver.answerWith(answer);

    await world.runUntil(SLOT_MS + byMs - BELL_SLACK_MS - 1);
    const early = world.settled().length;
    await world.runUntil(SLOT_MS + byMs);

    expect(early).toBe(0);
    expect(recordsOf(world)).toEqual([["a fired", "delivered", posts, undefined]]);
    expect(world.receiver.received).toHaveLength(posts);
    expect(await world.rows()).toEqual([]);
    expect(world.bells()).toEqual([]);
  });

  it.each<{ readonly label: string; readonly answer: Answer; readonly reason: string }>([
    { label: "301", answer: ANSWERS.redirects, reason: "http-redirect" },
    { label: "400", answer: (response) => response.writeHead(400).end(), reason: "http-400" },
    { label: "410", answer: ANSWERS.gone, reason: "http-410" },
  ])("$label is final: one post, and a dead letter that names it", async (fault) => {
    const world = await aFaultWorld(type);
    world.receiver.answerWith(fault.answer);

    await world.runUntil(SLOT_MS + 4 * 24 * HOUR_MS);

    expect(world.receiver.received).toHaveLength(1);
    expect(recordsOf(world)).toEqual([["a fired", "dead", 1, fault.reason]]);
    expect(await world.rows()).toMatchObject([{ dead: true, lastFailure: fault.reason }]);
    expect(await world.health()).toMatchObject([{ failures: 1, deadReason: fault.reason }]);
  });

  it("a certificate that nobody vouches for is tried for 72 hours and then given up by name", async () => {
    const world = await aFaultWorld(type, { isTls: true });

    await world.runUntil(SLOT_MS + 4 * 24 * HOUR_MS);

    const [record] = recordsOf(world);
    expect(record).toEqual(["a fired", "dead", expect.any(Number), "tls"]);
    expect(record?.[2]).toBeGreaterThan(140);
    expect(world.receiver.received).toEqual([]);
  });

  it("an outage of an hour that spans fired and resolved loses and doubles nothing", async () => {
    const world = await aFaultWorld(type);
    world.receiver.answerWith(ANSWERS.overloaded);
    await world.runUntil(SLOT_MS + 45 * MINUTE_MS);
    world.plan(told("resolved", 45));
    await world.runUntil(SLOT_MS + HOUR_MS);
    world.receiver.answerWith(ANSWERS.accepts);
    const before = world.receiver.received.length;

    await world.runUntil(SLOT_MS + 2 * HOUR_MS);

    expect(world.receiver.received.length - before).toBe(2);
    expect(recordsOf(world).map(([name, outcome]) => [name, outcome])).toEqual([
      ["a fired", "delivered"],
      ["a resolved", "delivered"],
    ]);
    const isEnd = world.receiver.received.slice(before).map(({ body }) => /resolved|closed/i.test(body));
    expect(isEnd).toEqual([false, true]);
  });

  it("an outage of 8 hours does not keep a critical alert waiting that comes after it", async () => {
    const rows = Array.from({ length: 12 }, (_, index) => aRowOf(`b${index}`));
    const world = await aFaultWorld(type, { rows });
    world.receiver.answerWith(ANSWERS.overloaded);
    await world.runUntil(SLOT_MS + 8 * HOUR_MS);
    world.receiver.answerWith(ANSWERS.accepts);
    const slotMs = SLOT_MS + 8 * HOUR_MS + SECOND_MS;
    world.plan(aRowOf("critical", { severity: "critical", slotMs }, { nextAttemptAtMs: slotMs }));
    await world.runUntil(slotMs);

    await world.runUntil(slotMs + MINUTE_MS + SECOND_MS);

    expect(world.settled()).toHaveLength(13);
    expect(await world.rows()).toEqual([]);
  });

  it("a silence that starts after fired and ends after the recovery leaves exactly one end", async () => {
    const world = await aFaultWorld(type);
    await world.runUntil(SLOT_MS);
    world.clock.atMs = SLOT_MS + 10 * MINUTE_MS;
    world.silence({ untilMs: SLOT_MS + 5 * HOUR_MS });
    world.plan(told("escalated", 20));
    world.plan(told("resolved", 60));

    await world.runUntil(SLOT_MS + HOUR_MS);
    await world.runUntil(SLOT_MS + 6 * HOUR_MS);

    expect(recordsOf(world)).toEqual([
      ["a escalated", "superseded", 0, "newer-notification"],
      ["a fired", "delivered", 1, undefined],
      ["a resolved", "delivered", 1, undefined],
    ]);
    expect(world.receiver.received).toHaveLength(2);
  });
});

describe("several channels", () => {
  it("do not wait for one that hangs, and do not hear of its breaker", async () => {
    const rows = Array.from({ length: 3 }, (_, index) => aRowOf(`p${index}`, {}, { channel: "pager" }));
    const world = await aFaultWorld("webhook", { rows: [aRowOf("a"), ...rows] });
    world.receiver.answerWith(ANSWERS.hangs);
    const hanging = aRealNotifier("webhook", `http://127.0.0.1:${world.receiver.port}/`, world);

    const report = await world.drain({ notifierOf: async (name) => (name === "ops" ? hanging : world.pager) });

    expect(report).toMatchObject({ sent: 3, failed: 1 });
    expect((await world.health()).map(({ channel }) => channel)).toEqual(["ops"]);
  });
});
