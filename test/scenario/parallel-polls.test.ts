import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContentionError } from "../../src/domain/errors.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/units.ts";
import { aPolicy, goodReads, TENANT_ID } from "../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow } from "../builders/graph-rows.ts";
import { type AppWorld, anAppWorld, fakeStores, type WorldPoll, type WorldStores } from "../fakes/app-world.ts";
import { createMemoryStorage, type MemoryStorage } from "../fakes/memory-storage.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const policy = aPolicy();

const ages = [HOUR_MS, 40 * HOUR_MS, 40 * HOUR_MS, 80 * HOUR_MS, HOUR_MS, HOUR_MS, HOUR_MS];

function aPoll(index: number): WorldPoll {
  const slotMs = START_MS + index * PERIOD_MS;
  const beatMs = slotMs - (ages[index] ?? HOUR_MS);
  const complianceManagementPartners = [aCompliancePartnerRow({ beatMs })];
  const reads = goodReads({ complianceManagementPartners, connectorStatus: [aConnectorRow({ atMs: slotMs })] });
  return { slotMs, policy, reads };
}

function rowsOf(storage: MemoryStorage): readonly (readonly [string, unknown])[] {
  return storage.rows(TENANT_ID, "").map(({ rowKey, json }) => [rowKey, JSON.parse(json)]);
}

async function playSequentially(): Promise<MemoryStorage> {
  const storage = createMemoryStorage();
  const world = anAppWorld(fakeStores(storage));
  for (const index of ages.keys()) await world.poll(aPoll(index));
  return storage;
}

/** Lets the scheduler decide when each storage call of each worker comes through. */
function scheduled(stores: WorldStores, scheduler: fc.Scheduler): WorldStores {
  return {
    ...stores,
    store: {
      loadLive: (tenantId) => scheduler.schedule(Promise.resolve()).then(() => stores.store.loadLive(tenantId)),
      loadGone: (tenantId) => scheduler.schedule(Promise.resolve()).then(() => stores.store.loadGone(tenantId)),
      commit: (tenantId, transaction) =>
        scheduler.schedule(Promise.resolve()).then(() => stores.store.commit(tenantId, transaction)),
    },
  };
}

/** A worker that lost five times goes back to the queue, and its message finds the slot polled. */
async function pollAsQueued(world: AppWorld, poll: WorldPoll): Promise<void> {
  await world.poll(poll).catch((error: unknown) => {
    if (!(error instanceof ContentionError)) throw error;
    return pollAsQueued(world, poll);
  });
}

describe("polls of one slot at the same time", () => {
  it.each([2, 5])("end as one when there are %i of them", async (workers) => {
    const storage = createMemoryStorage();
    const world = anAppWorld(fakeStores(storage));

    for (const index of ages.keys()) {
      await Promise.all(Array.from({ length: workers }, () => pollAsQueued(world, aPoll(index))));
    }

    expect(rowsOf(storage)).toEqual(rowsOf(await playSequentially()));
  });

  it("I12: write the same rows and notification ids as one worker, in whatever order their calls come through", async () => {
    const sequential = rowsOf(await playSequentially());
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, workers) => {
        const storage = createMemoryStorage();
        const world = anAppWorld(scheduled(fakeStores(storage), scheduler));

        for (const index of ages.keys()) {
          const polls = Promise.all(Array.from({ length: workers }, () => pollAsQueued(world, aPoll(index))));
          await scheduler.waitFor(polls);
        }

        expect(rowsOf(storage)).toEqual(sequential);
      }),
      { numRuns: 40 },
    );
  });

  it("I12: write the same notification ids when the messages of several slots come late and at once", async () => {
    const sequential = rowsOf(await playSequentially());
    const idsOf = (rows: typeof sequential) =>
      rows.flatMap(([rowKey]) => (rowKey.startsWith("live|outbox|") ? [rowKey] : []));
    const storage = createMemoryStorage();
    const world = anAppWorld(fakeStores(storage));

    for (const index of ages.keys()) {
      await Promise.all(
        [aPoll(index), aPoll(index), aPoll(Math.max(0, index - 1))].map((poll) =>
          pollAsQueued(world, { ...poll, nowMs: START_MS + index * PERIOD_MS }),
        ),
      );
    }

    expect(idsOf(rowsOf(storage))).toEqual(idsOf(sequential));
  });
});
