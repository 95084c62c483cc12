import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outboxRow } from "../../../../src/adapters/tables/delivery-rows.ts";
import { eventRow, snapshotRow } from "../../../../src/adapters/tables/history-rows.ts";
import { stateRow } from "../../../../src/adapters/tables/live-rows.ts";
import { toProjection } from "../../../../src/adapters/tables/overview-row.ts";
import { PLATFORMS } from "../../../../src/domain/connections/reading.ts";
import { SOURCE_IDS, type SourceId, type SourceRead } from "../../../../src/domain/connections/source.ts";
import { notificationId, type OutboxRow } from "../../../../src/domain/delivery/notification.ts";
import {
  countRows,
  estimateBytes,
  MAX_TRANSACTION_BYTES,
  MAX_TRANSACTION_ROWS,
} from "../../../../src/domain/poll/chunk-writes.ts";
import type { ConnectionWrite } from "../../../../src/domain/poll/poll-plan.ts";
import type { ChannelRoute, TenantPolicy } from "../../../../src/domain/poll/tenant-policy.ts";
import { SEVERITIES } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlannedPoll, type PlanWorld } from "../../../builders/plan-world.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);

const anAgeMs = fc.constantFrom(HOUR_MS, 37 * HOUR_MS, 80 * HOUR_MS, 9 * DAY_MS);
const aState = fc.constantFrom("enabled", "enabled", "unresponsive", "terminated", "unknown", "quarantined");
const channelNames = ["log", "ops", "pager"] as const;

/** Properties that hold a text, or are made to. */
const TEXTS = ["id", "displayName", "partnerState", "partnerAppType", "singleTenantAppId", "isConfigured"];

/** As many channels as a tenant may have, with names as long as they may be. */
function tenChannels(prefix: string): readonly ChannelRoute[] {
  return Array.from({ length: 10 }, (_, index) => ({
    name: `${prefix}-${index}`.padEnd(40, "x"),
    minSeverity: "info",
  }));
}

/** What one poll may meet: partners there or not, sources blind or not, channels and rules as they come and go. */
const aStep = fc.record({
  partner: fc.option(fc.record({ ageMs: anAgeMs, state: aState }), { nil: undefined, freq: 6 }),
  removalDays: fc.option(fc.integer({ min: -9, max: 40 }), { nil: undefined, freq: 2 }),
  blind: fc.subarray([...SOURCE_IDS], { maxLength: 3 }).map((sources) => (sources.length === 3 ? [] : sources)),
  isBlind: fc.nat(4).map((n) => n === 0),
  channels: fc.subarray([...channelNames]),
  minSeverity: fc.constantFrom(...SEVERITIES),
  isIgnored: fc.nat(12).map((n) => n === 0),
  isRuleOff: fc.nat(12).map((n) => n === 0),
  gapPolls: fc.constantFrom(1, 1, 1, 1, 2, 20, 800),
  isConfigured: fc.nat(6).map((n) => n > 0),
  watched: fc.oneof(
    { weight: 9, arbitrary: fc.constant<readonly SourceId[]>(SOURCE_IDS) },
    { weight: 1, arbitrary: fc.subarray<SourceId>([...SOURCE_IDS], { minLength: 1 }) },
  ),
});

type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

function toPolls(steps: readonly Step[]): readonly PlannedPoll[] {
  let slotMs = START_MS;
  return steps.map((step) => {
    slotMs += step.gapPolls * PERIOD_MS;
    return { slotMs, reads: toReads(step, slotMs), policy: toPolicy(step) };
  });
}

function toReads(step: Step, slotMs: number): readonly SourceRead[] {
  const { partner, removalDays, blind, isBlind, isConfigured, watched } = step;
  const removal = removalDays === undefined ? {} : { removalMs: slotMs + removalDays * DAY_MS };
  const rows = {
    complianceManagementPartners:
      partner === undefined
        ? [aCompliancePartnerRow({ id: "other", beatMs: slotMs })]
        : [aCompliancePartnerRow({ state: partner.state, beatMs: slotMs - partner.ageMs })],
    deviceManagementPartners: [aManagementPartnerRow({ beatMs: slotMs - HOUR_MS, isConfigured, ...removal })],
    connectorStatus: [aConnectorRow({ atMs: START_MS + 8 * DAY_MS })],
  };
  const unseen = isBlind ? SOURCE_IDS : blind;
  return goodReads(rows)
    .filter(({ sourceId }) => watched.includes(sourceId))
    .map((read) =>
      unseen.includes(read.sourceId) ? { sourceId: read.sourceId, outcome: "unreadable", reason: "throttled" } : read,
    );
}

