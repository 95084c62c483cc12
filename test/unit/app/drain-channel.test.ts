import { describe, expect, it } from "vitest";
import type { AttemptOutcome } from "../../../src/domain/delivery/conclude-attempt.ts";
import type { OutboxRow } from "../../../src/domain/delivery/notification.ts";
import type { OutgoingNotification } from "../../../src/ports/notifier.ts";
import { SLOT_MS } from "../../builders/a-notification.ts";
import { aDrainWorld, aRowOf, type DrainWorld, NOTHING_DONE, nameOf } from "../../fakes/drain-world.ts";
import { createFakeNotifier } from "../../fakes/fake-notifier.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** `fired` and what follows it at the next slots, of one alert. */
function anEpisode(alertKey: string, ...later: readonly OutboxRow["facts"]["kind"][]): readonly OutboxRow[] {
  return ["fired" as const, ...later].map((kind, index) => {
    return aRowOf(alertKey, { kind, slotMs: SLOT_MS + index * MINUTE_MS });
  });
}

function aliveRows(count: number): readonly OutboxRow[] {
  return Array.from({ length: count }, (_, index) => aRowOf(`a${String(index).padStart(3, "0")}`));
}

/** Delivers everything but what is of the alert `old`. */
async function sendButOld([first]: readonly OutgoingNotification[]): Promise<AttemptOutcome> {
  return first?.facts.alertKey === "old" ? { kind: "retry", reason: "http-503" } : { kind: "delivered" };
}

/** Refuses each message that tells of the alert `a001`. */
async function refuseWithBad(message: readonly OutgoingNotification[]): Promise<AttemptOutcome> {
  const isBad = message.some(({ facts }) => facts.alertKey === "a001");
  return isBad ? { kind: "final", reason: "http-400" } : { kind: "delivered" };
}

function namesOf(received: readonly OutgoingNotification[]): readonly string[] {
  return received.map(nameOf);
}

/** Lets the breaker of `ops` open: six alerts fail. */
async function withOpenBreaker(world: DrainWorld): Promise<void> {
  world.ops.setMood("overloaded");
  for (const row of aliveRows(6)) world.plan(row);
  await world.drain();
  world.bells();
}

