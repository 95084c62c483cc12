import { describe, expect, it } from "vitest";
import { closeTenant } from "../../src/app/close-tenant.ts";
import { runPoll } from "../../src/app/run-poll.ts";
import { type ScheduleReport, schedulePolls } from "../../src/app/schedule-polls.ts";
import { tidyHistory } from "../../src/app/tidy-history.ts";
import type { SourceRead } from "../../src/domain/connections/source.ts";
import type { ChannelHealth } from "../../src/domain/delivery/channel-health.ts";
import { notificationId, type OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { Head } from "../../src/domain/poll/poll-plan.ts";
import type { TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/units.ts";
import type { PollRequest } from "../../src/ports/work-queue.ts";
import { aPolicy, aRoute, digest, goodReads } from "../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../builders/graph-rows.ts";
import { anAppWorld, fakeStores } from "../fakes/app-world.ts";
import { createFakeChannelHealthStore } from "../fakes/fake-channel-health-store.ts";
import { createFakeDeadManSwitch } from "../fakes/fake-dead-man-switch.ts";
import { createFakeHistoryStore } from "../fakes/fake-history-store.ts";
import { createFakeNotifier } from "../fakes/fake-notifier.ts";
import { createFakeSuppressionStore } from "../fakes/fake-suppression-store.ts";
import { createFakeWorkQueue } from "../fakes/fake-work-queue.ts";
import { createMemoryStorage } from "../fakes/memory-storage.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const channels = [aRoute({ name: "ops" }), aRoute({ name: "pager" })];
const fleet = aPolicy({ tenantId: "fleet", tenantName: "Fleet", channels });

function aTenantPolicy(name: string): TenantPolicy {
  return aPolicy({ tenantId: `00000000-0000-4000-8000-00000000000${name}`, tenantName: name, channels });
}

const DARK: readonly SourceRead[] = goodReads().map(({ sourceId }) => {
  return { sourceId, outcome: "unreadable", reason: "unavailable" };
});

/** The whole fleet without a host: each slot is scheduled, its messages are handled, and what is due is delivered. */
function aFleetWorld(names: readonly string[]) {
  const storage = createMemoryStorage();
  const stores = fakeStores(storage);
  const channelHealth = createFakeChannelHealthStore(storage);
  const deadManSwitch = createFakeDeadManSwitch();
  const queue = createFakeWorkQueue();
  const app = anAppWorld({ ...stores, channelHealth });
  const planned: OutboxRow[] = [];
  const requests: PollRequest[] = [];
  let tenants = names.map(aTenantPolicy);
  let nowMs = START_MS;
  const clock = { nowMs: () => nowMs };
  const store = {
    ...stores.store,
    commit: async (...commit: Parameters<typeof stores.store.commit>) => {
      planned.push(...commit[1].writes.flatMap(({ outbox }) => outbox));
      return stores.store.commit(...commit);
    },
  };
  const common = { store, overview: stores.overview, queue, clock, digest };

  async function handle(request: PollRequest, readsOf: (name: string) => readonly SourceRead[] | undefined) {
    requests.push(request);
    if (request.closing === true) return void (await closeTenant(common, request));
    const policy = tenants.find(({ tenantId }) => tenantId === request.tenantId);
    if (policy === undefined) return;
    const reads = readsOf(policy.tenantName);
    // A poll without reads is one whose message was lost.
    if (reads !== undefined) await runPoll({ ...common, source: { read: async () => reads } }, { request, policy });
  }

  return {
    storage,
    requests,
    pings: deadManSwitch.pings,
    health: (next: ChannelHealth) => channelHealth.write(next, undefined),
    configure: (configured: readonly string[]) => {
      tenants = configured.map(aTenantPolicy);
    },
    /** Plays one slot of the given number. */
    slot: async (
      index: number,
      readsOf: (name: string) => readonly SourceRead[] | undefined = () => goodReads(),
    ): Promise<ScheduleReport> => {
      nowMs = START_MS + index * PERIOD_MS;
      const deps = { ...common, channelHealth, notifierOf: async () => createFakeNotifier(), deadManSwitch };
      const input = { tenants, periodMs: PERIOD_MS, fleet, channels: channels.map(({ name }) => name) };
      const report = await schedulePolls(deps, input);
      for (const { request } of queue.takePolls()) await handle(request, readsOf);
      for (const { request } of queue.takeDeliveries()) await app.drain({ tenantId: request.tenantId, nowMs });
      return report;
    },
    /** What was planned so far, in words: tenant, kind, rule, severity and channel. */
    told: () =>
      planned
        .splice(0)
        .map(
          ({ facts, channel }) =>
            `${facts.tenantName} ${facts.connectionName} ${facts.kind} ${facts.ruleId} ${facts.severity} on ${channel}`,
        ),
    sentIds: () => app.sent.map(({ id }) => id),
    idsOf: (rows: readonly OutboxRow[]) => rows.map(({ facts, channel }) => notificationId(facts, channel)),
    headOf: (tenantId: string): Head => JSON.parse(storage.rows(tenantId, "live|head")[0]?.json ?? "{}") as Head,
    /** Tidies at an instant, with every retention 10 days. */
    tidy: (atMs: number) => {
      nowMs = atMs;
      const [history, suppressions] = [createFakeHistoryStore(storage), createFakeSuppressionStore(storage)];
      const keptMs = 10 * DAY_MS;
      const retention = { snapshotsMs: keptMs, eventsMs: keptMs, dailyMs: keptMs, deliveriesMs: keptMs };
      return tidyHistory({ history, suppressions, clock }, retention);
    },
    rowKeys: (tenantId: string) => storage.rows(tenantId, "").map(({ rowKey }) => rowKey),
    keysOf: (tenantId: string) =>
      storage
        .rows(tenantId, "live|")
        .map(({ rowKey }) => rowKey)
        .filter((key) => key !== "live|head"),
    lines: async () => (await stores.overview.loadLines()).map(({ tenantId }) => tenantId),
  };
}

type FleetWorld = ReturnType<typeof aFleetWorld>;

const FOUR = ["a", "b", "c", "d"];

async function play(world: FleetWorld, slots: readonly number[], readsOf?: Parameters<FleetWorld["slot"]>[1]) {
  for (const slot of slots) await world.slot(slot, readsOf);
}

/** Only d can be read. */
function dark(name: string): readonly SourceRead[] {
  return name === "d" ? goodReads() : DARK;
}

/** The polls of b never come. */
function withoutB(name: string): readonly SourceRead[] | undefined {
  return name === "b" ? undefined : goodReads();
}

/** Holds a partner that went quiet long ago. */
function quiet(): readonly SourceRead[] {
  return goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs: START_MS - 80 * HOUR_MS })] });
}

