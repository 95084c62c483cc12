import { describe, expect, it } from "vitest";
import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import { type ReplayDeps, replayDelivery } from "../../../src/app/replay-delivery.ts";
import type { AlertState } from "../../../src/domain/alerts/alert-state.ts";
import type { OutboxRow } from "../../../src/domain/delivery/notification.ts";
import type { AuditEntry } from "../../../src/domain/history/audit-entry.ts";
import { SLOT_MS } from "../../builders/a-notification.ts";
import { anAlert, aState } from "../../contract/storage/storage-builders.ts";
import { aDrainWorld, aRowOf, DRAIN_TENANT, idOfRow, nameOf } from "../../fakes/drain-world.ts";
import { createFakeDeadLetters } from "../../fakes/fake-dead-letters.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { parseRow } from "../../fakes/memory-storage.ts";

const FIRED = aRowOf("a");
const RESOLVED = aRowOf("a", { kind: "resolved", slotMs: SLOT_MS + 1 });

const AUDIT: AuditEntry = {
  id: "a-1",
  atMs: SLOT_MS,
  by: "anna",
  byVerified: true,
  action: "replay-delivery",
  target: idOfRow(FIRED),
  reason: "the address was wrong",
};

/** A world in which these notifications were refused, one after the other, and the receiver is well now. */
async function aWorld(...rows: readonly OutboxRow[]) {
  const world = aDrainWorld();
  world.ops.setMood("refuses");
  for (const row of rows) {
    world.plan(row);
    await world.drain();
  }
  world.ops.setMood("accepts");
  const deps: ReplayDeps = {
    ...world.deps,
    deadLetters: createFakeDeadLetters(world.storage),
    store: createFakeMonitorStore(world.storage),
  };
  return {
    ...world,
    setAlert: (alert: Partial<AlertState>) => {
      const { connectionKey } = FIRED.facts;
      const value = aState({ connectionKey, alerts: { "heartbeat-age": anAlert(alert) } });
      world.storage.transact(DRAIN_TENANT, [{ op: "put", rowKey: stateKey(connectionKey), value }]);
    },
    replay: (row: OutboxRow, overrides: Partial<ReplayDeps> = {}) =>
      replayDelivery({ ...deps, ...overrides }, { tenantId: DRAIN_TENANT, id: idOfRow(row) }, AUDIT),
    deps,
    audits: () => world.storage.rows(DRAIN_TENANT, "audit|").map((row) => parseRow<AuditEntry>(row)),
  };
}

const OPEN = { episode: { id: FIRED.facts.episode, firedSlotMs: SLOT_MS } };

