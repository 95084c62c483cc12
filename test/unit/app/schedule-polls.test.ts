import { describe, expect, it } from "vitest";
import { type ScheduleDeps, type ScheduleInput, schedulePolls } from "../../../src/app/schedule-polls.ts";
import { DependencyError } from "../../../src/domain/errors.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../src/domain/units.ts";
import { aPolicy, digest } from "../../builders/a-policy.ts";
import { createFakeChannelHealthStore } from "../../fakes/fake-channel-health-store.ts";
import { createFakeDeadManSwitch } from "../../fakes/fake-dead-man-switch.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { createFakeNotifier } from "../../fakes/fake-notifier.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { anOverviewLine, type LineOptions } from "../domain/poll/an-overview-line.ts";

const SLOT_MS = Date.UTC(2026, 10, 22, 4);
const PERIOD_MS = 15 * MINUTE_MS;
const fleet = aPolicy({ tenantId: "fleet", tenantName: "Fleet" });

/** Makes what scheduling needs, with the far ends to look at. */
function aWorld(changes: Partial<ScheduleDeps> = {}) {
  const storage = createMemoryStorage();
  const queue = createFakeWorkQueue();
  const overview = createFakeOverviewStore(storage);
  const deadManSwitch = createFakeDeadManSwitch();
  let nowMs = SLOT_MS;
  const deps: ScheduleDeps = {
    queue,
    overview,
    store: createFakeMonitorStore(storage),
    channelHealth: createFakeChannelHealthStore(storage),
    notifierOf: async () => createFakeNotifier(),
    deadManSwitch,
    clock: { nowMs: () => nowMs },
    digest,
    ...changes,
  };
  return {
    queue,
    overview,
    pings: deadManSwitch.pings,
    schedule: (ids: readonly string[], input: Partial<ScheduleInput> & { readonly atMs?: number } = {}) => {
      const { atMs = SLOT_MS, ...rest } = input;
      nowMs = atMs;
      const tenants = ids.map((tenantId) => ({ tenantId, tenantName: tenantId, periodMs: PERIOD_MS }));
      return schedulePolls(deps, { tenants, periodMs: PERIOD_MS, fleet, channels: ["ops"], ...rest });
    },
    project: async (line: LineOptions) => {
      const { overview: projected } = anOverviewLine({ polledAtMs: SLOT_MS - PERIOD_MS, ...line });
      if (projected !== undefined) await overview.project({ ...projected, connections: [] });
    },
  };
}

function tenantIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `tenant-${index}`);
}

function failure(dependency: "queues" | "tables"): DependencyError {
  return new DependencyError("Cannot reach storage", { dependency, operation: "write", retryable: true });
}