describe("a fleet that is well", () => {
  it("writes no row but that of the fleet, and tells nobody", async () => {
    const world = aFleetWorld(FOUR);

    await play(world, [0, 1, 2]);

    expect(world.keysOf("fleet")).toEqual([`live|state|${digest("fleet")}`]);
    expect(world.told()).toEqual([]);
    expect(world.pings).toEqual([0, 0, 0].map((late) => ({ configured: 4, late })));
  });
});

describe("an outage of Graph in three of four tenants", () => {
  it("is one alert, carried by the messages and kept in the heads", async () => {
    const world = aFleetWorld(FOUR);
    await play(world, [0]);

    await play(world, [1, 2, 3], dark);

    expect(world.told()).toEqual(
      ["ops", "pager"].map((channel) => `Fleet Microsoft Graph fired graph-unavailable error on ${channel}`),
    );
    expect(world.requests.slice(-4).map(({ graphUnavailable }) => graphUnavailable)).toEqual([true, true, true, true]);
    expect(world.headOf(aTenantPolicy("a").tenantId).graphUnavailable).toBe(true);
  });

  it("ends with the first slot after most tenants could be read again", async () => {
    const world = aFleetWorld(FOUR);
    await play(world, [0]);
    await play(world, [1, 2, 3], dark);
    world.told();

    await play(world, [4, 5]);

    expect(world.told().filter((line) => line.startsWith("Fleet"))).toEqual(
      ["ops", "pager"].map((channel) => `Fleet Microsoft Graph resolved graph-unavailable error on ${channel}`),
    );
    expect(world.headOf(aTenantPolicy("a").tenantId).graphUnavailable).toBe(false);
  });
});

describe("a tenant whose polls never come", () => {
  it("is told as late, counted by the ping, and forgotten after 7 days of calm", async () => {
    const world = aFleetWorld(FOUR);
    await play(world, [0]);
    await play(world, [1, 2, 3, 4, 5], withoutB);
    const late = world.told();

    await play(world, [6, 7]);

    expect(late).toEqual(["ops", "pager"].map((channel) => `Fleet b fired tenant-late warning on ${channel}`));
    expect(world.told()).toEqual(
      ["ops", "pager"].map((channel) => `Fleet b resolved tenant-late warning on ${channel}`),
    );
    expect(world.pings.map((ping) => ping.late)).toEqual([0, 0, 0, 0, 0, 1, 1, 0]);
    expect(world.keysOf("fleet")).toHaveLength(2);

    const weekLater = 6 + (7 * DAY_MS) / PERIOD_MS;
    await play(world, [weekLater, weekLater + 1]);

    expect(world.keysOf("fleet")).toEqual([`live|state|${digest("fleet")}`]);
  });

  it("escalates after 24 hours", async () => {
    const world = aFleetWorld(["b"]);
    await play(world, [0]);

    await play(
      world,
      Array.from({ length: 97 }, (_, index) => index + 1),
      withoutB,
    );

    expect(world.told().filter((line) => line.includes("escalated"))).toEqual(
      ["ops", "pager"].map((channel) => `Fleet b escalated tenant-late error on ${channel}`),
    );
  });
});

