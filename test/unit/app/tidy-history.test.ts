import { describe, expect, it } from "vitest";
import { type TidyDeps, tidyHistory } from "../../../src/app/tidy-history.ts";
import { FLEET } from "../../../src/domain/poll/fleet.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import type { PruneRequest } from "../../../src/ports/history-store.ts";
import { anAudit, aSilence } from "../../contract/storage/storage-builders.ts";
import { createFakeSuppressionStore } from "../../fakes/fake-suppression-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 3, 17);
const RETENTION = {
  snapshotsMs: 90 * DAY_MS,
  eventsMs: 400 * DAY_MS,
  dailyMs: 1_825 * DAY_MS,
  deliveriesMs: 30 * DAY_MS,
};

interface Call extends PruneRequest {
  readonly tenantId: string;
}

/**
 * Makes a store that has so many old snapshots of each tenant, or cannot reach them, and a clock that moves on with each
 * call to it.
 */
function aWorld(oldSnapshots: Readonly<Record<string, number | "lost">>, msPerCall = 0, startMs = NOW_MS) {
  const left = new Map(Object.entries(oldSnapshots));
  const calls: Call[] = [];
  let nowMs = startMs;
  const prune: TidyDeps["history"]["prune"] = async (tenantId, request) => {
    calls.push({ tenantId, ...request });
    nowMs += msPerCall;
    const old = left.get(tenantId);
    if (typeof old !== "number") throw new Error("Cannot reach the rows of this tenant");
    const deleted = request.kind === "snapshots" ? Math.min(old, request.maxRows) : 0;
    left.set(tenantId, old - deleted);
    return deleted;
  };
  const tenantIds = async () => [...left.keys()];
  const suppressions = createFakeSuppressionStore(createMemoryStorage());
  return {
    calls,
    left,
    suppressions,
    deps: { history: { tenantIds, prune }, suppressions, clock: { nowMs: () => nowMs } },
  };
}

describe("tidyHistory()", () => {
  it("prunes each kind of row by its retention", async () => {
    const { deps, calls } = aWorld({ a: 0 });

    await tidyHistory(deps, RETENTION);

    const ofTenant = calls.filter(({ tenantId }) => tenantId === "a");
    expect(ofTenant.map(({ kind, olderThanMs }) => [kind, (NOW_MS - olderThanMs) / DAY_MS])).toEqual([
      ["snapshots", 90],
      ["events", 400],
      ["daily", 1_825],
      ["deliveries", 30],
      ["dead-letters", 30],
      ["silences", 400],
      ["audit", 400],
      ["set-aside", 400],
      ["gone", 1_825],
    ]);
  });

  it("goes on in batches until nothing old is left", async () => {
    const { deps, calls, left } = aWorld({ a: 2_500 });

    const report = await tidyHistory(deps, RETENTION);

    expect(report).toEqual({ deleted: 2_500, retired: 0, unfinished: 0 });
    expect(left.get("a")).toBe(0);
    expect(calls.filter(({ kind, tenantId }) => kind === "snapshots" && tenantId === "a")).toHaveLength(3);
  });

  it("stops when the time is used up and says how many tenants are not finished", async () => {
    const { deps, calls } = aWorld({ a: 5_000, b: 5_000, [FLEET]: 5_000 }, MINUTE_MS);

    const report = await tidyHistory(deps, RETENTION);

    expect(report).toEqual({ deleted: 3_000, retired: 0, unfinished: 3 });
    expect(calls).toHaveLength(3);
  });

  it("begins with another tenant each day", async () => {
    const firsts = [];
    for (const day of [0, 1, 2, 3, 4]) {
      const { deps, calls } = aWorld({ a: 0, b: 0, c: 0, [FLEET]: 0 }, 0, NOW_MS + day * DAY_MS);
      await tidyHistory(deps, RETENTION);
      firsts.push(calls[0]?.tenantId);
      expect(new Set(calls.map(({ tenantId }) => tenantId)).size).toBe(4);
    }

    expect(new Set(firsts.slice(0, 4))).toEqual(new Set(["a", "b", "c", FLEET]));
    expect(firsts[4]).toBe(firsts[0]);
  });

  it("tidies all other tenants when one fails, and fails in the end", async () => {
    const { deps, left } = aWorld({ a: 10, b: "lost", c: 10 });

    const run = tidyHistory(deps, RETENTION);

    await expect(run).rejects.toMatchObject({ message: "Cannot tidy the history: 1 of 3 partitions failed" });
    expect([left.get("a"), left.get("c")]).toEqual([0, 0]);
  });

  it("has nothing to do where nobody has rows", async () => {
    const { deps } = aWorld({});

    expect(await tidyHistory(deps, RETENTION)).toEqual({ deleted: 0, retired: 0, unfinished: 0 });
  });

  it("retires the silences of each tenant and of the fleet that have been over for a day", async () => {
    const { deps, suppressions } = aWorld({ a: 0, [FLEET]: 0 });
    for (const tenantId of ["a", FLEET]) {
      for (const [id, untilMs] of [
        ["over", NOW_MS - DAY_MS],
        ["just-over", NOW_MS - DAY_MS + 1],
      ] as const) {
        await suppressions.writeSilence(tenantId, aSilence({ id, untilMs }), anAudit({ id }));
      }
    }

    const report = await tidyHistory(deps, RETENTION);

    expect(report.retired).toBe(2);
    for (const tenantId of ["a", FLEET]) {
      expect((await suppressions.listSilences(tenantId)).map(({ id }) => id)).toEqual(["just-over"]);
    }
  });

  it("retires nothing any more when the time is used up", async () => {
    const { deps, suppressions } = aWorld({ a: 5_000, [FLEET]: 0 }, 3 * MINUTE_MS);
    for (const tenantId of ["a", FLEET]) {
      await suppressions.writeSilence(tenantId, aSilence({ untilMs: NOW_MS - DAY_MS }), anAudit());
    }

    const report = await tidyHistory(deps, RETENTION);

    expect(report).toMatchObject({ retired: 1, unfinished: 2 });
  });
});
