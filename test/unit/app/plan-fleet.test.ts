import { describe, expect, it } from "vitest";
import { planFleet } from "../../../src/app/plan-fleet.ts";
import type { OutboxRow } from "../../../src/domain/delivery/notification.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { aPolicy, digest } from "../../builders/a-policy.ts";
import { fakeStores } from "../../fakes/app-world.ts";
import { createFakeChannelHealthStore } from "../../fakes/fake-channel-health-store.ts";
import { createFakeNotifier } from "../../fakes/fake-notifier.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";
import { createMemoryStorage, parseRow } from "../../fakes/memory-storage.ts";
import { anOverviewLine } from "../domain/poll/an-overview-line.ts";

const SLOT_MS = Date.UTC(2026, 10, 22);
const policy = aPolicy({ tenantId: "fleet", tenantName: "Fleet" });
const tenants = ["a", "b", "c"].map((tenantId) => ({ tenantId, tenantName: tenantId, periodMs: 15 * MINUTE_MS }));
const lines = tenants.map(({ tenantId }) =>
  anOverviewLine({ tenantId, polledAtMs: SLOT_MS - MINUTE_MS, unreadableReason: "throttled" }),
);

function aWorld() {
  const storage = createMemoryStorage();
  const { store, overview } = fakeStores(storage);
  const channelHealth = createFakeChannelHealthStore(storage);
  const queue = createFakeWorkQueue();
  const asked: string[] = [];
  const notifierOf = async (channel: string) => {
    asked.push(channel);
    return channel === "gone" ? undefined : createFakeNotifier({ targetDigest: "target-2" });
  };
  const deps = { store, overview, channelHealth, notifierOf, queue, clock: { nowMs: () => SLOT_MS }, digest };
  const plan = () => planFleet(deps, { slotMs: SLOT_MS, policy, tenants, lines, channels: ["ops", "pager"] });
  return { plan, queue, channelHealth, overview, storage, asked };
}

describe("planFleet()", () => {
  it("says whether most tenants cannot be read, rings, and projects the fleet's line", async () => {
    const { plan, queue, overview } = aWorld();

    const head = await plan();

    expect(head).toMatchObject({ lastSlotMs: SLOT_MS, graphUnavailable: true, resumedSlotMs: SLOT_MS });
    expect(queue.takeDeliveries()).toEqual([{ request: { tenantId: "fleet" }, delayMs: 0 }]);
    expect(await overview.loadLines()).toMatchObject([{ tenantId: "fleet", overview: { worstSeverity: "error" } }]);
  });

  it("says the same again when the slot was planned before, and writes nothing", async () => {
    const { plan, storage } = aWorld();
    const first = await plan();
    const rows = storage.rows("fleet", "");

    expect(await plan()).toEqual(first);
    expect(storage.rows("fleet", "")).toEqual(rows);
  });

  it("judges the channels by their health", async () => {
    const { plan, channelHealth, storage } = aWorld();
    await channelHealth.write({ channel: "pager", failures: 6, openUntilMs: SLOT_MS }, undefined);

    await plan();

    expect(storage.rows("fleet", `live|state|${digest("channel:pager")}`)).toHaveLength(1);
    expect(storage.rows("fleet", `live|state|${digest("channel:ops")}`)).toHaveLength(0);
  });

  it.each([
    { name: "that is gone", targetDigest: "target-2", alerts: 1 },
    { name: "that it has no longer", targetDigest: "target-1", alerts: 0 },
  ])("judges a channel that is off for a target $name", async ({ targetDigest, alerts }) => {
    const { plan, channelHealth, storage, asked } = aWorld();
    const off = { reason: "http-410", targetDigest, sinceMs: SLOT_MS };
    await channelHealth.write({ channel: "ops", failures: 1 }, undefined);
    await channelHealth.write({ channel: "pager", failures: 1, off }, undefined);
    await channelHealth.write({ channel: "gone", failures: 1, off }, undefined);

    await plan();

    expect(storage.rows("fleet", `live|state|${digest("channel:pager")}`)).toHaveLength(alerts);
    expect(asked).toEqual(["gone", "pager"]);
  });

  it("tells the other channels why one fails", async () => {
    const { plan, channelHealth, storage } = aWorld();
    await channelHealth.write({ channel: "pager", failures: 6, openUntilMs: 1, lastFailure: "http-503" }, undefined);

    await plan();

    const facts = storage.rows("fleet", "live|outbox|").map((row) => parseRow<OutboxRow>(row)?.facts);
    expect(facts).toContainEqual(expect.objectContaining({ ruleId: "channel-failing", reportedState: "http-503" }));
  });
});