describe("a monitor that was down for 5 hours", () => {
  it("calls nobody late when it comes back", async () => {
    const world = aFleetWorld(FOUR);
    await play(world, [0, 1]);

    await play(world, [21, 22]);

    expect(world.told()).toEqual([]);
    expect(world.pings.map((ping) => ping.late)).toEqual([0, 0, 0, 0]);
    expect(world.headOf("fleet").resumedSlotMs).toBe(START_MS + 21 * PERIOD_MS);
  });
});

describe("a channel that fails", () => {
  it("is told on the other one, as a warning and, when something was given up, as an error", async () => {
    const world = aFleetWorld(["a"]);
    await play(world, [0]);
    await world.health({ channel: "ops", failures: 6, openUntilMs: START_MS + HOUR_MS });
    await play(world, [1]);
    const [health] = world.storage.rows("fleet", "live|channel|");
    world.storage.transact("fleet", [
      { op: "put", rowKey: health?.rowKey ?? "", value: { channel: "ops", failures: 9, deadAtMs: START_MS } },
    ]);

    await play(world, [2]);

    expect(world.told()).toEqual([
      "Fleet ops fired channel-failing warning on pager",
      "Fleet ops escalated channel-failing error on pager",
    ]);
  });
});

describe("a row of the fleet that cannot be read", () => {
  it("is told, be it that by which the fleet itself is judged, and told to be over once it is reset", async () => {
    const world = aFleetWorld(["a"]);
    await play(world, [0]);
    const rowKey = `live|state|${digest("fleet")}`;
    world.storage.corrupt("fleet", rowKey);

    await play(world, [1, 2, 3]);
    const told = world.told();
    world.storage.transact("fleet", [{ op: "drop", rowKey }]);
    await play(world, [4, 5, 6]);

    expect(told).toEqual([
      "Fleet Fleet fired state-unreadable error on ops",
      "Fleet Fleet fired state-unreadable error on pager",
    ]);
    expect(world.told()).toEqual([
      "Fleet Fleet resolved state-unreadable error on ops",
      "Fleet Fleet resolved state-unreadable error on pager",
    ]);
  });
});

describe("a tenant that leaves the configuration while an alert fires", () => {
  it("is told as resolved, and nothing of it is left but its history", async () => {
    const world = aFleetWorld(["a", "b"]);
    await play(world, [0, 1], (name) => (name === "a" ? quiet() : goodReads()));
    const { tenantId } = aTenantPolicy("a");
    const fired = world.told().filter((line) => line.includes(" fired heartbeat-age"));
    world.configure(["b"]);

    await play(world, [2]);
    const closing = world.told();
    await play(world, [3, 4]);

    expect(fired).toHaveLength(2);
    expect(closing.filter((line) => line.includes("heartbeat-age"))).toEqual(
      fired.map((line) => line.replace("fired", "resolved")),
    );
    expect(world.keysOf(tenantId)).toEqual([]);
    expect(await world.lines()).toEqual([aTenantPolicy("b").tenantId, "fleet"]);
    expect(world.requests.filter((request) => request.closing === true)).toHaveLength(2);
    expect(world.told()).toEqual([]);
  });

  it("has its history run out like any other, until nothing but its head is left", async () => {
    const world = aFleetWorld(["a", "b"]);
    await play(world, [0, 1], (name) => (name === "a" ? quiet() : goodReads()));
    world.configure(["b"]);
    await play(world, [2, 3]);
    const { tenantId } = aTenantPolicy("a");

    await world.tidy(START_MS + DAY_MS);
    const kept = world.rowKeys(tenantId).length;
    await world.tidy(START_MS + 11 * DAY_MS);

    expect(kept).toBeGreaterThan(10);
    expect(world.rowKeys(tenantId)).toEqual(["live|head"]);
  });

  it("is closed in the fleet too", async () => {
    const world = aFleetWorld(["a", "b"]);
    await play(world, [0]);
    await play(world, [1, 2, 3, 4, 5], (name) => (name === "a" ? undefined : goodReads()));
    world.told();
    world.configure(["b"]);

    await play(world, [6]);

    expect(world.told()).toEqual(
      ["ops", "pager"].map((channel) => `Fleet a resolved tenant-late warning on ${channel}`),
    );
    expect(world.keysOf("fleet")).toEqual([`live|state|${digest("fleet")}`]);
  });
});

describe("a stored state that cannot be parsed", () => {
  it("is told in the fleet, and goes on being told until it can be", async () => {
    const world = aFleetWorld(["a", "b"]);
    await play(world, [0]);
    const { tenantId } = aTenantPolicy("a");
    const rowKey = `live|state|${digest("source:connectorStatus")}`;
    const [sound] = world.storage.rows(tenantId, rowKey);
    world.storage.corrupt(tenantId, rowKey);
    await play(world, [1, 2]);
    const told = world.told();
    world.storage.transact(tenantId, [{ op: "put", rowKey, value: JSON.parse(sound?.json ?? "") as unknown }]);

    await play(world, [3, 4]);

    expect(told).toEqual(["ops", "pager"].map((channel) => `Fleet a fired state-unreadable error on ${channel}`));
    expect(world.told()).toEqual(
      ["ops", "pager"].map((channel) => `Fleet a resolved state-unreadable error on ${channel}`),
    );
  });
});
