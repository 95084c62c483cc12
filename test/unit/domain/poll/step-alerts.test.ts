import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../../../src/domain/connections/source.ts";
import type { NotificationKind } from "../../../../src/domain/delivery/notification.ts";
import type { ChannelRoute } from "../../../../src/domain/poll/tenant-policy.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlanWorld } from "../../../builders/plan-world.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);

function slot(poll: number): number {
  return START_MS + poll * PERIOD_MS;
}

/** Reads one compliance partner that has been quiet for 40 hours unless told otherwise. */
function quiet(poll: number, state = "enabled", ageMs = 40 * HOUR_MS): readonly SourceRead[] {
  const beatMs = slot(poll) - ageMs;
  return goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs, state })] });
}

function told(world: PlanWorld): readonly string[] {
  return world.planned().map(({ facts, channel }) => `${facts.kind} ${facts.ruleId} ${channel}`);
}

/** As many channels as a tenant may have. */
function tenChannels(prefix: string): readonly ChannelRoute[] {
  return Array.from({ length: 10 }, (_, index) => ({ name: `${prefix}-${index}`, minSeverity: "info" }));
}

/** Reads a partner about which six alerts fire. */
function failingInAllWays(poll: number): readonly SourceRead[] {
  const row = {
    ...aManagementPartnerRow({
      beatMs: slot(poll) - 40 * HOUR_MS,
      state: "unresponsive",
      removalMs: START_MS + 5 * DAY_MS,
      isConfigured: poll > 0,
    }),
    whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: "2026-11-25T00:00:00Z",
    groupsRequiringPartnerEnrollment: "no list",
  };
  return goodReads({ deviceManagementPartners: [row] });
}

/** Six alerts fire for ten channels, which are renamed. */
function anOverflowingWorld(): PlanWorld {
  const world = aPlanWorld();
  for (const poll of [0, 1, 2])
    world.poll({
      slotMs: slot(poll),
      reads: failingInAllWays(poll),
      policy: aPolicy({ channels: tenChannels("old") }),
    });
  world.poll({ slotMs: slot(3), reads: failingInAllWays(3), policy: aPolicy({ channels: tenChannels("new") }) });
  return world;
}

function count(world: PlanWorld, kind: NotificationKind): number {
  return world.planned().filter(({ facts }) => facts.kind === kind).length;
}

describe("stepAlerts()", () => {
  it("tells a channel whose name is a property of every object like any other", () => {
    const world = aPlanWorld();
    const policy = aPolicy({ channels: [{ name: "constructor", minSeverity: "info" }] });

    for (const poll of [0, 1, 2]) world.poll({ slotMs: slot(poll), reads: quiet(poll), policy });

    expect(told(world)).toEqual(["fired heartbeat-age constructor"]);
  });

  it("plans what a drain with a clock a little behind takes for due", () => {
    const world = aPlanWorld();

    for (const poll of [0, 1])
      world.poll({ slotMs: slot(poll), reads: quiet(poll), policy: aPolicy(), nowMs: slot(poll) + 5_000 });

    expect(world.planned().map(({ nextAttemptAtMs }) => nextAttemptAtMs)).toEqual([slot(1)]);
  });

  it.each([
    { state: "enabled", note: "Microsoft reports enabled, our rules say warning" },
    { state: "unresponsive", note: undefined },
  ])("sets all that we say of a connection beside Microsoft's $state, not one alert alone", ({ state, note }) => {
    const world = aPlanWorld();

    for (const poll of [0, 1]) world.poll({ slotMs: slot(poll), reads: quiet(poll, state), policy: aPolicy() });

    const facts = world.planned().find(({ facts: { ruleId } }) => ruleId === "heartbeat-age")?.facts;
    expect([facts?.severity, facts?.verdictNote]).toEqual(["warning", note]);
  });

  it("does not call a connection ok because one of its alerts is over", () => {
    const world = aPlanWorld();
    for (const poll of [0, 1])
      world.poll({ slotMs: slot(poll), reads: quiet(poll, "unresponsive"), policy: aPolicy() });

    for (const poll of [2, 3, 4])
      world.poll({ slotMs: slot(poll), reads: quiet(poll, "unresponsive", 0), policy: aPolicy() });

    const facts = world.planned().at(-1)?.facts;
    expect([facts?.kind, facts?.ruleId, facts?.verdictNote]).toEqual(["resolved", "heartbeat-age", undefined]);
  });

  it("remembers that a breach was old at the first reading while nothing is judged", () => {
    const world = aPlanWorld();
    const ignore = [{ connection: "*", reason: "for now" }];
    const policies = [{}, {}, { ignore }, {}, {}].map(aPolicy);

    for (const [poll, policy] of policies.entries())
      world.poll({ slotMs: slot(poll), reads: quiet(poll, "enabled", 30 * DAY_MS), policy });

    expect(world.planned().map(({ facts: { kind, severity } }) => `${kind} ${severity}`)).toEqual([
      "fired warning",
      "resolved warning",
      "fired warning",
    ]);
  });

  it("keeps the rules that cannot judge a reading", () => {
    const world = aPlanWorld();
    const neverInTouch = aConnectorRow({ name: "vppTokenLastSyncDateTime", status: "unknown", atMs: 0 });

    world.poll({ slotMs: slot(0), reads: goodReads({ connectorStatus: [neverInTouch] }), policy: aPolicy() });

    const state = world.stateOf("connector:vppTokenLastSyncDateTime:default");
    expect(state?.unknownRules).toEqual(["sync-age", "reported-health"]);
  });

  describe("with more to tell than one transaction holds", () => {
    it("takes at most 80 notifications of a connection, and the rest in the next poll", () => {
      const world = anOverflowingWorld();
      const policy = aPolicy({ channels: tenChannels("new"), ignore: [{ connection: "*", reason: "over" }] });
      const polls = [4, 5, 6].map((poll) => world.poll({ slotMs: slot(poll), reads: failingInAllWays(poll), policy }));

      const planned = polls.map(
        ({ transactions }) => transactions.flatMap(({ writes }) => writes.flatMap(({ outbox }) => outbox)).length,
      );

      expect(planned).toEqual([80, 40, 0]);
      expect([count(world, "fired"), count(world, "resolved")]).toEqual([120, 120]);
    });

    it("lets a connection go only when all of it is told", () => {
      const world = anOverflowingWorld();
      const policy = aPolicy({ channels: tenChannels("new") });
      const reads = goodReads().filter(({ sourceId }) => sourceId === "connectorStatus");

      const left = [4, 5].map((poll) => {
        world.poll({ slotMs: slot(poll), reads, policy });
        return [count(world, "resolved"), world.gone().filter(({ reading }) => "state" in reading).length];
      });

      expect(left).toEqual([
        [80, 0],
        [120, 1],
      ]);
    });
  });
});