describe("drainChannel()", () => {
  describe("silences", () => {
    it("hold everything but a resolved, without a write, a bell or a send", async () => {
      const world = aDrainWorld([aRowOf("a"), aRowOf("b", { kind: "resolved" })]);
      world.silence();

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, sent: 1, waiting: { held: 1 } });
      expect(namesOf(world.ops.received)).toEqual(["b resolved"]);
      expect(await world.rows()).toEqual([aRowOf("a")]);
      expect(world.bells()).toEqual([]);
    });

    it("let held rows go when they end", async () => {
      const world = aDrainWorld([aRowOf("a")]);
      world.silence({ untilMs: SLOT_MS + HOUR_MS });
      await world.drain();
      world.clock.atMs += HOUR_MS;

      expect(await world.drain()).toEqual({ ...NOTHING_DONE, sent: 1 });
    });

    it("drop an episode that nobody heard of, and say why", async () => {
      const world = aDrainWorld(anEpisode("a", "escalated", "resolved"));
      world.silence();

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, superseded: 3 });
      expect(world.ops.received).toEqual([]);
      expect(await world.rows()).toEqual([]);
      expect(world.settled().map(({ outcome, reason, attempts }) => [outcome, reason, attempts])).toEqual(
        Array.from({ length: 3 }, () => ["superseded", "silenced-whole-episode", 0]),
      );
    });

    it("that start after a failed fired and end after the recovery leave one resolved, as a first notice", async () => {
      const world = aDrainWorld(anEpisode("a"));
      world.ops.setMood("overloaded");
      await world.drain();
      world.clock.atMs += 30 * MINUTE_MS;
      world.silence();
      world.ops.setMood("accepts");
      world.plan(aRowOf("a", { kind: "resolved", slotMs: world.clock.atMs }));

      await world.drain();

      expect(world.ops.received.slice(1)).toMatchObject([{ facts: { kind: "resolved" }, isFirstNotice: true }]);
      expect(await world.rows()).toEqual([]);
      expect(world.settled().map((each) => [nameOf(each), each.outcome, each.reason])).toEqual([
        ["a fired", "superseded", "newer-notification"],
        ["a resolved", "delivered", undefined],
      ]);
    });

    it("let a severity go that they do not cover, as the first notice of its episode", async () => {
      const escalated = aRowOf("a", { kind: "escalated", severity: "critical", slotMs: SLOT_MS + 1 });
      const world = aDrainWorld([aRowOf("a"), escalated]);
      world.silence({ match: { severity: "error" } });

      await world.drain();

      expect(world.ops.received).toMatchObject([{ facts: { kind: "escalated" }, isFirstNotice: true }]);
      expect(await world.rows()).toEqual([]);
    });

    it("keep the held rows when what goes in their place fails", async () => {
      const escalated = aRowOf("a", { kind: "escalated", severity: "critical", slotMs: SLOT_MS + 1 });
      const world = aDrainWorld([aRowOf("a"), escalated]);
      world.silence({ match: { severity: "error" } });
      world.ops.setMood("refuses");

      await world.drain();

      expect(await world.rows()).toEqual([aRowOf("a")]);
      expect(world.dead().map(nameOf)).toEqual(["a escalated"]);
    });

    it("take the held rows along when a resolved is given up", async () => {
      const [fired, resolved] = anEpisode("a", "resolved");
      const world = aDrainWorld([{ ...(fired ?? aRowOf("a")), attempts: 1 }, resolved ?? aRowOf("a")]);
      world.silence();
      world.ops.setMood("refuses");

      await world.drain();

      expect(await world.rows()).toEqual([]);
    });

    it("I10: stop what was ready when they are written while the drain is at work", async () => {
      const world = aDrainWorld(aliveRows(3));
      const send = async () => {
        world.silence();
        return { kind: "delivered" } as const;
      };

      const report = await world.drain({ notifierOf: async () => ({ ...createFakeNotifier(), send }) });

      expect(report).toEqual({ ...NOTHING_DONE, sent: 1, waiting: { held: 2 } });
    });
  });

  describe("reminders", () => {
    it("are settled unsent when something newer waits, also while the channel fails", async () => {
      const world = aDrainWorld(anEpisode("a", "reminder", "escalated"));
      world.ops.setMood("overloaded");

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, superseded: 1, failed: 1, waiting: { "behind-older": 1 } });
      expect(world.settled()).toMatchObject([{ outcome: "superseded", reason: "newer-notification" }]);
    });
  });

  describe("waking up", () => {
    const paused = {
      attempts: 5,
      firstAttemptAtMs: SLOT_MS,
      lastAttemptAtMs: SLOT_MS,
      nextAttemptAtMs: SLOT_MS + 29 * MINUTE_MS,
    };

    it("tries what waits for its pause once something got through, and each row once", async () => {
      const world = aDrainWorld([aRowOf("new"), aRowOf("old", {}, paused), aRowOf("other", {}, paused)]);

      const report = await world.drain({ notifierOf: async () => ({ ...world.ops, send: sendButOld }) });

      expect(report).toEqual({ ...NOTHING_DONE, sent: 2, failed: 1 });
    });

    it("outlasts the drain: what it has no time for goes in the next", async () => {
      const due = { ...paused, nextAttemptAtMs: SLOT_MS };
      const rows = ["b", "c", "d"].map((alertKey) => aRowOf(alertKey, {}, paused));
      const world = aDrainWorld([aRowOf("a", {}, due), ...rows]);
      const send = async () => {
        world.clock.atMs += 100 * SECOND_MS;
        return { kind: "delivered" } as const;
      };
      const notifierOf = async () => ({ ...world.ops, send });

      expect(await world.drain({ notifierOf })).toEqual({ ...NOTHING_DONE, sent: 2, outOfTime: true });
      expect(world.bells()).toEqual([SECOND_MS]);
      expect(await world.drain({ notifierOf })).toEqual({ ...NOTHING_DONE, sent: 2 });
      expect(world.bells()).toEqual([]);
    });

    it("outlasts a stop", async () => {
      const world = aDrainWorld([aRowOf("new"), aRowOf("tried", {}, paused)]);
      const loads = [world.deps.outbox.loadSilences];
      const loadSilences = async (tenantId: string) => {
        const load = loads.pop();
        if (load === undefined) throw new Error("Stopped");
        return load(tenantId);
      };
      const stopped = world.drain({ outbox: { ...world.deps.outbox, loadSilences } });
      await expect(stopped).rejects.toThrow("Stopped");

      expect(await world.drain()).toEqual({ ...NOTHING_DONE, sent: 1 });
    });

    it("reaches a row that failed before it in the same drain", async () => {
      const critical = aRowOf("critical", { severity: "critical" }, { ...paused, nextAttemptAtMs: SLOT_MS });
      const world = aDrainWorld([critical, aRowOf("next")]);
      const moods = (["overloaded", "accepts"] as const).values();
      const send = async (message: readonly OutgoingNotification[]) => {
        world.ops.setMood(moods.next().value ?? "accepts");
        return world.ops.send(message);
      };

      const report = await world.drain({ notifierOf: async () => ({ ...world.ops, send }) });

      expect(report).toEqual({ ...NOTHING_DONE, sent: 1, failed: 1 });
      expect(world.bells()).toEqual([30 * MINUTE_MS + SECOND_MS, SECOND_MS]);
      world.clock.atMs += SECOND_MS;
      expect(await world.drain()).toEqual({ ...NOTHING_DONE, sent: 1 });
      expect(namesOf(world.ops.received)).toEqual(["critical fired", "next fired", "critical fired"]);
    });

    it("tries a row that keeps failing once for each drain that delivered something, and keeps its 72 h", async () => {
      const old = aRowOf("old", { severity: "critical" }, { ...paused, nextAttemptAtMs: SLOT_MS });
      const world = aDrainWorld([old, ...aliveRows(9)]);
      const notifierOf = async () => ({ ...world.ops, send: sendButOld });

      const reports = [await world.drain({ notifierOf }), await world.drain({ notifierOf })];

      expect(reports.map(({ sent, failed }) => [sent, failed])).toEqual([
        [9, 1],
        [0, 1],
      ]);
      const pauseMs = 30 * MINUTE_MS + SECOND_MS;
      expect(world.bells()).toEqual([pauseMs, SECOND_MS, pauseMs]);
      expect(await world.rows()).toMatchObject([{ attempts: 7, firstAttemptAtMs: SLOT_MS, heldMs: 0 }]);
    });

    it("reaches what the breaker has put off, and what a silence holds still", async () => {
      const world = aDrainWorld([
        aRowOf("put-off", { severity: "warning" }, { nextAttemptAtMs: SLOT_MS + 15 * MINUTE_MS }),
        aRowOf("held", {}, paused),
        aRowOf("end", { kind: "resolved" }),
      ]);
      world.silence({ match: { severity: "error" }, untilMs: SLOT_MS + MINUTE_MS });

      const reports = [await world.drain()];
      world.clock.atMs += MINUTE_MS;
      reports.push(await world.drain());

      expect(reports).toEqual([
        { ...NOTHING_DONE, sent: 2, waiting: { held: 1 } },
        { ...NOTHING_DONE, sent: 1 },
      ]);
      expect(world.bells()).toEqual([]);
    });

    it("lets no newer row of an alert overtake an older one", async () => {
      const older = aRowOf("a", {}, paused);
      const newer = aRowOf("a", { kind: "escalated", severity: "critical", slotMs: SLOT_MS + 1 }, { attempts: 1 });
      const world = aDrainWorld([older, newer, aRowOf("new", { severity: "warning" })]);

      await world.drain();

      expect(namesOf(world.ops.received)).toEqual(["new fired", "a fired", "a escalated"]);
    });

    it("costs one write for 100 rows that were paused, and none when none was", async () => {
      const rows = aliveRows(101).map((row) => ({ ...row, ...paused }));
      const world = aDrainWorld([...rows, aRowOf("new")], { groups: true });
      const writes: number[] = [];
      const update: typeof world.deps.outbox.update = (tenantId, rewrites) => {
        writes.push(rewrites.length);
        return world.deps.outbox.update(tenantId, rewrites);
      };

      const report = await world.drain({ outbox: { ...world.deps.outbox, update } });

      expect(report).toEqual({ ...NOTHING_DONE, sent: 102 });
      expect(writes).toEqual([1, 100, 1, 45, 45, 11]);
    });

    it("survives a race for one of the rows", async () => {
      const world = aDrainWorld([aRowOf("new"), aRowOf("b", {}, paused), aRowOf("c", {}, paused)]);
      const rivals = [aRowOf("c", {}, { ...paused, nextAttemptAtMs: SLOT_MS + HOUR_MS })];
      const update: typeof world.deps.outbox.update = (tenantId, rewrites) => {
        if (rewrites.length > 1) rivals.splice(0).forEach(world.plan);
        return world.deps.outbox.update(tenantId, rewrites);
      };

      const report = await world.drain({ outbox: { ...world.deps.outbox, update } });

      expect(report).toEqual({ ...NOTHING_DONE, sent: 3, contended: 1 });
    });

    it("is left to those who win one race after another", async () => {
      const world = aDrainWorld([aRowOf("new"), aRowOf("b", {}, paused)]);
      const update: typeof world.deps.outbox.update = async (tenantId, rewrites) => {
        const isClaim = rewrites.some(({ next }) => next.leaseUntilMs !== undefined);
        return isClaim ? world.deps.outbox.update(tenantId, rewrites) : undefined;
      };

      const report = await world.drain({ outbox: { ...world.deps.outbox, update } });

      expect(report).toEqual({ ...NOTHING_DONE, sent: 1, contended: 5, waiting: { "not-due": 1 } });
    });

    it("tries an older row at once when something newer of its alert was planned", async () => {
      const world = aDrainWorld([aRowOf("a")]);
      world.ops.setMood("overloaded");
      await world.drain();
      world.ops.setMood("accepts");
      world.clock.atMs += SECOND_MS;
      world.plan(aRowOf("a", { kind: "escalated", slotMs: SLOT_MS + 1 }, { nextAttemptAtMs: world.clock.atMs }));

      await world.drain();

      expect(namesOf(world.ops.received)).toEqual(["a fired", "a fired", "a escalated"]);
    });
  });

  describe("the breaker", () => {
    it("opens with the sixth failure in a row, over all alerts", async () => {
      const world = aDrainWorld(aliveRows(8));
      world.ops.setMood("overloaded");

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, failed: 6, skipped: 2 });
      expect(await world.health()).toEqual([
        {
          channel: "ops",
          failures: 6,
          lastFailure: "http-503",
          openUntilMs: SLOT_MS + 15 * MINUTE_MS,
          probedAtMs: SLOT_MS,
        },
      ]);
      expect(world.bells()).toEqual([...Array.from({ length: 6 }, () => 6 * SECOND_MS), 61 * SECOND_MS]);
    });

    it("does not open when one of six gets through", async () => {
      const world = aDrainWorld(aliveRows(5));
      world.ops.setMood("overloaded");
      await world.drain();
      world.ops.setMood("accepts");
      world.clock.atMs += 6 * SECOND_MS;

      await world.drain();

      expect(await world.health()).toEqual([{ channel: "ops", failures: 0 }]);
    });

    it("puts off what was tried until it closes, without an attempt, with one bell", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.clock.atMs += 6 * SECOND_MS;

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, skipped: 6 });
      expect(world.bells()).toEqual([15 * MINUTE_MS - 5 * SECOND_MS]);
      expect(await world.rows()).toMatchObject(
        Array.from({ length: 6 }, () => ({ attempts: 1, nextAttemptAtMs: SLOT_MS + 15 * MINUTE_MS })),
      );
    });

    it("writes and rings once for rows that wait for it already", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.clock.atMs += 6 * SECOND_MS;
      await world.drain();
      world.bells();

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, waiting: { "not-due": 6 } });
      expect(world.bells()).toEqual([]);
    });

    it("rings once when several drains put the same rows off at the same time", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.clock.atMs += 6 * SECOND_MS;

      const reports = await Promise.all([world.drain(), world.drain(), world.drain()]);

      expect(reports.map(({ skipped, contended }) => [skipped, contended])).toEqual([
        [6, 0],
        [0, 6],
        [0, 6],
      ]);
      expect(world.bells()).toEqual([15 * MINUTE_MS - 5 * SECOND_MS]);
    });

    it("rings no second time for a failed row that something newer of its alert made due", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.clock.atMs += SECOND_MS;
      world.plan(aRowOf("a000", { kind: "escalated", slotMs: SLOT_MS + 1 }, { nextAttemptAtMs: world.clock.atMs }));

      const reports = [await world.drain(), await world.drain()];

      expect(reports.map(({ skipped }) => skipped)).toEqual([1, 0]);
      expect(world.bells()).toEqual([MINUTE_MS]);
    });

    it("is probed by what is new, and not by what is graver and was tried before", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.clock.atMs += MINUTE_MS;
      world.plan(aRowOf("tried", { severity: "critical" }, { attempts: 1, nextAttemptAtMs: world.clock.atMs }));
      world.plan(aRowOf("new", { severity: "warning" }));

      await world.drain();

      expect(namesOf(world.ops.received).at(-1)).toBe("new fired");
    });

    it("lets one probe through when its time is over, and closes when that goes", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.ops.setMood("accepts");
      world.clock.atMs += 15 * MINUTE_MS;

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, sent: 6 });
      expect(await world.health()).toEqual([{ channel: "ops", failures: 0 }]);
    });

    it("lets one probe through when its time is over, and opens again when that fails", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.clock.atMs += 15 * MINUTE_MS;

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, failed: 1, skipped: 5 });
      expect(await world.health()).toMatchObject([{ failures: 7, openUntilMs: world.clock.atMs + 15 * MINUTE_MS }]);
    });

    it("lets one new row a minute probe it", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      const probes: string[] = [];

      for (let second = 0; second < 180; second += 10) {
        if (second === 0) for (const alertKey of ["x", "y", "z"]) world.plan(aRowOf(alertKey));
        world.clock.atMs = SLOT_MS + second * SECOND_MS;
        const before = world.ops.received.length;
        await world.drain();
        probes.push(...world.ops.received.slice(before).map(({ facts }) => `${second} s ${facts.alertKey}`));
      }

      expect(probes).toEqual(["60 s x", "120 s y"]);
    });

    it("has one of two drains probe", async () => {
      const world = aDrainWorld();
      await withOpenBreaker(world);
      world.clock.atMs += 15 * MINUTE_MS;
      const before = world.ops.received.length;

      await Promise.all([world.drain(), world.drain()]);

      expect(world.ops.received.length - before).toBe(1);
    });

    it("sends what is new within a minute after an outage of 8 hours", async () => {
      const world = aDrainWorld(aliveRows(20));
      world.ops.setMood("overloaded");
      let bells = [0];
      const endMs = SLOT_MS + 8 * HOUR_MS;
      while (world.clock.atMs < endMs) {
        const [next = HOUR_MS, ...rest] = bells;
        world.clock.atMs += next;
        await world.drain();
        bells = [...rest.map((bell) => Math.max(0, bell - next)), ...world.bells()].sort((a, b) => a - b);
      }
      world.ops.setMood("accepts");
      world.plan(aRowOf("critical", { severity: "critical" }, { nextAttemptAtMs: world.clock.atMs }));
      const plannedAtMs = world.clock.atMs;
      await world.drain();
      const [bellMs = 0] = world.ops.received.at(-1)?.facts.alertKey === "critical" ? [] : world.bells();
      world.clock.atMs += bellMs;
      if (bellMs > 0) await world.drain();

      const delivered = world.settled().filter(({ facts }) => facts.alertKey === "critical");

      expect(delivered).toHaveLength(1);
      expect(world.clock.atMs - plannedAtMs).toBeLessThanOrEqual(61 * SECOND_MS);
      expect(await world.rows()).toEqual([]);
    });

    it("of one channel says nothing of another", async () => {
      const world = aDrainWorld([aRowOf("p", {}, { channel: "pager" })]);
      await withOpenBreaker(world);

      expect(world.pager.received).toHaveLength(1);
      expect((await world.health()).map(({ channel }) => channel)).toEqual(["ops"]);
    });
  });

  describe("a target that is gone", () => {
    it("switches the channel off: what waits is given up unsent, and its ends too", async () => {
      const world = aDrainWorld([...anEpisode("a", "resolved"), ...anEpisode("b")]);
      world.ops.setMood("gone");

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, dead: 3 });
      expect(world.ops.received).toHaveLength(1);
      expect(
        world
          .dead()
          .map((each) => [nameOf(each), each.reason, each.attempts])
          .sort(([a = ""], [b = ""]) => String(a).localeCompare(String(b))),
      ).toEqual([
        ["a fired", "http-410", 1],
        ["a resolved", "target-gone", 0],
        ["b fired", "target-gone", 0],
      ]);
      expect((await world.rows()).map((row) => [nameOf(row), row.dead])).toEqual([["b fired", true]]);
      expect(await world.health()).toEqual([
        {
          channel: "ops",
          failures: 1,
          lastFailure: "http-410",
          off: { reason: "http-410", targetDigest: "target-1", sinceMs: SLOT_MS },
          deadAtMs: SLOT_MS,
          deadReason: "target-gone",
        },
      ]);
    });

    it("does not switch another target off", async () => {
      const world = aDrainWorld([aRowOf("a")]);
      world.ops.setMood("gone");
      await world.drain();
      world.plan(aRowOf("b"));
      const moved = createFakeNotifier({ targetDigest: "target-2" });

      await world.drain({ notifierOf: async () => moved });

      expect(namesOf(moved.received)).toEqual(["b fired"]);
      expect(await world.health()).toEqual([{ channel: "ops", failures: 0 }]);
    });

    it("takes held rows along with their end, so that no fired outlives it", async () => {
      const [fired, resolved] = anEpisode("a", "resolved");
      const world = aDrainWorld([{ ...(fired ?? aRowOf("a")), attempts: 1 }, resolved ?? aRowOf("a")]);
      world.silence();

      await world.drain({ notifierOf: async () => undefined });

      expect(await world.rows()).toEqual([]);
    });
  });

  describe("groups", () => {
    it("tell of all that is ready in one message, worst first, claimed and settled together", async () => {
      const world = aDrainWorld([aRowOf("warn", { severity: "warning" }), aRowOf("crit", { severity: "critical" })], {
        groups: true,
      });

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, sent: 2 });
      expect(world.ops.messages.map(namesOf)).toEqual([["crit fired", "warn fired"]]);
      expect(world.settled()).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
    });

    it("hold 45 at most; the rest go in the next message, as do newer rows of an alert", async () => {
      const world = aDrainWorld([...aliveRows(45), ...anEpisode("z", "resolved")], { groups: true });

      const report = await world.drain();

      expect(report).toEqual({ ...NOTHING_DONE, sent: 47 });
      expect(world.ops.messages.map((message) => message.length)).toEqual([45, 1, 1]);
    });

    it("fail together and are tried again together, with one bell", async () => {
      const world = aDrainWorld(aliveRows(3), { groups: true });
      world.ops.setMood("overloaded");
      await world.drain();
      expect(world.bells()).toEqual([6 * SECOND_MS]);
      expect(await world.health()).toEqual([{ channel: "ops", failures: 1, lastFailure: "http-503" }]);
      world.ops.setMood("accepts");
      world.clock.atMs += 6 * SECOND_MS;

      await world.drain();

      expect(world.ops.messages.map((message) => message.length)).toEqual([3, 3]);
    });

    it("that are refused are tried again one by one, so that one bad row takes no other with it", async () => {
      const world = aDrainWorld(aliveRows(3), { groups: true });
      const notifierOf = async () => ({ ...world.ops, send: refuseWithBad });
      await world.drain({ notifierOf });
      world.clock.atMs += 6 * SECOND_MS;

      const report = await world.drain({ notifierOf });

      expect(report).toEqual({ ...NOTHING_DONE, sent: 2, dead: 1 });
      expect(world.dead().map((each) => [nameOf(each), each.reason])).toEqual([["a001 fired", "http-400"]]);
    });

    it("share the work of two drains without sending a row twice", async () => {
      const world = aDrainWorld(aliveRows(100), { groups: true });

      await Promise.all([world.drain(), world.drain()]);

      expect(world.ops.received).toHaveLength(100);
      expect(new Set(world.ops.received.map(({ id }) => id)).size).toBe(100);
      expect(world.settled()).toHaveLength(100);
    });
  });

  it("ends when it loses one race after another", async () => {
    const world = aDrainWorld([aRowOf("a")]);
    const outbox = { ...world.deps.outbox, update: async () => undefined };

    const report = await world.drain({ outbox });

    expect(report).toEqual({ ...NOTHING_DONE, contended: 5 });
  });
});
