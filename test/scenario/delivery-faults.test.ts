import { afterEach, describe, expect, it } from "vitest";
import type { NotificationKind, OutboxRow } from "../../src/domain/delivery/notification.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/domain/units.ts";
import type { TokenOutcome } from "../../src/ports/token-provider.ts";
import { SLOT_MS } from "../builders/a-notification.ts";
import { ANSWERS, type Answer, type ReceivedPost } from "../contract/channels/start-receiver.ts";
import { aRowOf } from "../fakes/drain-world.ts";
import {
  type FaultWorld,
  type FaultWorldOptions,
  POSTING_TYPES,
  type PostingType,
  recordsOf,
  aFaultWorld as startFaultWorld,
} from "./fault-world.ts";
import { assertPublished, HOSTILE_NAME } from "./published-limits.ts";

const worlds: { readonly type: PostingType; readonly world: FaultWorld }[] = [];

afterEach(async () => {
  const ended = worlds.splice(0);
  await Promise.all(ended.map(({ world }) => world.receiver.stop()));
  for (const { type, world } of ended) world.receiver.received.forEach(({ body }) => assertPublished(type, body));
});

/** A bell rings a second after its row is due. */
const BELL_SLACK_MS = SECOND_MS;

/** Starts a world whose alert has names that no receiver may trip over. */
async function aFaultWorld(type: PostingType, options: FaultWorldOptions = {}): Promise<FaultWorld> {
  const world = await startFaultWorld(type, { rows: [told("fired", 0)], ...options });
  worlds.push({ type, world });
  return world;
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
  const names = { connectionName: HOSTILE_NAME, tenantName: HOSTILE_NAME, reportedState: HOSTILE_NAME };
  return aRowOf("a", { kind, slotMs, ...names }, { nextAttemptAtMs: slotMs });
}

/** What a fault costs. */
interface Cost {
  /** Requests on the wire. */
  readonly posts: number;
  /** After how long the message is delivered, and not before. */
  readonly byMs: number;
  /** What the row says of the attempts before the last one. */
  readonly failure?: string;
}

/** Runs until just before the message should be delivered, and then until it should be. */
async function costOf(world: FaultWorld, { byMs }: Cost) {
  await world.runUntil(SLOT_MS + byMs - BELL_SLACK_MS - 1);
  const early = world.settled().length;
  const meanwhile = (await world.rows()).map(({ attempts, lastFailure }) => ({ attempts, lastFailure }));
  await world.runUntil(SLOT_MS + byMs);
  const left = { rows: await world.rows(), bells: world.bells() };
  return { early, meanwhile, records: recordsOf(world), posts: world.receiver.received.length, left };
}

function paid({ posts, failure }: Cost): Awaited<ReturnType<typeof costOf>> {
  return {
    early: 0,
    meanwhile: [{ attempts: posts - 1, lastFailure: failure }],
    records: [["a fired", "delivered", posts, failure]],
    posts,
    left: { rows: [], bells: [] },
  };
}

/** By what a receiver knows a message that it has had; a chat has nothing but its words. */
function identityOf(
  type: PostingType,
  { headers, body }: Pick<ReceivedPost, "headers" | "body"> = { headers: {}, body: "{}" },
): unknown {
  const said = JSON.parse(body);
  switch (type) {
    case "webhook":
      return [headers["webhook-id"], said.id];
    case "pagerduty":
      return [said.event_action, said.dedup_key];
    case "email":
      return said.message.internetMessageHeaders;
    case "teams":
    case "slack":
      return said;
  }
}

describe.each(POSTING_TYPES)("a fault of a %s channel", (type) => {
  it.each<{ readonly label: string; readonly answer: Answer } & Cost>([
    {
      label: "429 with Retry-After 120",
      answer: inTurn(ANSWERS.throttles, ANSWERS.accepts),
      posts: 2,
      byMs: 121 * SECOND_MS,
      failure: "http-429",
    },
    {
      label: "five 500s",
      answer: inTurn(...times(5, (response) => response.writeHead(500).end()), ANSWERS.accepts),
      posts: 6,
      byMs: 51 * MINUTE_MS + 10 * SECOND_MS,
      failure: "http-500",
    },
    { label: "a slow body", answer: slowBody, posts: 1, byMs: 0 },
  ])("$label costs time and no notification", async ({ answer, ...cost }) => {
    const world = await aFaultWorld(type);
    world.receiver.answerWith(answer);

    expect(await costOf(world, cost)).toEqual(paid(cost));
  });

  // Nobody can know whether a message whose answer is lost was taken: it comes again, as the same one.
  it.each<{ readonly label: string; readonly loses: Answer; readonly failure: string }>([
    { label: "never given", loses: ANSWERS.hangs, failure: "timeout" },
    { label: "lost with its connection", loses: ANSWERS.resets, failure: "network" },
    { label: "cut off in its first line", loses: (response) => response.socket?.end("HTTP/1.1 2"), failure: "network" },
  ])("an answer that is $label doubles a message, and its row says why", async ({ loses, failure }) => {
    const world = await aFaultWorld(type);
    world.receiver.answerWith(inTurn(loses, ANSWERS.accepts));
    const cost = { posts: 2, byMs: 6 * SECOND_MS, failure };

    expect(await costOf(world, cost)).toEqual(paid(cost));
    const [first, second] = world.receiver.received;
    expect(identityOf(type, second)).toEqual(identityOf(type, first));
    expect(second?.body).toBe(first?.body);
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

    // Graph stands at no private address: such a one is refused before its certificate is seen.
    const isRefused = type === "email";
    const [record] = recordsOf(world);
    expect(record).toEqual(["a fired", "dead", expect.any(Number), isRefused ? "target-refused" : "tls"]);
    expect(record?.[2] === 1).toBe(isRefused);
    expect(isRefused || (record?.[2] ?? 0) > 140).toBe(true);
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

    const records = recordsOf(world);
    expect(records.map(([name, outcome]) => [name, outcome])).toEqual([
      ["a fired", "delivered"],
      ["a resolved", "delivered"],
    ]);
    expect(records.map(([, , attempts]) => attempts)).toEqual([before + 1, 1]);
    const isEnd = world.receiver.received.slice(before).map(({ body }) => /resolved|closed/i.test(body));
    expect(isEnd).toEqual([false, true]);
    expect(await world.rows()).toEqual([]);
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

    const report = await world.drain({
      notifierOf: (name) => (name === "ops" ? world.notifierOf(name) : Promise.resolve(world.pager)),
    });

    expect(report).toMatchObject({ sent: 3, failed: 1 });
    expect((await world.health()).map(({ channel }) => channel)).toEqual(["ops"]);
  });
});

describe("a credential that sends mail", () => {
  it("that gives no token for an hour costs time, and Graph hears of nothing until then", async () => {
    let outcome: TokenOutcome = { kind: "failed", reason: "unauthorized" };
    const world = await aFaultWorld("email", { token: () => outcome });
    await world.runUntil(SLOT_MS + HOUR_MS);
    const meanwhile = { posts: world.receiver.received.length, rows: await world.rows() };
    outcome = { kind: "token", token: "t" };

    await world.runUntil(SLOT_MS + 2 * HOUR_MS);

    expect(meanwhile).toMatchObject({ posts: 0, rows: [{ lastFailure: "token-refused" }] });
    expect(recordsOf(world)).toEqual([["a fired", "delivered", expect.any(Number), "token-refused"]]);
    expect(world.receiver.received).toHaveLength(1);
  });
});
