import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../src/domain/connections/source.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/domain/units.ts";
import { aPolicy, goodReads, TENANT_ID } from "../builders/a-policy.ts";
import { aManagementPartnerRow } from "../builders/graph-rows.ts";
import { type AppWorld, anAppWorld, fakeStores } from "../fakes/app-world.ts";
import { type CallLog, PlannedStopError } from "../fakes/interruptible.ts";
import { createMemoryStorage, type MemoryStorage } from "../fakes/memory-storage.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
/** How long the host hides a queue message whose handler failed (host.json); longer than a lease. */
const HIDDEN_MS = 75 * SECOND_MS;
const PARTNERS = 200;
const policy = aPolicy();

/** All partners were in touch two days ago, or an hour ago. */
function readsOf(slotMs: number, ageMs: number): readonly SourceRead[] {
  const partners = Array.from({ length: PARTNERS }, (_, index) =>
    aManagementPartnerRow({ id: `partner-${index}`, beatMs: slotMs - ageMs }),
  );
  return goodReads({ deviceManagementPartners: partners });
}

/** Polls one slot; the queue brings a message again whose handling stops. */
async function pollAndDrain(world: AppWorld, index: number, ageMs: number, drainLog: CallLog = { calls: [] }) {
  const slotMs = START_MS + index * PERIOD_MS;
  await world.poll({ slotMs, policy, reads: readsOf(slotMs, ageMs) });
  if (world.queue.takeDeliveries().length === 0) return;
  await world.drain({ tenantId: TENANT_ID, nowMs: slotMs + MINUTE_MS }, drainLog);
}

/** Starts the program on what the storage holds: nothing else outlives a restart. */
function start(storage: MemoryStorage): AppWorld {
  return anAppWorld(fakeStores(storage));
}

function idsOf({ sent }: AppWorld): readonly string[] {
  return sent.map(({ id }) => id);
}

describe("a restart with 200 firing alerts", () => {
  it("tells nothing again of what was told, and each end once", async () => {
    const storage = createMemoryStorage();
    const before = start(storage);
    await pollAndDrain(before, 0, 40 * HOUR_MS);
    await pollAndDrain(before, 1, 40 * HOUR_MS);
    const after = start(storage);

    for (const index of [2, 3, 4]) await pollAndDrain(after, index, 40 * HOUR_MS);
    const meanwhile = idsOf(after);
    for (const index of [5, 6, 7]) await pollAndDrain(after, index, HOUR_MS);

    expect(before.sent.map(({ facts }) => facts.kind)).toEqual(Array.from({ length: PARTNERS }, () => "fired"));
    expect(new Set(idsOf(before)).size).toBe(PARTNERS);
    expect(meanwhile).toEqual([]);
    expect(after.sent.map(({ facts }) => facts.kind)).toEqual(Array.from({ length: PARTNERS }, () => "resolved"));
    expect(new Set(after.sent.map(({ facts }) => facts.episode))).toEqual(
      new Set(before.sent.map(({ facts }) => facts.episode)),
    );
  });

  it.each([{ stopAfter: 299 }, { stopAfter: 300 }, { stopAfter: 301 }, { stopAfter: 302 }])(
    "in the middle of the drain, behind its call $stopAfter, repeats only what had not been settled",
    async ({ stopAfter }) => {
      const storage = createMemoryStorage();
      const before = start(storage);
      await pollAndDrain(before, 0, 40 * HOUR_MS);
      await expect(pollAndDrain(before, 1, 40 * HOUR_MS, { calls: [], stopAfter })).rejects.toThrow(PlannedStopError);
      const unsettled = before.sent.length - storage.rows(TENANT_ID, "delivery|").length;
      const after = start(storage);

      await after.drain({ tenantId: TENANT_ID, nowMs: START_MS + PERIOD_MS + MINUTE_MS + HIDDEN_MS });
      await pollAndDrain(after, 2, 40 * HOUR_MS);

      const all = [...idsOf(before), ...idsOf(after)];
      expect(new Set(all).size).toBe(PARTNERS);
      expect(all.length - PARTNERS).toBe(unsettled);
      expect(unsettled).toBeLessThanOrEqual(1);
      expect(storage.rows(TENANT_ID, "live|outbox|")).toEqual([]);
    },
  );
});
