import { beforeEach, expect, it } from "vitest";
import type { ChannelHealth } from "../../../src/domain/delivery/channel-health.ts";
import type { ChannelHealthStore } from "../../../src/ports/channel-health-store.ts";
import { SLOT_MS } from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

/** The health of a channel with every member set. */
function aHealth(overrides: Partial<ChannelHealth> = {}): ChannelHealth {
  return {
    channel: "ops",
    failures: 6,
    lastFailure: "http-503",
    openUntilMs: SLOT_MS + 900_000,
    probedAtMs: SLOT_MS,
    deadAtMs: SLOT_MS - 1,
    deadReason: "http-404",
    off: { reason: "http-410", targetDigest: "abc", sinceMs: SLOT_MS },
    ...overrides,
  };
}

/** What every ChannelHealthStore holds to. */
export function describeChannelHealthStore(open: OpenStorage): void {
  let storage: StorageUnderTest;
  let store: ChannelHealthStore;

  beforeEach(() => {
    storage = open();
    store = storage.channelHealthStore;
  });

  async function etagOf(channel: string): Promise<string | undefined> {
    return (await store.load()).find(({ value }) => value.channel === channel)?.etag;
  }

  it("knows nothing of channels that never failed", async () => {
    expect(await store.load()).toEqual([]);
  });

  it("gives back what was written, for each channel", async () => {
    const outcomes = [
      await store.write(aHealth(), undefined),
      await store.write({ channel: "b", failures: 1 }, undefined),
    ];

    const stored = await store.load();

    expect(outcomes).toEqual(["written", "written"]);
    expect(stored.map(({ value }) => value)).toEqual([{ channel: "b", failures: 1 }, aHealth()]);
  });

  it("leaves nothing of what was written before", async () => {
    await store.write(aHealth(), undefined);

    await store.write({ channel: "ops", failures: 0 }, await etagOf("ops"));

    expect((await store.load()).map(({ value }) => value)).toEqual([{ channel: "ops", failures: 0 }]);
  });

  it("lets one of two first writes win", async () => {
    const outcomes = await Promise.all([1, 2].map((failures) => store.write(aHealth({ failures }), undefined)));

    expect(outcomes.toSorted()).toEqual(["conflict", "written"]);
  });

  it("lets one of two later writes win", async () => {
    await store.write(aHealth(), undefined);
    const etag = await etagOf("ops");

    const outcomes = await Promise.all([7, 8].map((failures) => store.write(aHealth({ failures }), etag)));

    expect(outcomes.toSorted()).toEqual(["conflict", "written"]);
  });

  it("takes a row that cannot be read for one of a channel that never failed, and writes over it", async () => {
    await storage.corrupt("monitor", "fleet", "live|channel|ops");

    const [read] = await store.load();
    const outcome = await store.write(aHealth(), read?.etag);

    expect(read?.value).toEqual({ channel: "ops", failures: 0 });
    expect(outcome).toBe("written");
    expect((await store.load()).map(({ value }) => value)).toEqual([aHealth()]);
  });
}
