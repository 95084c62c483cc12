import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../src/domain/connections/source.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/domain/units.ts";
import { aPolicy, aRoute, goodReads, TENANT_ID } from "../builders/a-policy.ts";
import { aCompliancePartnerRow, aManagementPartnerRow } from "../builders/graph-rows.ts";
import { type AppWorld, anAppWorld, fakeStores } from "../fakes/app-world.ts";
import { type CallLog, PlannedStopError } from "../fakes/interruptible.ts";
import { createMemoryStorage, type MemoryStorage } from "../fakes/memory-storage.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
/** How long the host hides a queue message whose handler failed (host.json); longer than a lease. */
const HIDDEN_MS = 75 * SECOND_MS;

const policy = aPolicy({
  channels: [aRoute({ name: "ops" }), aRoute({ name: "pager", minSeverity: "error" })],
});

/** A partner goes quiet, is reported unresponsive, and comes back; thirty neighbours make the first poll more than one transaction. */
const ages = [HOUR_MS, 40 * HOUR_MS, 40 * HOUR_MS, 73 * HOUR_MS, HOUR_MS, HOUR_MS, HOUR_MS, HOUR_MS];

function readsOf(slotMs: number, ageMs: number): readonly SourceRead[] {
  const neighbours = Array.from({ length: 30 }, (_, index) =>
    aManagementPartnerRow({ id: `neighbour-${index}`, beatMs: slotMs - MINUTE_MS }),
  );
  const state = ageMs > 72 * HOUR_MS ? "unresponsive" : "enabled";
  return goodReads({
    complianceManagementPartners: [aCompliancePartnerRow({ beatMs: slotMs - ageMs, state })],
    deviceManagementPartners: neighbours,
  });
}

interface Interruption {
  /** The message whose handling is stopped, such as `poll 2`. */
  readonly message: string;
  readonly stopAfter: number;
  readonly call: string;
}

interface Played {
  readonly world: AppWorld;
  readonly storage: MemoryStorage;
  /** The port calls behind each message, in order. */
  readonly log: ReadonlyMap<string, readonly string[]>;
  /** Whether the planned stop happened. */
  readonly stopped: boolean;
  /** Messages sent but not settled when it did: the only ones that a receiver may get twice. */
  readonly unsettledAtStop: number;
}

/** Plays the story message by message; a message whose handling stops comes back once, as the queue would bring it. */
async function play(interruption?: Interruption): Promise<Played> {
  const storage = createMemoryStorage();
  const world = anAppWorld(fakeStores(storage));
  const log = new Map<string, readonly string[]>();
  let stopped = false;
  let unsettledAtStop = 0;

  async function handle(message: string, run: (calls: CallLog, isRepeat: boolean) => Promise<unknown>): Promise<void> {
    const isPlanned = interruption?.message === message;
    const calls: CallLog = { calls: [], stopAfter: isPlanned ? interruption.stopAfter : undefined };
    log.set(message, calls.calls);
    try {
      await run(calls, false);
    } catch (error) {
      if (!(error instanceof PlannedStopError)) throw error;
      stopped = true;
      unsettledAtStop = world.sent.length - storage.rows(TENANT_ID, "delivery|").length;
      await run({ calls: [] }, true);
    }
  }

  for (const [index, ageMs] of ages.entries()) {
    const slotMs = START_MS + index * PERIOD_MS;
    const poll = { slotMs, policy, reads: readsOf(slotMs, ageMs) };
    await handle(`poll ${index}`, (calls, isRepeat) =>
      world.poll({ ...poll, nowMs: slotMs + (isRepeat ? HIDDEN_MS : 0) }, calls),
    );
    if (world.queue.takeDeliveries().length === 0) continue;
    await handle(`drain ${index}`, (calls, isRepeat) =>
      world.drain({ tenantId: TENANT_ID, nowMs: slotMs + MINUTE_MS + (isRepeat ? HIDDEN_MS : 0) }, calls),
    );
  }
  return { world, storage, log, stopped, unsettledAtStop };
}

const clean = await play();
const interruptions: readonly Interruption[] = [...clean.log].flatMap(([message, calls]) =>
  calls.map((call, index) => ({ message, stopAfter: index + 1, call })),
);

function idsOf({ world }: Played): readonly string[] {
  return world.sent.map(({ id }) => id).sort();
}

/** What must be alike after any stop: all but the times at which the repeated message came to it. */
function rowsOf({ storage }: Played, prefix: string): readonly unknown[] {
  return storage.rows(TENANT_ID, prefix).map(({ rowKey, json }) => [rowKey, withoutTimes(json)]);
}

function withoutTimes(json: string): unknown {
  return JSON.parse(json, (key, value: unknown) =>
    ["observedAtMs", "attempts", "firstAttemptAtMs", "settledAtMs", "lastGoodAtMs", "digest", "measured"].includes(key)
      ? undefined
      : value,
  );
}

describe("the story without a stop", () => {
  it("tells each channel what concerns it, once, and leaves nothing waiting", () => {
    const told = clean.world.sent.map(({ facts }) => `${facts.kind} ${facts.ruleId} ${facts.severity}`);

    expect(told.filter((line) => line.includes("heartbeat-age"))).toEqual([
      "fired heartbeat-age warning",
      "escalated heartbeat-age error",
      "fired heartbeat-age error",
      "resolved heartbeat-age error",
      "resolved heartbeat-age error",
    ]);
    expect(rowsOf(clean, "live|outbox|")).toEqual([]);
  });

  it("calls every port, so that the stops below cover them all", () => {
    expect(new Set(interruptions.map(({ call }) => call))).toEqual(
      new Set([
        "store.loadLive",
        "store.loadGone",
        "source.read",
        "store.commit",
        "overview.project",
        "queue.requestDelivery",
        "channelHealth.load",
        "outbox.load",
        "outbox.loadSilences",
        "outbox.update",
        "outbox.settle",
        "notifier.send",
      ]),
    );
    expect(clean.log.get("poll 0")?.filter((call) => call === "store.commit").length).toBeGreaterThan(1);
  });
});

describe("a stop behind a port call", () => {
  it.each(interruptions)(
    "$call ($message, call $stopAfter) is repaired by the repeated message",
    async (interruption) => {
      const played = await play(interruption);

      expect(played.stopped).toBe(true);
      expect(new Set(idsOf(played))).toEqual(new Set(idsOf(clean)));
      const repeats = idsOf(played).length - idsOf(clean).length;
      expect(repeats).toBe(played.unsettledAtStop);
      expect(rowsOf(played, "live|outbox|")).toEqual([]);
      for (const prefix of ["live|state|", "event|", "feed|", "delivery|"]) {
        expect([prefix, rowsOf(played, prefix).length]).toEqual([prefix, rowsOf(clean, prefix).length]);
      }
      expect(rowsOf(played, "live|state|")).toEqual(rowsOf(clean, "live|state|"));
      expect(rowsOf(played, "feed|")).toEqual(rowsOf(clean, "feed|"));
    },
  );
});