describe("schedulePolls()", () => {
  it("asks for one poll of every tenant, for the slot that has begun", async () => {
    const { schedule, queue } = aWorld();

    const report = await schedule(["a", "b"], { atMs: SLOT_MS + 7 * SECOND_MS });

    expect(queue.takePolls().map(({ request }) => request)).toEqual([
      { tenantId: "a", slotMs: SLOT_MS, graphUnavailable: false },
      { tenantId: "b", slotMs: SLOT_MS, graphUnavailable: false },
    ]);
    expect(report).toEqual({
      slotMs: SLOT_MS,
      requested: 2,
      registered: 2,
      closing: 0,
      late: 0,
      graphUnavailable: false,
    });
  });

  it.each([
    ["5 s early", -5 * SECOND_MS, SLOT_MS],
    ["more than 5 s early", -5 * SECOND_MS - 1, SLOT_MS - PERIOD_MS],
    ["a whole period late", PERIOD_MS, SLOT_MS + PERIOD_MS],
  ])("names the slot when the timer fires %s", async (_case, offsetMs, slotMs) => {
    const report = await aWorld().schedule(["a"], { atMs: SLOT_MS + offsetMs });

    expect(report.slotMs).toBe(slotMs);
  });

  it.each([
    ["5 minutes", "long", HOUR_MS, [0, 75, 150, 225]],
    ["a third", "short", 2 * MINUTE_MS, [0, 10, 20, 30]],
  ])("spreads the polls over %s of a %s period, alike each time", async (_share, _length, periodMs, delaysS) => {
    const { schedule, queue } = aWorld();

    await schedule(tenantIds(4), { periodMs });
    const delays = queue.takePolls().map(({ delayMs }) => delayMs / SECOND_MS);
    await schedule(tenantIds(4), { periodMs });
    const again = queue.takePolls().map(({ delayMs }) => delayMs / SECOND_MS);

    expect(delays).toEqual(delaysS);
    expect(again).toEqual(delays);
  });

  it("asks for the polls of many tenants, each once", async () => {
    const { schedule, queue } = aWorld();

    await schedule(tenantIds(100));

    expect(queue.takePolls().map(({ request }) => request.tenantId)).toEqual(tenantIds(100));
  });

  it("registers only tenants that have no line yet", async () => {
    const { schedule, overview } = aWorld();
    await overview.register("a", 1);

    const { registered } = await schedule(["a", "b"]);

    expect(registered).toBe(1);
    expect((await overview.loadLines()).filter(({ tenantId }) => tenantId !== "fleet")).toEqual([
      { tenantId: "a", configuredSinceMs: 1 },
      { tenantId: "b", configuredSinceMs: SLOT_MS },
    ]);
  });

  it("tells every poll that Graph is unavailable where most tenants could not be read", async () => {
    const { schedule, queue, project } = aWorld();
    for (const tenantId of ["a", "b", "c"]) await project({ tenantId, unreadableReason: "unavailable" });

    const { graphUnavailable } = await schedule(["a", "b", "c", "d"]);

    expect(graphUnavailable).toBe(true);
    expect(queue.takePolls().map(({ request }) => request.graphUnavailable)).toEqual([true, true, true, true]);
    expect(queue.takeDeliveries()).toEqual([{ request: { tenantId: "fleet" }, delayMs: 0 }]);
  });

  it("asks to close tenants that have left the configuration, and neither the fleet nor others", async () => {
    const { schedule, queue, project } = aWorld();
    await schedule(["a", "b"]);
    await project({ tenantId: "a" });
    queue.takePolls();

    const { closing } = await schedule(["b"], { atMs: SLOT_MS + PERIOD_MS });

    expect(closing).toBe(1);
    expect(queue.takePolls().map(({ request }) => request)).toEqual([
      { tenantId: "b", slotMs: SLOT_MS + PERIOD_MS, graphUnavailable: false },
      { tenantId: "a", slotMs: SLOT_MS + PERIOD_MS, closing: true },
    ]);
  });

  it("projects a line of the fleet", async () => {
    const { schedule, overview } = aWorld();

    await schedule(["a"]);

    expect((await overview.loadLines()).find(({ tenantId }) => tenantId === "fleet")?.overview).toMatchObject({
      tenantName: "Fleet",
      lastSlotMs: SLOT_MS,
      resumedSlotMs: SLOT_MS,
    });
  });

  it("pings the dead-man's switch with the number of late tenants", async () => {
    const { schedule, project, pings } = aWorld();
    await schedule(["a", "b"]);
    for (const slot of [1, 2, 3, 4, 5]) {
      const atMs = SLOT_MS + slot * PERIOD_MS;
      await project({ tenantId: "b", polledAtMs: atMs - PERIOD_MS });
      await schedule(["a", "b"], { atMs });
    }

    expect(pings.map(({ late }) => late)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(new Set(pings.map(({ configured }) => configured))).toEqual(new Set([2]));
  });

  it("does without a dead-man's switch", async () => {
    expect(await aWorld({ deadManSwitch: undefined }).schedule(["a"])).toMatchObject({ late: 0 });
  });

  it("asks for all other polls when one request fails, and fails in the end", async () => {
    const queue = createFakeWorkQueue();
    const { schedule, pings } = aWorld({
      queue: {
        ...queue,
        requestPoll: (request, delayMs) =>
          request.tenantId === "tenant-1" ? Promise.reject(failure("queues")) : queue.requestPoll(request, delayMs),
      },
    });

    await expect(schedule(tenantIds(3))).rejects.toMatchObject({
      message: "Cannot schedule all polls: 1 calls for 3 tenants failed",
      errors: [expect.any(DependencyError)],
    });
    expect(queue.takePolls().map(({ request }) => request.tenantId)).toEqual(["tenant-0", "tenant-2"]);
    expect(pings).toEqual([{ configured: 3, late: 0 }]);
  });

  it("asks for all polls without the fleet's word when it cannot be planned, pings, and fails in the end", async () => {
    const { schedule, queue, pings } = aWorld({ channelHealth: { load: () => Promise.reject(failure("tables")) } });

    await expect(schedule(["a"])).rejects.toThrow(AggregateError);

    expect(queue.takePolls().map(({ request }) => request)).toEqual([{ tenantId: "a", slotMs: SLOT_MS }]);
    expect(pings).toEqual([{ configured: 1, late: 0 }]);
  });

  it("plans the fleet although a tenant cannot be registered, and fails in the end", async () => {
    const overview = createFakeOverviewStore(createMemoryStorage());
    const { schedule, queue } = aWorld({
      overview: { ...overview, register: () => Promise.reject(failure("tables")) },
    });

    await expect(schedule(["a"])).rejects.toThrow(AggregateError);

    expect(queue.takePolls()[0]?.request).toMatchObject({ graphUnavailable: false });
  });

  it("asks for all polls when the overview cannot be read, says nothing of health, and fails in the end", async () => {
    const overview = createFakeOverviewStore(createMemoryStorage());
    const { schedule, queue, pings } = aWorld({
      overview: { ...overview, loadLines: () => Promise.reject(failure("tables")) },
    });

    await expect(schedule(tenantIds(2))).rejects.toThrow(AggregateError);

    expect(queue.takePolls()).toHaveLength(2);
    expect(pings).toEqual([]);
  });
});
