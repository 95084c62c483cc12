import { describe, expect, it } from "vitest";
import { changeHealth, healthyChannel } from "../../../src/app/change-health.ts";
import type { ChannelHealth } from "../../../src/domain/delivery/channel-health.ts";
import type { ChannelHealthStore } from "../../../src/ports/channel-health-store.ts";
import { createFakeChannelHealthStore } from "../../fakes/fake-channel-health-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

function oneMore(health: ChannelHealth): ChannelHealth {
  return { ...health, failures: health.failures + 1 };
}

function aStore(): ChannelHealthStore {
  return createFakeChannelHealthStore(createMemoryStorage());
}

describe("changeHealth()", () => {
  it("begins with a healthy channel and goes on with what is stored", async () => {
    const store = aStore();

    const first = await changeHealth(store, "ops", oneMore);
    const second = await changeHealth(store, "ops", oneMore);

    expect(first).toEqual({ health: { channel: "ops", failures: 1 }, isWritten: true });
    expect(second).toEqual({ health: { channel: "ops", failures: 2 }, isWritten: true });
  });

  it("writes nothing when nothing is to change", async () => {
    const store = aStore();

    const change = await changeHealth(store, "ops", () => undefined);

    expect(change).toEqual({ health: healthyChannel("ops"), isWritten: false });
    expect(await store.load()).toEqual([]);
  });

  it("counts what many change at once", async () => {
    const store = aStore();

    await Promise.all([1, 2, 3].map(() => changeHealth(store, "ops", oneMore)));

    expect((await store.load()).map(({ value }) => value)).toEqual([{ channel: "ops", failures: 3 }]);
  });

  it("gives up after 5 conflicts", async () => {
    let writes = 0;
    const write: ChannelHealthStore["write"] = async () => {
      writes += 1;
      return "conflict";
    };

    const change = await changeHealth({ ...aStore(), write }, "ops", oneMore);

    expect(change).toEqual({ health: healthyChannel("ops"), isWritten: false });
    expect(writes).toBe(5);
  });
});
