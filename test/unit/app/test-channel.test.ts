import { describe, expect, it } from "vitest";
import { testChannel } from "../../../src/app/test-channel.ts";
import type { ChannelHealth } from "../../../src/domain/delivery/channel-health.ts";
import { createFakeChannelHealthStore } from "../../fakes/fake-channel-health-store.ts";
import { createFakeNotifier } from "../../fakes/fake-notifier.ts";
import { createFakeOperatorStore } from "../../fakes/fake-operator-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
const OFF = { reason: "http-410", targetDigest: "target-1", sinceMs: NOW_MS - 1 };

async function aWorld(health?: Partial<ChannelHealth>) {
  const storage = createMemoryStorage();
  const channelHealth = createFakeChannelHealthStore(storage);
  const operators = createFakeOperatorStore(storage);
  if (health !== undefined) await channelHealth.write({ channel: "ops", failures: 6, ...health }, undefined);
  const ops = createFakeNotifier();
  const notifierOf = async (channel: string) => (channel === "ops" ? ops : undefined);
  return {
    ops,
    test: (channel = "ops") =>
      testChannel(
        { notifierOf, channelHealth, operators, clock: { nowMs: () => NOW_MS } },
        { channel, reason: "new address", person: { by: "anna", byVerified: true } },
      ),
    audit: () => operators.listAudit("fleet", 0),
    health: async () => (await channelHealth.load()).map(({ value }) => value),
  };
}

describe("testChannel()", () => {
  it("writes down who sends it", async () => {
    const world = await aWorld();

    await world.test();

    expect(await world.audit()).toEqual([
      {
        id: "test-channel-ops",
        atMs: NOW_MS,
        by: "anna",
        byVerified: true,
        action: "test-channel",
        target: "ops",
        reason: "new address",
      },
    ]);
  });

  it("sends one test message, and writes nothing of a healthy channel", async () => {
    const world = await aWorld();

    const outcome = await world.test();

    expect(outcome).toEqual({ kind: "delivered" });
    expect(world.ops.tests).toEqual([NOW_MS]);
    expect(await world.health()).toEqual([]);
  });

  it.each([
    { label: "closes an open breaker", health: { openUntilMs: NOW_MS + 1 } },
    { label: "switches a channel on whose target was gone", health: { off: OFF } },
  ])("$label when the message gets through", async ({ health }) => {
    const world = await aWorld(health);

    await world.test();

    expect(await world.health()).toEqual([{ channel: "ops", failures: 0 }]);
  });

  it("changes nothing when it does not", async () => {
    const world = await aWorld({ openUntilMs: NOW_MS + 1 });
    world.ops.setMood("overloaded");

    const outcome = await world.test();

    expect(outcome).toEqual({ kind: "retry", reason: "http-503" });
    expect(await world.health()).toEqual([{ channel: "ops", failures: 6, openUntilMs: NOW_MS + 1 }]);
  });

  it("says when no such channel is configured", async () => {
    const world = await aWorld();

    expect(await world.test("pager")).toEqual({ kind: "not-configured" });
    expect(await world.audit()).toEqual([]);
  });
});
