import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testChannel } from "../../src/app/test-channel.ts";
import { type Delivery, notificationId } from "../../src/domain/delivery/notification.ts";
import type { Severity } from "../../src/domain/rules/rule.ts";
import { silencesFor } from "../../src/domain/suppression/cover-silence.ts";
import type { Silence } from "../../src/domain/suppression/silence.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/domain/units.ts";
import type { OutgoingNotification } from "../../src/ports/notifier.ts";
import { aDrainWorld, aRowOf, DRAIN_TENANT, type DrainWorld } from "../fakes/drain-world.ts";
import type { ReceiverMood } from "../fakes/fake-notifier.ts";
import { createFakeOperatorStore } from "../fakes/fake-operator-store.ts";
import { type CallLog, interruptible, PlannedStopError } from "../fakes/interruptible.ts";

const ALERTS = ["a", "b", "c"] as const;

type Step =
  | { readonly do: "tell"; readonly alert: (typeof ALERTS)[number]; readonly ends: boolean; readonly grave: boolean }
  | { readonly do: "mood"; readonly mood: ReceiverMood }
  | { readonly do: "silence"; readonly severity: Severity | undefined; readonly forMin: number }
  | { readonly do: "end-silences" }
  /** Written while the next message is being sent. */
  | { readonly do: "silence-amid-send" }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "drain"; readonly times: 1 | 2; readonly stopAfter: number | undefined };

const severity = fc.constantFrom<Severity | undefined>("warning", "critical", undefined);
const retryable = ["overloaded", "throttles", "resets", "hangs"] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: tellOf() },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("mood"),
      mood: fc.constantFrom<ReceiverMood>("accepts", "accepts", ...retryable, "refuses", "gone"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("silence"), severity, forMin: fc.integer({ min: 1, max: 300 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "end-silences" } as const) },
  { weight: 1, arbitrary: fc.constant({ do: "silence-amid-send" } as const) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait"), seconds: fc.integer({ min: 1, max: 7_200 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("drain"),
      times: fc.constantFrom<1 | 2>(1, 1, 2),
      stopAfter: fc.option(fc.integer({ min: 1, max: 14 }), { nil: undefined, freq: 4 }),
    }),
  },
);

function tellOf() {
  return fc.record({
    do: fc.constant("tell"),
    alert: fc.constantFrom(...ALERTS),
    ends: fc.boolean(),
    grave: fc.boolean(),
  });
}

interface Played {
  readonly world: DrainWorld;
  /** What was sent although a silence that was there before covered it. */
  readonly broken: readonly string[];
  /** Everything that was sent, in order, and whether it was delivered. */
  readonly sent: readonly { readonly of: OutgoingNotification; readonly isDelivered: boolean }[];
  readonly crashed: boolean;
  /** Episodes of which `resolved` was planned. */
  readonly over: ReadonlySet<string>;
}

/** Plays the steps, then heals all and lets time pass. */
async function play(steps: readonly Step[], groups: boolean): Promise<Played> {
  const world = aDrainWorld([], { groups });
  const broken: string[] = [];
  const sent: { of: OutgoingNotification; isDelivered: boolean }[] = [];
  const open = new Map<string, string>();
  const over = new Set<string>();
  let silences: readonly Silence[] = [];
  let [crashed, isAmid, slots] = [false, false, 0];

  function silence(match: Silence["match"], untilMs: number): void {
    const id = `s-${silences.length}`;
    const order = { by: "anna", reason: "any", fromMs: world.clock.atMs, writtenAtMs: world.clock.atMs };
    silences = [...silences, { id, match, untilMs, ...order }];
    world.silence({ id, match, untilMs });
  }

  async function send(message: readonly OutgoingNotification[]) {
    const covered = message.filter(
      ({ facts }) => facts.kind !== "resolved" && silencesFor(facts, silences, world.clock.atMs).length > 0,
    );
    broken.push(...covered.map(({ id }) => id));
    if (isAmid) silence({}, world.clock.atMs + HOUR_MS);
    isAmid = false;
    const outcome = await world.ops.send(message);
    sent.push(...message.map((of) => ({ of, isDelivered: outcome.kind === "delivered" })));
    return outcome;
  }

  async function drain(stopAfter?: number): Promise<void> {
    const log: CallLog = { calls: [], stopAfter };
    const { outbox, queue, channelHealth } = world.deps;
    const telemetry = {
      ...world.telemetry,
      exception: (error: Error) => {
        if (!(error instanceof PlannedStopError)) throw error;
      },
    };
    try {
      await world.drain({
        telemetry,
        outbox: interruptible("outbox", outbox, log),
        queue: interruptible("queue", queue, log),
        channelHealth: interruptible("channelHealth", channelHealth, log),
        notifierOf: async () => interruptible("notifier", { ...world.ops, send }, log),
      });
    } catch (error) {
      if (!(error instanceof PlannedStopError)) throw error;
      crashed = true;
    }
  }

  function tell({ alert, ends, grave }: Extract<Step, { do: "tell" }>): void {
    slots += 1;
    const slotMs = world.clock.atMs + slots;
    const episode = open.get(alert) ?? `${alert}-${slotMs}`;
    const kind = !open.has(alert) ? "fired" : ends ? "resolved" : grave ? "escalated" : "reminder";
    if (kind === "resolved") {
      open.delete(alert);
      over.add(episode);
    } else open.set(alert, episode);
    const facts = { kind, episode, slotMs, severity: grave ? "critical" : "warning" } as const;
    world.plan(aRowOf(alert, facts, { nextAttemptAtMs: world.clock.atMs }));
  }

  async function take(next: Step): Promise<void> {
    switch (next.do) {
      case "tell":
        return tell(next);
      case "mood":
        return world.ops.setMood(next.mood);
      case "silence": {
        const match = next.severity === undefined ? {} : { severity: next.severity };
        return silence(match, world.clock.atMs + next.forMin * MINUTE_MS);
      }
      case "silence-amid-send":
        isAmid = true;
        return;
      case "end-silences":
        for (const { id, match, untilMs } of silences)
          world.silence({ id, match, untilMs: Math.min(untilMs, world.clock.atMs) });
        silences = [];
        return;
      case "wait":
        world.clock.atMs += next.seconds * SECOND_MS;
        return;
      case "drain":
        await Promise.all(Array.from({ length: next.times }, () => drain(next.stopAfter)));
    }
  }

  for (const next of steps) await take(next);
  isAmid = false;
  await take({ do: "end-silences" });
  world.ops.setMood("accepts");
  const operators = createFakeOperatorStore(world.storage);
  const test = { channel: "ops", reason: "the end", person: { by: "anna", byVerified: true } };
  await testChannel({ ...world.deps, operators }, test);
  for (let polls = 0; polls < 100; polls += 1) {
    world.clock.atMs += 15 * MINUTE_MS;
    await drain();
  }
  return { world, broken, sent, crashed, over };
}

