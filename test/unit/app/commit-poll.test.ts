import { describe, expect, it } from "vitest";
import { commitPoll } from "../../../src/app/commit-poll.ts";
import { ContentionError } from "../../../src/domain/errors.ts";
import type { LivePartition } from "../../../src/domain/poll/live-partition.ts";
import { planPoll } from "../../../src/domain/poll/plan-poll.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { aPolicy, digest, goodReads } from "../../builders/a-policy.ts";
import { fakeStores } from "../../fakes/app-world.ts";

const SLOT_MS = Date.UTC(2026, 10, 22);
const PERIOD_MS = 15 * MINUTE_MS;
const policy = aPolicy();

/** A store whose first commits meet others' writes. */
function aWorld(conflicts = 0) {
  const { store } = fakeStores();
  const planned: LivePartition[] = [];
  let left = conflicts;
  const deps = {
    store: {
      loadLive: store.loadLive,
      commit: async (...commit: Parameters<typeof store.commit>) => {
        left -= 1;
        return left >= 0 ? ("conflict" as const) : store.commit(...commit);
      },
    },
    clock: { nowMs: () => SLOT_MS + PERIOD_MS },
  };
  const commit = (slotMs = SLOT_MS) =>
    commitPoll(deps, { policy, slotMs }, async (live) => {
      planned.push(live);
      const observed = { kind: "tenant", reads: goodReads() } as const;
      return planPoll({ live, observed, gone: [] }, { policy, slotMs, nowMs: slotMs, observedAtMs: slotMs, digest });
    });
  return { commit, planned };
}

describe("commitPoll()", () => {
  it("gives what the plan leaves behind", async () => {
    expect(await aWorld().commit()).toMatchObject({
      kind: "polled",
      head: { lastSlotMs: SLOT_MS },
      overview: { tenantId: policy.tenantId, lastSlotMs: SLOT_MS },
      transactions: 1,
      notifications: 0,
    });
  });

  it.each([
    { name: "the slot", slotMs: SLOT_MS },
    { name: "a newer slot", slotMs: SLOT_MS - PERIOD_MS },
  ])("plans nothing when $name was polled before, and gives what stands", async ({ slotMs }) => {
    const world = aWorld();
    const first = await world.commit();

    const again = await world.commit(slotMs);

    expect(world.planned).toHaveLength(1);
    expect(again).toMatchObject({
      kind: "already-polled",
      head: first.head,
      overview: first.overview,
      transactions: 0,
      notifications: 0,
    });
  });

  it("plans anew from what is there after a conflict", async () => {
    const world = aWorld(4);

    expect((await world.commit()).kind).toBe("polled");
    expect(world.planned).toHaveLength(5);
  });

  it("gives up after five conflicts", async () => {
    await expect(aWorld(5).commit()).rejects.toThrow(ContentionError);
  });

  it("refuses a slot more than a minute ahead of the clock", async () => {
    const world = aWorld();

    await expect(world.commit(SLOT_MS + PERIOD_MS + MINUTE_MS + 1)).rejects.toThrow(RangeError);
    expect((await world.commit(SLOT_MS + PERIOD_MS + MINUTE_MS)).kind).toBe("polled");
  });
});