describe("replayDelivery()", () => {
  it("has it sent again with all its attempts, writes the audit entry and rings", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    world.clock.atMs += 5_000;

    const outcome = await world.replay(FIRED);

    expect(outcome).toEqual({ kind: "replayed" });
    expect(world.bells()).toEqual([0]);
    expect(await world.rows()).toEqual([{ ...FIRED, wasTried: true, nextAttemptAtMs: SLOT_MS }]);
    expect(world.dead()).toEqual([]);
    expect(world.audits()).toEqual([AUDIT]);
    await world.drain();
    expect(world.ops.received.map(({ id, isFirstNotice }) => [id, isFirstNotice]).at(-1)).toEqual([
      idOfRow(FIRED),
      false,
    ]);
    expect(world.settled().map(nameOf)).toEqual(["a fired"]);
    expect(await world.rows()).toEqual([]);
  });

  it("has it sent once when it is asked twice", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    await world.replay(FIRED);

    const again = await world.replay(FIRED);
    await world.drain();
    const late = await world.replay(FIRED);

    expect(again).toEqual({ kind: "replayed" });
    expect(late).toEqual({ kind: "not-found" });
    expect(world.audits()).toHaveLength(1);
    expect(world.settled()).toHaveLength(1);
  });

  it("does not take one that was given up again for the record of before", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    const at = { tenantId: DRAIN_TENANT, id: idOfRow(FIRED) };

    const stale = await replayDelivery(world.deps, { ...at, settledAtMs: SLOT_MS - 1 }, AUDIT);
    const fresh = await replayDelivery(world.deps, { ...at, settledAtMs: SLOT_MS }, AUDIT);

    expect([stale, fresh]).toEqual([{ kind: "not-found" }, { kind: "replayed" }]);
  });

  it("finds nothing that never died", async () => {
    const world = await aWorld();

    expect(await world.replay(FIRED)).toEqual({ kind: "not-found" });
  });

  it("refuses when the episode is over, and leaves everything as it is", async () => {
    const world = await aWorld(FIRED);
    const before = await world.rows();

    const outcome = await world.replay(FIRED);

    expect(outcome).toEqual({ kind: "conflict", reason: "episode-over" });
    expect(await world.rows()).toEqual(before);
    expect(world.dead()).toHaveLength(1);
    expect(world.audits()).toEqual([]);
    expect(world.bells()).toEqual([]);
  });

  it("refuses when the channel has heard something newer of the episode", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    world.plan(aRowOf("a", { kind: "escalated", slotMs: SLOT_MS + 1 }));
    await world.drain();

    expect(await world.replay(FIRED)).toEqual({ kind: "conflict", reason: "newer-delivered" });
  });

  it("has the end told of what was tried before it was given up, though a silence covers the rest", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    await world.replay(FIRED);
    world.silence();
    world.plan(RESOLVED);

    await world.drain();

    expect(world.ops.received.map(nameOf)).toEqual(["a fired", "a resolved"]);
    expect(world.settled().map((delivery) => [nameOf(delivery), delivery.outcome])).toEqual([
      ["a fired", "superseded"],
      ["a resolved", "delivered"],
    ]);
  });

  it("remembers an attempt when it is given up unsent in between", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    await world.replay(FIRED);
    await world.drain({ notifierOf: async () => undefined });

    await world.replay(FIRED);

    expect(await world.rows()).toEqual([expect.objectContaining({ attempts: 0, wasTried: true })]);
  });

  it("drops both under a silence when it was given up without an attempt", async () => {
    const world = await aWorld();
    world.plan(FIRED);
    await world.drain({ notifierOf: async () => undefined });
    world.setAlert(OPEN);
    await world.replay(FIRED);
    world.silence();
    world.plan(RESOLVED);

    await world.drain();

    expect(world.ops.received).toEqual([]);
    expect(world.settled().map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["superseded", "silenced-whole-episode"],
      ["superseded", "silenced-whole-episode"],
    ]);
  });

  it.each([
    { label: "no episode is open", alert: { phase: "inactive" as const }, kind: "replayed" },
    {
      label: "a newer episode is open",
      alert: { episode: { id: "newer", firedSlotMs: SLOT_MS + 2 } },
      kind: "conflict",
    },
  ])("says $kind of a resolved when $label", async ({ alert, kind }) => {
    const world = await aWorld(FIRED, RESOLVED);
    world.setAlert(alert);

    expect(await world.replay(RESOLVED)).toMatchObject({ kind });
  });

  it("does not send what a poll has ended while it was asked for", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    const { deliveredSince } = world.deps.deadLetters;
    const slow: ReplayDeps["deadLetters"]["deliveredSince"] = async (...args) => {
      world.setAlert({ phase: "inactive" });
      return deliveredSince(...args);
    };

    const outcome = await world.replay(FIRED, { deadLetters: { ...world.deps.deadLetters, deliveredSince: slow } });

    expect(outcome).toEqual({ kind: "conflict", reason: "changed-meanwhile" });
    expect(world.bells()).toEqual([]);
  });

  it("says so when somebody else was faster", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    const deadLetters = { ...world.deps.deadLetters, replay: async () => "conflict" as const };

    expect(await world.replay(FIRED, { deadLetters })).toEqual({ kind: "conflict", reason: "changed-meanwhile" });
  });

  it("knows its own write behind a conflict that was none", async () => {
    const world = await aWorld(FIRED);
    world.setAlert(OPEN);
    const { replay } = world.deps.deadLetters;
    const ambiguous: ReplayDeps["deadLetters"]["replay"] = async (...args) => {
      await replay(...args);
      return "conflict";
    };

    const outcome = await world.replay(FIRED, { deadLetters: { ...world.deps.deadLetters, replay: ambiguous } });

    expect(outcome).toEqual({ kind: "replayed" });
    expect(world.bells()).toEqual([0]);
  });
});
