import { describe, expect, it } from "vitest";
import { type TidyDeps, tidyHistory } from "../../../src/app/tidy-history.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import type { PruneRequest } from "../../../src/ports/history-store.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 3, 17);
const RETENTION = { snapshotsMs: 90 * DAY_MS, eventsMs: 400 * DAY_MS, deliveriesMs: 30 * DAY_MS };

interface Call extends PruneRequest {
  readonly tenantId: string;
}

/** Makes a store that has so many old snapshots of each tenant, and a clock that moves on with each call to it. */
function aWorld(oldSnapshots: Readonly<Record<string, number>>, msPerCall = 0, startMs = NOW_MS) {
  const left = new Map(Object.entries(oldSnapshots));
  const calls: Call[] = [];
  let nowMs = startMs;
  const prune: TidyDeps["history"]["prune"] = async (tenantId, request) => {
    calls.push({ tenantId, ...request });
    nowMs += msPerCall;
    if (!left.has(tenantId)) throw new Error("Cannot reach the rows of this tenant");
    const deleted = request.kind === "snapshots" ? Math.min(left.get(tenantId) ?? 0, request.maxRows) : 0;
    left.set(tenantId, (left.get(tenantId) ?? 0) - deleted);
    return deleted;
  };
  const history = { ...createFakeHistoryStore(createMemoryStorage()), prune };
  return { calls, left, deps: { history, clock: { nowMs: () => nowMs } } };
}

describe("tidyHistory()", () => {
  it("prunes each kind of row by its retention", async () => {
    const { deps, calls } = aWorld({ a: 0 });

    await tidyHistory(deps, { tenantIds: ["a"], retention: RETENTION });

    expect(calls.map(({ kind, olderThanMs }) => [kind, (NOW_MS - olderThanMs) / DAY_MS])).toEqual([
      ["snapshots", 90],
      ["events", 400],
      ["deliveries", 30],
      ["dead-letters", 30],
    ]);
  });

  it("goes on in batches until nothing old is left", async () => {
    const { deps, calls, left } = aWorld({ a: 2_500 });

    const report = await tidyHistory(deps, { tenantIds: ["a"], retention: RETENTION });

    expect(report).toEqual({ deleted: 2_500, unfinished: 0 });
    expect(left.get("a")).toBe(0);
    expect(calls.filter(({ kind }) => kind === "snapshots")).toHaveLength(3);
  });

  it("stops when the time is used up and says how many tenants are not finished", async () => {
    const { deps, calls } = aWorld({ a: 5_000, b: 5_000 }, MINUTE_MS);

    const report = await tidyHistory(deps, { tenantIds: ["a", "b"], retention: RETENTION });

    expect(report).toEqual({ deleted: 3_000, unfinished: 2 });
    expect(calls).toHaveLength(3);
  });

  it("begins with another tenant each day", async () => {
    const firsts = [];
    for (const day of [0, 1, 2, 3]) {
      const { deps, calls } = aWorld({ a: 0, b: 0, c: 0 }, 0, NOW_MS + day * DAY_MS);
      await tidyHistory(deps, { tenantIds: ["a", "b", "c"], retention: RETENTION });
      firsts.push(calls[0]?.tenantId);
      expect(new Set(calls.map(({ tenantId }) => tenantId)).size).toBe(3);
    }

    expect(new Set(firsts.slice(0, 3)).size).toBe(3);
    expect(firsts[3]).toBe(firsts[0]);
  });

  it("tidies all other tenants when one fails, and fails in the end", async () => {
    const { deps, left } = aWorld({ a: 10, c: 10 });

    const run = tidyHistory(deps, { tenantIds: ["a", "b", "c"], retention: RETENTION });

    await expect(run).rejects.toMatchObject({ message: "Cannot tidy the history: 1 of 3 tenants failed" });
    expect([left.get("a"), left.get("c")]).toEqual([0, 0]);
  });

  it("has nothing to do without tenants", async () => {
    const { deps } = aWorld({});

    expect(await tidyHistory(deps, { tenantIds: [], retention: RETENTION })).toEqual({ deleted: 0, unfinished: 0 });
  });
});
