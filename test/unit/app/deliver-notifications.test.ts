import { describe, expect, it } from "vitest";
import type { DeliverDeps } from "../../../src/app/drain.ts";
import type { NotificationFacts, NotificationKind, OutboxRow } from "../../../src/domain/delivery/notification.ts";
import { DependencyError } from "../../../src/domain/errors.ts";
import type { Notifier } from "../../../src/ports/notifier.ts";
import type { Outbox } from "../../../src/ports/outbox.ts";
import { anOutboxRow, SLOT_MS } from "../../builders/a-notification.ts";
import { aDrainWorld, DRAIN_TENANT, NOTHING_DONE } from "../../fakes/drain-world.ts";
import { createFakeNotifier, type FakeNotifier } from "../../fakes/fake-notifier.ts";
import { type CallLog, interruptible, PlannedStopError } from "../../fakes/interruptible.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

function kindsOf({ received }: FakeNotifier): readonly NotificationKind[] {
  return received.map(({ facts }) => facts.kind);
}

/** A drain world whose channels say what kinds they got. */
function aWorld(rows: readonly OutboxRow[], options: Parameters<typeof aDrainWorld>[1] = {}) {
  const world = aDrainWorld(rows, options);
  return {
    ...world,
    delivered: world.settled,
    kinds: () => kindsOf(world.ops),
    pagerKinds: () => kindsOf(world.pager),
  };
}

/** The rows of one episode: fired, escalated an hour later, resolved after two. */
function aFired(facts: Partial<NotificationFacts> = {}, row: Partial<Omit<OutboxRow, "facts">> = {}): OutboxRow {
  return anOutboxRow(facts, row);
}

function anEscalated(facts: Partial<NotificationFacts> = {}): OutboxRow {
  const slotMs = SLOT_MS + HOUR_MS;
  return anOutboxRow({ kind: "escalated", severity: "critical", slotMs, ...facts });
}

function aResolved(facts: Partial<NotificationFacts> = {}): OutboxRow {
  return anOutboxRow({ kind: "resolved", slotMs: SLOT_MS + 2 * HOUR_MS, ...facts });
}

