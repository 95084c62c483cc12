import { describe, expect, it } from "vitest";
import { type ScheduleDeps, schedulePolls } from "../../../src/app/schedule-polls.ts";
import { DependencyError } from "../../../src/domain/errors.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../src/domain/units.ts";
import type { OverviewStore } from "../../../src/ports/monitor-store.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const SLOT_MS = Date.UTC(2026, 10, 22, 4);
const PERIOD_MS = 15 * MINUTE_MS;

/** Makes what scheduling needs, with the far ends to look at. */
function aWorld(changes: Partial<ScheduleDeps> = {}, nowMs = SLOT_MS) {
  const queue = createFakeWorkQueue();
  const overview = createFakeOverviewStore(createMemoryStorage());
  return { queue, overview, deps: { queue, overview, clock: { nowMs: () => nowMs }, ...changes } };
}

function tenantIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `tenant-${index}`);
}

function failure(dependency: "queues" | "tables"): DependencyError {
  return new DependencyError("Cannot reach storage", { dependency, operation: "write", retryable: true });
}

describe("schedulePolls()", () => {
  it("asks for one poll of every tenant, for the slot that has begun", async () => {
    const { deps, queue } = aWorld({}, SLOT_MS + 7 * SECOND_MS);

    const report = await schedulePolls(deps, { tenantIds: ["a", "b"], periodMs: PERIOD_MS });

    expect(queue.takePolls().map(({ request }) => request)).toEqual([
      { tenantId: "a", slotMs: SLOT_MS },
      { tenantId: "b", slotMs: SLOT_MS },
    ]);
    expect(report).toEqual({ slotMs: SLOT_MS, requested: 2, registered: 2 });
  });

  it.each([
    ["5 s early", -5 * SECOND_MS, SLOT_MS],
    ["more than 5 s early", -5 * SECOND_MS - 1, SLOT_MS - PERIOD_MS],
    ["a whole period late", PERIOD_MS, SLOT_MS + PERIOD_MS],
  ])("names the slot when the timer fires %s", async (_case, offsetMs, slotMs) => {
    const { deps } = aWorld({}, SLOT_MS + offsetMs);

    const report = await schedulePolls(deps, { tenantIds: ["a"], periodMs: PERIOD_MS });

    expect(report.slotMs).toBe(slotMs);
  });

  it.each([
    ["5 minutes", "long", HOUR_MS, [0, 75, 150, 225]],
    ["a third", "short", 2 * MINUTE_MS, [0, 10, 20, 30]],
  ])("spreads the polls over %s of a %s period, alike each time", async (_share, _length, periodMs, delaysS) => {
    const { deps, queue } = aWorld();
    const input = { tenantIds: tenantIds(4), periodMs };

    await schedulePolls(deps, input);
    const delays = queue.takePolls().map(({ delayMs }) => delayMs / SECOND_MS);
    await schedulePolls(deps, input);
    const again = queue.takePolls().map(({ delayMs }) => delayMs / SECOND_MS);

    expect(delays).toEqual(delaysS);
    expect(again).toEqual(delays);
  });

  it("asks for the polls of many tenants, each once", async () => {
    const { deps, queue } = aWorld();

    await schedulePolls(deps, { tenantIds: tenantIds(100), periodMs: PERIOD_MS });

    expect(queue.takePolls().map(({ request }) => request.tenantId)).toEqual(tenantIds(100));
  });

  it("registers only tenants that have no line yet", async () => {
    const { deps, overview } = aWorld();
    await overview.register("a", 1);

    const { registered } = await schedulePolls(deps, { tenantIds: ["a", "b"], periodMs: PERIOD_MS });

    expect(registered).toBe(1);
    expect(await overview.loadLines()).toEqual([
      { tenantId: "a", configuredSinceMs: 1 },
      { tenantId: "b", configuredSinceMs: SLOT_MS },
    ]);
  });

  it("asks for all other polls when one request fails, and fails in the end", async () => {
    const queue = createFakeWorkQueue();
    const { deps } = aWorld({
      queue: {
        ...queue,
        requestPoll: (request, delayMs) =>
          request.tenantId === "tenant-1" ? Promise.reject(failure("queues")) : queue.requestPoll(request, delayMs),
      },
    });

    const run = schedulePolls(deps, { tenantIds: tenantIds(3), periodMs: PERIOD_MS });

    await expect(run).rejects.toMatchObject({
      message: "Cannot schedule all polls: 1 calls for 3 tenants failed",
      errors: [expect.any(DependencyError)],
    });
    expect(queue.takePolls().map(({ request }) => request.tenantId)).toEqual(["tenant-0", "tenant-2"]);
  });

  it("asks for all polls when the overview cannot be read, and fails in the end", async () => {
    const overview: OverviewStore = {
      ...createFakeOverviewStore(createMemoryStorage()),
      loadLines: () => Promise.reject(failure("tables")),
    };
    const { deps, queue } = aWorld({ overview });

    await expect(schedulePolls(deps, { tenantIds: tenantIds(2), periodMs: PERIOD_MS })).rejects.toThrow(AggregateError);

    expect(queue.takePolls()).toHaveLength(2);
  });
});