function toPolicy({ channels, minSeverity, isIgnored, isRuleOff }: Step): TenantPolicy {
  return aPolicy({
    channels: channels.map((name) => ({ name, minSeverity })),
    ignore: isIgnored ? [{ connection: "compliance*", reason: "migrated" }] : [],
    rules: { preset: "recommended", rules: isRuleOff ? { "partner-state": { enabled: false } } : {}, overrides: [] },
  });
}

const stories = fc.array(aStep, { minLength: 1, maxLength: 30 }).map(toPolls);

function play(polls: readonly PlannedPoll[]): PlanWorld {
  const world = aPlanWorld();
  for (const poll of polls) world.poll(poll);
  return world;
}

function idOf({ facts, channel }: OutboxRow): string {
  return notificationId(facts, channel);
}

/** What a channel was told of one episode, in short: how it began, how often it fired and resolved, how it ended. */
function contractOf(kinds: readonly string[]): object {
  const count = (kind: string) => kinds.filter((told) => told === kind).length;
  return {
    first: kinds[0],
    fired: count("fired"),
    resolved: count("resolved"),
    endsResolved: kinds.at(-1) === "resolved",
  };
}

describe("properties of planPoll()", () => {
  it("I1: rebuilds the same states and notifications from the same polls", () => {
    fc.assert(
      fc.property(stories, (polls) => {
        const [one, two] = [play(polls), play(polls)];

        expect(one.live()).toEqual(two.live());
        expect(one.planned()).toEqual(two.planned());
      }),
      { numRuns: 50 },
    );
  });

  it("I2: changes nothing for a slot applied twice, or for an older one", () => {
    fc.assert(
      fc.property(stories, fc.nat(), (polls, pick) => {
        const world = play(polls);
        const again = polls[pick % polls.length];
        const last = polls.at(-1);
        if (again === undefined || last === undefined) return;
        const before = world.live().states;

        const plan = world.poll({ ...again, nowMs: last.slotMs });

        expect(plan.transactions.flatMap(({ writes }) => writes)).toEqual([]);
        expect(world.live().states).toEqual(before);
      }),
    );
  });

  it("I3: plans no notification id twice, and opens no episode while one is open", () => {
    fc.assert(
      fc.property(stories, (polls) => {
        const planned = play(polls).planned();

        expect(new Set(planned.map(idOf)).size).toBe(planned.length);
        for (const rows of Map.groupBy(planned, (row) => `${row.facts.alertKey} ${row.channel}`).values()) {
          const open = new Set<string>();
          for (const { facts } of rows) {
            if (facts.kind === "fired") open.add(facts.episode);
            else if (facts.kind === "resolved") open.delete(facts.episode);
            expect(open.size).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it("I4: plans exactly one resolved for each channel and episode that it planned fired for, and none for others", () => {
    fc.assert(
      fc.property(stories, (polls) => {
        const world = play(polls);
        const open = new Set(
          world
            .live()
            .states.flatMap(({ value }) => Object.values(value.alerts).flatMap(({ episode }) => episode?.id ?? [])),
        );

        for (const rows of Map.groupBy(
          world.planned(),
          ({ facts, channel }) => `${facts.episode} ${channel}`,
        ).values()) {
          const isOpen = open.has(rows[0]?.facts.episode ?? "");
          const wanted = { first: "fired", fired: 1, resolved: isOpen ? 0 : 1, endsResolved: !isOpen };
          expect(contractOf(rows.map(({ facts }) => facts.kind))).toEqual(wanted);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("I6: changes the phase of no partner or connector while its source is blind, unless a known date comes near", () => {
    fc.assert(
      fc.property(stories, (polls) => {
        const world = play(polls);
        const last = polls.at(-1);
        if (last === undefined) return;
        const before = world.live().states;
        const reads = SOURCE_IDS.map(
          (sourceId) => ({ sourceId, outcome: "unreadable", reason: "unavailable" }) as const,
        );

        world.poll({ slotMs: last.slotMs + PERIOD_MS, reads, policy: last.policy });

        for (const { value } of before.filter(
          ({ value: { reading } }) => !["source", "tenant"].includes(reading.kind),
        )) {
          const after = world.stateOf(value.reading.connectionId)?.alerts;
          expect(after?.["partner-state"]?.phase).toBe(value.alerts["partner-state"]?.phase);
          expect(after?.["heartbeat-age"]?.phase).toBe(value.alerts["heartbeat-age"]?.phase);
        }
      }),
    );
  });

  it("I13: fits every transaction into the limits, for any number of connections and any text", () => {
    const hostile = fc.string({ unit: "binary", maxLength: 400 });
    const aRow = fc.record({
      id: hostile,
      displayName: hostile,
      partnerState: hostile,
      lastHeartbeatDateTime: hostile,
    });
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 150 }), fc.array(fc.anything(), { maxLength: 5 }), (rows, rubbish) => {
        const world = aPlanWorld();
        const policy = aPolicy({ channels: tenChannels("channel") });
        const reads = goodReads({ complianceManagementPartners: [...rows, ...rubbish] });
        for (const poll of [1, 2, 3]) {
          const { transactions } = world.poll({ slotMs: START_MS + poll * PERIOD_MS, reads, policy });
          for (const { writes } of transactions) {
            expect(writes.reduce((sum, write) => sum + countRows(write), 1)).toBeLessThanOrEqual(MAX_TRANSACTION_ROWS);
            expect(writes.reduce((sum, write) => sum + estimateBytes(write), 0)).toBeLessThanOrEqual(
              MAX_TRANSACTION_BYTES,
            );
          }
          expect(transactions.filter(({ head }) => head !== undefined)).toEqual(transactions.slice(-1));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("I13: fits every column of a row into its limit, for any text and for channels that are all renamed", () => {
    const worst = fc.constantFrom('"', "\\", "\u{1F4A5}", "\0", "\u2028", "a").map((text) => text.repeat(600));
    const aHostile = fc.oneof(worst, fc.string({ unit: "binary", maxLength: 300 }));
    const aRow = fc.tuple(aHostile, fc.nat(40)).map(([text, count]) => {
      const target = { "@odata.type": text, groupId: text, deviceAndAppManagementAssignmentFilterId: text };
      const assignments = Array.from({ length: count }, (_, index) => ({ target: { ...target, index } }));
      return {
        ...Object.fromEntries(TEXTS.map((property) => [property, text])),
        ...Object.fromEntries(PLATFORMS.map((platform) => [`${platform}Onboarded`, text])),
        ...Object.fromEntries(PLATFORMS.map((platform) => [`${platform}EnrollmentAssignments`, assignments])),
        groupsRequiringPartnerEnrollment: assignments,
        lastHeartbeatDateTime: "2026-11-01T00:00:00Z",
        whenPartnerDevicesWillBeRemovedDateTime: "2026-11-30T00:00:00Z",
        whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: "2026-11-30T00:00:00Z",
      };
    });
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 4 }), (rows) => {
        const world = aPlanWorld();
        for (const poll of [1, 2, 3, 4, 5]) {
          const reads = goodReads({ deviceManagementPartners: poll < 5 ? rows : [{ id: "other" }] });
          const policy = aPolicy({ channels: tenChannels(poll < 3 ? "old" : "new") });
          const { transactions, overview } = world.poll({ slotMs: START_MS + poll * PERIOD_MS, reads, policy });

          expect(() => [
            toProjection(overview),
            ...transactions.flatMap(({ writes }) => writes.map(toRows)),
          ]).not.toThrow();
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** Every row that a write becomes, as the table gets it; throws when a column is over its limit. */
function toRows({ state, snapshot, event, outbox }: ConnectionWrite): readonly unknown[] {
  return [
    stateRow.toColumns(state.state),
    ...(snapshot === undefined ? [] : [snapshotRow.toColumns(snapshot)]),
    ...(event === undefined ? [] : [eventRow.toColumns(event)]),
    ...outbox.map((row) => outboxRow.toColumns(row)),
  ];
}