function wentWell({ outcome, attempts }: Delivery): boolean {
  return outcome === "delivered" && attempts === 1;
}

describe("delivery, over random alerts, failures, silences, stops and parallel drains", () => {
  const stories = [fc.array(step, { maxLength: 60 }), fc.boolean()] as const;

  it("I9: once channels heal and time passes, the outbox is empty or dead, never stuck", async () => {
    await fc.assert(
      fc.asyncProperty(...stories, async (steps, groups) => {
        const { world, over } = await play(steps, groups);

        const left = await world.rows();
        expect(left.filter(({ dead }) => dead !== true)).toEqual([]);
        expect(left.filter(({ facts }) => over.has(facts.episode))).toEqual([]);
      }),
    );
  });

  it("I10: no send other than resolved starts after a silence that covers it was written", async () => {
    await fc.assert(
      fc.asyncProperty(...stories, async (steps, groups) => {
        expect((await play(steps, groups)).broken).toEqual([]);
      }),
    );
  });

  it("keeps the order of each alert, unless a stop made it send something twice", async () => {
    await fc.assert(
      fc.asyncProperty(...stories, async (steps, groups) => {
        const { sent, crashed } = await play(steps, groups);
        fc.pre(!crashed);

        for (const alert of ALERTS) {
          const slots = sent
            .filter(({ of, isDelivered }) => isDelivered && of.facts.alertKey === alert)
            .map(({ of }) => of.facts.slotMs);
          expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b));
        }
      }),
    );
  });

  it("I4: settles the end of each episode once: told, given up, or dropped when nothing of it was ever sent", async () => {
    await fc.assert(
      fc.asyncProperty(...stories, async (steps, groups) => {
        const { world, sent, over } = await play(steps, groups);

        const ends = [...world.settled(), ...world.dead()].filter(({ facts }) => facts.kind === "resolved");
        expect(ends.map(({ facts }) => facts.episode).sort()).toEqual([...over].sort());
        for (const { outcome, facts, reason } of ends) {
          if (outcome !== "superseded") continue;
          expect(reason).toBe("silenced-whole-episode");
          expect(sent.filter(({ of }) => of.facts.episode === facts.episode)).toEqual([]);
        }
      }),
    );
  });

  it("names the cause of everything that was not delivered, or may have come more than once", async () => {
    await fc.assert(
      fc.asyncProperty(...stories, async (steps, groups) => {
        const { world } = await play(steps, groups);

        const records = [...world.settled(), ...world.dead()];
        expect(records.filter((record) => wentWell(record) === (record.reason !== undefined))).toEqual([]);
        const ids = records.map(({ facts, channel }) => notificationId(facts, channel));
        expect(new Set(ids).size).toBe(ids.length);
        expect(world.storage.rows(DRAIN_TENANT, "live|outbox|").length).toBeLessThanOrEqual(ALERTS.length);
      }),
    );
  });
});