describe("deliverNotifications()", () => {
  it("does nothing when the outbox is empty", async () => {
    const world = aWorld([]);

    expect(await world.drain()).toEqual(NOTHING_DONE);
    expect(world.bells()).toEqual([]);
  });

  it("sends a row once and settles it", async () => {
    const world = aWorld([aFired()]);

    const report = await world.drain();

    const id = `${aFired().facts.episode}.${SLOT_MS}.fired.ops`;
    expect(report).toEqual({ ...NOTHING_DONE, sent: 1 });
    expect(world.ops.received).toEqual([{ id, facts: aFired().facts, isFirstNotice: false, sentAtMs: SLOT_MS }]);
    expect(await world.rows()).toEqual([]);
    expect(world.delivered()).toMatchObject([{ id, outcome: "delivered", attempts: 1, settledAtMs: SLOT_MS }]);
    expect(world.bells()).toEqual([]);
  });

  it("sends a whole episode in its order in one drain", async () => {
    const world = aWorld([aResolved(), anEscalated(), aFired()]);

    const report = await world.drain();

    expect(report).toEqual({ ...NOTHING_DONE, sent: 3 });
    expect(world.kinds()).toEqual(["fired", "escalated", "resolved"]);
  });

  it("holds the newer rows of an alert behind one that failed, and no other", async () => {
    const world = aWorld([aFired(), aResolved(), aFired({ alertKey: "b" }, { channel: "pager" })]);
    world.ops.setMood("overloaded");

    const report = await world.drain();

    expect(report).toEqual({ ...NOTHING_DONE, sent: 1, failed: 1, waiting: { "behind-older": 1 } });
    expect(world.kinds()).toEqual(["fired"]);
    expect(world.pagerKinds()).toEqual(["fired"]);
  });

  it("leaves a row alone that somebody else is sending", async () => {
    const world = aWorld([aFired({}, { leaseUntilMs: SLOT_MS + 1, owner: "other" })]);

    expect(await world.drain()).toEqual({ ...NOTHING_DONE, waiting: { leased: 1 } });
    expect(world.ops.received).toEqual([]);
    expect(world.bells()).toEqual([]);
  });

  describe("retries", () => {
    it("writes down when to try again, gives the lease back and rings for then", async () => {
      const world = aWorld([aFired()]);
      world.ops.setMood("overloaded");

      await world.drain();

      expect(await world.rows()).toEqual([
        aFired(
          {},
          {
            attempts: 1,
            firstAttemptAtMs: SLOT_MS,
            lastAttemptAtMs: SLOT_MS,
            nextAttemptAtMs: SLOT_MS + 5 * SECOND_MS,
            lastFailure: "http-503",
          },
        ),
      ]);
      expect(world.bells()).toEqual([6 * SECOND_MS]);
    });

    it("follows its schedule from bell to bell", async () => {
      const world = aWorld([aFired()]);
      world.ops.setMood("hangs");
      const delaysMs: number[] = [];

      for (let bell = 0; bell < 6; bell += 1) {
        await world.drain();
        const [delayMs = 0] = world.bells();
        delaysMs.push(delayMs);
        world.clock.atMs += delayMs;
      }

      const slackMs = SECOND_MS;
      expect(delaysMs.map((delayMs) => delayMs - slackMs)).toEqual([
        5 * SECOND_MS,
        MINUTE_MS,
        5 * MINUTE_MS,
        15 * MINUTE_MS,
        30 * MINUTE_MS,
        30 * MINUTE_MS,
      ]);
    });

    it("rings for as late as the receiver asks", async () => {
      const world = aWorld([aFired()]);
      world.ops.setMood("throttles");

      await world.drain();

      expect(world.bells()).toEqual([121 * SECOND_MS]);
    });

    it("does not ring for a row that it found waiting", async () => {
      const world = aWorld([aFired({}, { nextAttemptAtMs: SLOT_MS + 1 })]);

      expect(await world.drain()).toEqual({ ...NOTHING_DONE, waiting: { "not-due": 1 } });
      expect(world.bells()).toEqual([]);
    });

    it("delivers under the same id after a failure", async () => {
      const world = aWorld([aFired()]);
      world.ops.setMood("resets");
      await world.drain();
      world.ops.setMood("accepts");
      world.clock.atMs += 6 * SECOND_MS;

      await world.drain();

      expect(world.ops.received).toHaveLength(2);
      expect(new Set(world.ops.received.map(({ id }) => id)).size).toBe(1);
      expect(world.delivered()).toMatchObject([{ outcome: "delivered", attempts: 2 }]);
    });

    it("takes a notifier that throws for a failure and reports the bug", async () => {
      const world = aWorld([aFired()]);
      const bug = new TypeError("Cannot read properties of undefined");
      const send = async () => Promise.reject(bug);

      const report = await world.drain({ notifierOf: async () => ({ ...createFakeNotifier(), send }) });

      expect(report).toEqual({ ...NOTHING_DONE, failed: 1 });
      expect(await world.rows()).toMatchObject([{ lastFailure: "notifier-threw" }]);
      expect(world.telemetry.exceptions).toEqual([{ error: bug, fields: { tenantId: DRAIN_TENANT, channel: "ops" } }]);
    });

    it("takes a notifier that cannot be loaded for a failure", async () => {
      const world = aWorld([aFired()]);

      const report = await world.drain({ notifierOf: async () => Promise.reject(new Error("Cannot find module")) });

      expect(report).toEqual({ ...NOTHING_DONE, failed: 1 });
      expect(world.bells()).toEqual([6 * SECOND_MS]);
    });
  });

  describe("dead letters", () => {
    it("gives up after 72 h of failures, each on its bell", async () => {
      const world = aWorld([aFired()]);
      world.ops.setMood("overloaded");

      let bells = [0];
      for (let rung = 0; rung < 300 && bells.length > 0; rung += 1) {
        world.clock.atMs += bells[0] ?? 0;
        await world.drain();
        bells = [...world.bells()];
      }

      expect(world.dead()).toMatchObject([
        { outcome: "dead", reason: "http-503", attempts: world.ops.received.length },
      ]);
      expect(world.clock.atMs - SLOT_MS).toBeGreaterThan(71 * HOUR_MS);
      expect(world.clock.atMs - SLOT_MS).toBeLessThanOrEqual(72 * HOUR_MS);
    });

    it("buries a final failure at once, says so, and keeps the row of a fired", async () => {
      const world = aWorld([aFired()]);
      world.ops.setMood("refuses");

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, dead: 1 });
      expect(world.dead()).toMatchObject([{ reason: "http-404", attempts: 1 }]);
      expect(await world.rows()).toMatchObject([{ dead: true, lastFailure: "http-404" }]);
      expect(world.telemetry.events).toMatchObject([
        {
          name: "NotificationDead",
          fields: { tenantId: DRAIN_TENANT, channel: "ops", reason: "http-404", attempts: 1 },
        },
      ]);
      expect(world.bells()).toEqual([]);
    });

    const steps = [
      { plan: aFired, mood: "refuses", isFirstNotice: false, kept: 1 },
      { plan: anEscalated, mood: "refuses", isFirstNotice: true, kept: 1 },
      { plan: () => anEscalated({ slotMs: SLOT_MS + 1.5 * HOUR_MS }), mood: "accepts", isFirstNotice: true, kept: 0 },
      { plan: () => anEscalated({ slotMs: SLOT_MS + 1.8 * HOUR_MS }), mood: "accepts", isFirstNotice: false, kept: 0 },
      { plan: aResolved, mood: "accepts", isFirstNotice: false, kept: 0 },
    ] as const;

    it("sends the next message as a first notice until one gets through", async () => {
      const world = aWorld([]);

      for (const { plan, mood, isFirstNotice, kept } of steps) {
        world.plan(plan());
        world.ops.setMood(mood);

        await world.drain();

        expect(world.ops.received.at(-1)).toMatchObject({ isFirstNotice });
        expect(await world.rows()).toHaveLength(kept);
      }
    });

    it.each([
      { mood: "accepts", outcome: "delivered" },
      { mood: "gone", outcome: "dead" },
    ] as const)("sends the resolved of a dead fired and clears the kept row when it is $outcome", async ({ mood }) => {
      const world = aWorld([aFired()]);
      world.ops.setMood("refuses");
      await world.drain();
      world.plan(aResolved());
      world.ops.setMood(mood);

      await world.drain();

      expect(world.ops.received.at(-1)).toMatchObject({ facts: { kind: "resolved" }, isFirstNotice: true });
      expect(await world.rows()).toEqual([]);
    });

    it("does the same within one drain", async () => {
      const world = aWorld([aFired(), aResolved()]);
      world.ops.setMood("refuses");

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, dead: 2 });
      expect(world.ops.received.map(({ isFirstNotice }) => isFirstNotice)).toEqual([false, true]);
      expect(await world.rows()).toEqual([]);
    });

    it("keeps a dead fired of an older episode out of a newer one", async () => {
      const older = aFired({ episode: "older", slotMs: SLOT_MS - HOUR_MS }, { dead: true });
      const world = aWorld([older, aFired()]);

      await world.drain();

      expect(world.ops.received).toMatchObject([{ isFirstNotice: false }]);
      expect(await world.rows()).toEqual([older]);
    });

    it("buries what is meant for a channel that is no longer configured", async () => {
      const world = aWorld([aFired({}, { channel: "removed" }), aFired()]);

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, sent: 1, dead: 1 });
      expect(world.dead()).toMatchObject([{ channel: "removed", reason: "channel-not-configured" }]);
    });
  });

  it("lets no channel wait for another", async () => {
    const world = aWorld([aFired(), aResolved({}), aFired({}, { channel: "pager" })]);
    const { promise: opsAnswer, resolve: answerOps } = Promise.withResolvers<{ kind: "delivered" }>();
    const { promise: pagerSent, resolve: notePager } = Promise.withResolvers<void>();
    const drain = world.drain({
      notifierOf: async (channel) => ({
        ...createFakeNotifier(),
        send: async () => {
          if (channel === "ops") return opsAnswer;
          notePager();
          return { kind: "delivered" };
        },
      }),
    });

    await pagerSent;
    answerOps({ kind: "delivered" });

    expect(await drain).toMatchObject({ sent: 3 });
  });

  it("stops at the end of its budget and rings again at once", async () => {
    const world = aWorld(["a", "b", "c"].map((alertKey) => aFired({ alertKey, episode: alertKey })));
    const send = async () => {
      world.clock.atMs += 15 * SECOND_MS;
      return { kind: "delivered" } as const;
    };

    const report = await world.drain({ notifierOf: async () => ({ ...createFakeNotifier(), send }) }, 20 * SECOND_MS);

    expect(report).toMatchObject({ sent: 2, outOfTime: true });
    expect(await world.rows()).toMatchObject([{ attempts: 0 }]);
    expect(world.bells()).toEqual([0]);
  });

  describe("races", () => {
    it("sends each row once when two drains share the work", async () => {
      const rows = ["a", "b", "c", "d", "e"].map((alertKey) => aFired({ alertKey, episode: `episode-${alertKey}` }));
      const world = aWorld(rows);

      const reports = await Promise.all([world.drain(), world.drain()]);

      expect(world.ops.received).toHaveLength(5);
      expect(world.delivered()).toHaveLength(5);
      expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(5);
    });

    it("does not send a row that another drain has taken since it was read", async () => {
      const world = aWorld([aFired()]);
      const stale = await world.deps.outbox.load(DRAIN_TENANT);
      await world.drain();
      const outbox: Outbox = { ...world.deps.outbox, load: once(stale, world.deps.outbox.load) };

      expect(await world.drain({ outbox })).toEqual({ ...NOTHING_DONE, contended: 1 });
      expect(world.ops.received).toHaveLength(1);
    });

    it("knows its own writes behind a conflict that was none", async () => {
      const world = aWorld([aFired(), aResolved()]);
      const { outbox } = world.deps;
      const ambiguous: Outbox = {
        ...outbox,
        update: async (...args) => {
          await outbox.update(...args);
          return undefined;
        },
        settle: async (...args) => {
          await outbox.settle(...args);
          return "conflict";
        },
      };

      expect(await world.drain({ outbox: ambiguous })).toEqual({ ...NOTHING_DONE, sent: 2 });
      expect(world.kinds()).toEqual(["fired", "resolved"]);
      expect(await world.rows()).toEqual([]);
    });

    it("rings for a failure whose record came through behind a conflict", async () => {
      const world = aWorld([aFired()]);
      world.ops.setMood("overloaded");
      const { outbox } = world.deps;
      const update: Outbox["update"] = async (...args) => {
        await outbox.update(...args);
        return undefined;
      };

      expect(await world.drain({ outbox: { ...outbox, update } })).toEqual({ ...NOTHING_DONE, failed: 1 });
      expect(world.bells()).toEqual([6 * SECOND_MS]);
    });

    it("does not call a row settled that another drain holds", async () => {
      const world = aWorld([aFired(), aResolved()]);
      const outbox: Outbox = { ...world.deps.outbox, settle: async () => "conflict" };

      expect(await world.drain({ outbox })).toEqual({ ...NOTHING_DONE, contended: 1, waiting: { "behind-older": 1 } });
    });
  });

  it("finishes the other channels before it throws what storage threw", async () => {
    const world = aWorld([aFired(), aFired({}, { channel: "pager" })]);
    const { outbox } = world.deps;
    const failure = { dependency: "tables", operation: "settle", retryable: true } as const;
    const settle: Outbox["settle"] = async (tenantId, settlements) => {
      if (settlements[0]?.row.value.channel === "ops") throw new DependencyError("Cannot settle", failure);
      return outbox.settle(tenantId, settlements);
    };

    const slow = {
      ...createFakeNotifier(),
      send: () => new Promise<{ kind: "delivered" }>((resolve) => setImmediate(resolve, { kind: "delivered" })),
    };
    const notifierOf: DeliverDeps["notifierOf"] = async (channel) =>
      channel === "pager" ? slow : createFakeNotifier();

    await expect(world.drain({ outbox: { ...outbox, settle }, notifierOf })).rejects.toThrow(DependencyError);

    expect(world.delivered()).toMatchObject([{ channel: "pager" }]);
  });

  describe("stops", () => {
    const rows = [aFired(), anEscalated(), aResolved(), aFired({}, { channel: "pager" })];
    const failedOften = { channel: "ops", failures: 5 };

    it.each([
      { label: "one by one", groups: false, failing: false, calls: ["outbox.settle", "channelHealth.write"] },
      {
        label: "one by one, failing until the breaker opens",
        groups: false,
        failing: true,
        calls: ["queue.requestDelivery", "channelHealth.write"],
      },
      { label: "in groups", groups: true, failing: false, calls: ["outbox.settle", "channelHealth.write"] },
      {
        label: "in groups, failing until the breaker opens",
        groups: true,
        failing: true,
        calls: ["queue.requestDelivery", "channelHealth.write"],
      },
    ])("behind any port call lose nothing and repeat under the same id ($label)", async ({ calls, ...options }) => {
      const aStoppableWorld = async () => {
        const world = aWorld(rows, options);
        await world.deps.channelHealth.write(failedOften, undefined);
        return world;
      };
      const clean: CallLog = { calls: [] };
      await drainLogged(await aStoppableWorld(), clean, options.failing);
      const all = ["outbox.load", "outbox.loadSilences", "channelHealth.load", "outbox.update", "notifier-ops.send"];
      expect(clean.calls).toEqual(expect.arrayContaining([...all, ...calls]));

      for (let stopAfter = 1; stopAfter <= clean.calls.length; stopAfter += 1) {
        const world = await aStoppableWorld();
        const stopped: CallLog = { calls: [], stopAfter };
        await expect(drainLogged(world, stopped, options.failing)).rejects.toThrow(PlannedStopError);
        world.ops.setMood("accepts");
        for (const waitMs of [75 * SECOND_MS, 15 * MINUTE_MS]) {
          world.clock.atMs += waitMs;
          await world.drain();
        }

        expect({ stopAfter, kinds: [...new Set(world.kinds())] }).toEqual({
          stopAfter,
          kinds: ["fired", "escalated", "resolved"],
        });
        expect(new Set(world.pager.received.map(({ id }) => id)).size).toBe(1);
        expect(await world.rows()).toEqual([]);
        expect(world.delivered()).toHaveLength(4);
      }
    });

    it("behind any port call drop a silenced episode all the same, and send nothing of it", async () => {
      const clean: CallLog = { calls: [] };
      await drainLogged(aSilencedWorld(), clean);
      expect(clean.calls.filter((call) => call === "outbox.settle")).toHaveLength(2);

      for (let stopAfter = 1; stopAfter <= clean.calls.length; stopAfter += 1) {
        const world = aSilencedWorld();
        await expect(drainLogged(world, { calls: [], stopAfter })).rejects.toThrow(PlannedStopError);
        world.clock.atMs += 75 * SECOND_MS;

        await world.drain();

        expect(world.ops.received).toEqual([]);
        expect(await world.rows()).toEqual([]);
        expect(world.delivered().map(({ reason }) => reason)).toEqual(
          Array.from({ length: 3 }, () => "silenced-whole-episode"),
        );
      }
    });
  });
});

/** A world in which a silence lies over a whole episode. */
function aSilencedWorld() {
  const world = aWorld([aFired(), anEscalated(), aResolved()]);
  world.silence();
  return world;
}

/** Runs a drain whose port calls are logged and stop where the log says. */
function drainLogged(world: ReturnType<typeof aWorld>, log: CallLog, failing = false) {
  const { deps } = world;
  world.ops.setMood(failing ? "overloaded" : "accepts");
  return world.drain({
    outbox: interruptible("outbox", deps.outbox, log),
    channelHealth: interruptible("channelHealth", deps.channelHealth, log),
    queue: interruptible("queue", deps.queue, log),
    notifierOf: async (channel) => {
      const notifier = await deps.notifierOf(channel);
      return notifier && interruptible<Notifier>(`notifier-${channel}`, notifier, log);
    },
  });
}

/** Answers the first call with the given value and every later one by the function. */
function once<A extends readonly unknown[], R>(first: R, then: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  let isFirst = true;
  return async (...args) => {
    if (!isFirst) return then(...args);
    isFirst = false;
    return first;
  };
}
