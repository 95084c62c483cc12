import { describe, expect, it } from "vitest";
import { type RequestPollDeps, requestPoll } from "../../../src/app/request-poll.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { TENANT_ID } from "../../builders/a-policy.ts";
import { createFakeOperatorStore } from "../../fakes/fake-operator-store.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { anOverviewLine } from "../domain/poll/an-overview-line.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 4, 7, 30);
const OTHER_TENANT_ID = "00000000-0000-4000-8000-0000000000b2";

function aWorld(polledAtMs?: number) {
  const operators = createFakeOperatorStore(createMemoryStorage());
  const queue = createFakeWorkQueue();
  const clock = { atMs: NOW_MS };
  const deps: RequestPollDeps = {
    overview: { loadLines: async () => [anOverviewLine(polledAtMs === undefined ? {} : { polledAtMs })] },
    operators,
    queue,
    clock: { nowMs: () => clock.atMs },
  };
  return {
    clock,
    operators,
    queue,
    ask: (tenantId = TENANT_ID) =>
      requestPoll(deps, { tenantId, reason: "just repaired", person: { by: "anna", byVerified: false } }),
  };
}

describe("requestPoll()", () => {
  it("asks for a poll whose slot is now, and writes down who asked", async () => {
    const world = aWorld();

    const outcome = await world.ask();

    expect(outcome).toEqual({ kind: "requested", slotMs: NOW_MS });
    expect(world.queue.takePolls()).toEqual([{ request: { tenantId: TENANT_ID, slotMs: NOW_MS }, delayMs: 0 }]);
    expect(await world.operators.listAudit(TENANT_ID, 0)).toEqual([
      {
        id: "request-poll",
        atMs: NOW_MS,
        by: "anna",
        byVerified: false,
        action: "request-poll",
        target: TENANT_ID,
        reason: "just repaired",
      },
    ]);
  });

  it.each([
    { label: "polled just now", polledAtMs: NOW_MS, retryAfterMs: MINUTE_MS },
    { label: "polled less than a minute ago", polledAtMs: NOW_MS - MINUTE_MS + 1, retryAfterMs: 1 },
  ])("refuses when the tenant was $label", async ({ polledAtMs, retryAfterMs }) => {
    const world = aWorld(polledAtMs);

    expect(await world.ask()).toEqual({ kind: "too-soon", retryAfterMs });
    expect(world.queue.takePolls()).toEqual([]);
    expect(await world.operators.listAudit(TENANT_ID, 0)).toEqual([]);
  });

  it.each([
    { label: "a minute ago", polledAtMs: NOW_MS - MINUTE_MS },
    { label: "by a clock that is ahead", polledAtMs: NOW_MS + 1 },
  ])("asks when the tenant was polled $label", async ({ polledAtMs }) => {
    expect(await aWorld(polledAtMs).ask()).toMatchObject({ kind: "requested" });
  });

  it("waits for a minute from the later of the two", async () => {
    const world = aWorld(NOW_MS - 10_000);
    const atMs = NOW_MS - 50_000;
    const audit = { id: "a-1", atMs, by: "anna", byVerified: true, action: "request-poll", target: TENANT_ID } as const;
    await world.operators.record(TENANT_ID, { ...audit, reason: "x" });

    expect(await world.ask()).toEqual({ kind: "too-soon", retryAfterMs: 50_000 });
  });

  it("asks once a minute, for each tenant", async () => {
    const world = aWorld();
    await world.ask();
    world.clock.atMs += MINUTE_MS - 1_000;

    const again = await world.ask();
    const other = await world.ask(OTHER_TENANT_ID);
    world.clock.atMs += 1_000;
    const later = await world.ask();

    expect(again).toEqual({ kind: "too-soon", retryAfterMs: 1_000 });
    expect([other.kind, later.kind]).toEqual(["requested", "requested"]);
    expect(world.queue.takePolls()).toHaveLength(3);
  });
});
