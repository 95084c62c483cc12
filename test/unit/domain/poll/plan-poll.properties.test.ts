import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outboxRow } from "../../../../src/adapters/tables/delivery-rows.ts";
import { eventRow, snapshotRow } from "../../../../src/adapters/tables/history-rows.ts";
import { stateRow } from "../../../../src/adapters/tables/live-rows.ts";
import { toProjection } from "../../../../src/adapters/tables/overview-row.ts";
import { type AlertState, isOpen as isOpenAlert } from "../../../../src/domain/alerts/alert-state.ts";
import { isSuppressed } from "../../../../src/domain/alerts/decide-notification.ts";
import { quietAlert } from "../../../../src/domain/alerts/step-alert.ts";
import { PLATFORMS } from "../../../../src/domain/connections/reading.ts";
import { SOURCE_IDS, type SourceId, type SourceRead } from "../../../../src/domain/connections/source.ts";
import {
  type NotificationFacts,
  notificationId,
  type OutboxRow,
} from "../../../../src/domain/delivery/notification.ts";
import {
  countRows,
  estimateBytes,
  MAX_TRANSACTION_BYTES,
  MAX_TRANSACTION_ROWS,
} from "../../../../src/domain/poll/chunk-writes.ts";
import type { ConnectionWrite } from "../../../../src/domain/poll/poll-plan.ts";
import type { ChannelRoute, TenantPolicy } from "../../../../src/domain/poll/tenant-policy.ts";
import type { Preset } from "../../../../src/domain/rules/resolve-settings.ts";
import { SEVERITIES } from "../../../../src/domain/rules/rule.ts";
import type { Acknowledgement } from "../../../../src/domain/suppression/acknowledgement.ts";
import { silencesFor } from "../../../../src/domain/suppression/cover-silence.ts";
import { type MaintenanceWindow, WEEKDAYS } from "../../../../src/domain/suppression/maintenance-window.ts";
import type { Silence, SilenceMatch } from "../../../../src/domain/suppression/silence.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, aRoute, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlannedPoll, type PlanWorld } from "../../../builders/plan-world.ts";
import { aSilence } from "../suppression/a-silence.ts";
import { hasCause } from "./notification-causes.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);

const anAgeMs = fc.constantFrom(HOUR_MS, 37 * HOUR_MS, 80 * HOUR_MS, 9 * DAY_MS);
const aState = fc.constantFrom("enabled", "enabled", "unresponsive", "terminated", "unknown", "quarantined");
const channelNames = ["log", "ops", "pager"] as const;

/** Properties that hold a text, or are made to. */
const TEXTS = ["id", "displayName", "partnerState", "partnerAppType", "singleTenantAppId", "isConfigured"];

/** As many channels as a tenant may have, with names as long as they may be. */
function tenChannels(prefix: string): readonly ChannelRoute[] {
  return Array.from({ length: 10 }, (_, index) =>
    aRoute({ name: `${prefix}-${index}`.padEnd(40, "x"), minSeverity: "info" }),
  );
}

const EVERY_DAY: MaintenanceWindow = {
  name: "all day",
  weekdays: WEEKDAYS,
  startMinute: 0,
  durationMs: DAY_MS,
  timeZone: "UTC",
  match: {},
};

/**
 * What one poll may meet: partners there or not, sources blind or not, dates that move or stay, channels, limits, silences,
 * windows and acknowledgements as they come and go.
 */
const aStep = fc.record({
  partner: fc.option(fc.record({ ageMs: anAgeMs, state: aState }), { nil: undefined, freq: 6 }),
  removalDays: fc.option(fc.integer({ min: -9, max: 40 }), { nil: undefined, freq: 2 }),
  /** The same date in each poll, as long as there is one. */
  hasFixedDate: fc.boolean(),
  blind: fc.subarray([...SOURCE_IDS], { maxLength: 3 }).map((sources) => (sources.length === 3 ? [] : sources)),
  isBlind: fc.nat(4).map((n) => n === 0),
  channels: fc.subarray([...channelNames]),
  minSeverity: fc.constantFrom("info", "info", ...SEVERITIES),
  silence: fc.option(
    fc.record({
      match: fc.constantFrom<SilenceMatch>(
        {},
        {},
        { rule: "partner-state" },
        { severity: "warning" },
        { kind: "connector" },
      ),
      polls: fc.constantFrom(1, 3, 30),
    }),
    { nil: undefined, freq: 2 },
  ),
  isInMaintenance: fc.nat(9).map((n) => n === 0),
  isAcknowledged: fc.nat(3).map((n) => n === 0),
  preset: fc.constantFrom<Preset>("recommended", "recommended", "recommended", "strict", "relaxed", "microsoft"),
  isIgnored: fc.nat(12).map((n) => n === 0),
  isRuleOff: fc.nat(12).map((n) => n === 0),
  gapPolls: fc.constantFrom<number>(1, 1, 1, 1, 2, 20, 800),
  isConfigured: fc.nat(6).map((n) => n > 0),
  watched: fc.oneof(
    { weight: 9, arbitrary: fc.constant<readonly SourceId[]>(SOURCE_IDS) },
    { weight: 1, arbitrary: fc.subarray<SourceId>([...SOURCE_IDS], { minLength: 1 }) },
  ),
});

type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;

/** Steps under some weather: configuration and sources may stay as they were, alerts may come and go at once. */
const someWeather = fc.record({
  steps: fc.array(aStep, { minLength: 1, maxLength: 40 }),
  isSteady: fc.boolean(),
  isQuick: fc.boolean(),
  periodMs: fc.constantFrom(PERIOD_MS, 6 * HOUR_MS),
});

type Weather = typeof someWeather extends fc.Arbitrary<infer T> ? T : never;

/** One poll of a story; whoever is there acknowledges what is open, or takes it back. */
interface StoryPoll extends PlannedPoll {
  readonly isAcknowledged: boolean;
}

function toPolls(weather: Weather, startMs = START_MS): readonly StoryPoll[] {
  const { steps, isSteady, periodMs } = weather;
  const [first] = steps;
  let slotMs = startMs;
  const silences: Silence[] = [];
  return steps.map((given, index) => {
    const step = isSteady && first !== undefined ? { ...first, ...changesOf(given) } : given;
    slotMs += step.gapPolls * periodMs;
    if (step.silence !== undefined) {
      const untilMs = slotMs + step.silence.polls * periodMs;
      silences.push(aSilence({ id: `s-${index}`, match: step.silence.match, fromMs: slotMs, untilMs }));
    }
    const reads = toReads(step, { slotMs, startMs });
    const policy = toPolicy(step, weather);
    return { slotMs, reads, policy, silences: [...silences], isAcknowledged: step.isAcknowledged };
  });
}

/** What changes where the configuration is steady and all sources are read; a partner that is there stays. */
function changesOf({ partner, removalDays, hasFixedDate, silence, isAcknowledged, gapPolls }: Step): Partial<Step> {
  const changes = { removalDays, hasFixedDate, silence, isAcknowledged, gapPolls: Math.min(gapPolls, 2) };
  const steady = { isIgnored: false, isRuleOff: false, blind: [], isBlind: false, watched: SOURCE_IDS };
  return { ...changes, ...steady, ...(partner === undefined ? {} : { partner }) };
}

function toReads(
  step: Step,
  { slotMs, startMs }: { readonly slotMs: number; readonly startMs: number },
): readonly SourceRead[] {
  const { partner, removalDays, hasFixedDate, blind, isBlind, isConfigured, watched } = step;
  const removalMs = hasFixedDate ? startMs + 12 * DAY_MS : slotMs + (removalDays ?? 0) * DAY_MS;
  const removal = removalDays === undefined ? {} : { removalMs };
  const rows = {
    complianceManagementPartners:
      partner === undefined
        ? [aCompliancePartnerRow({ id: "other", beatMs: slotMs })]
        : [aCompliancePartnerRow({ state: partner.state, beatMs: slotMs - partner.ageMs })],
    deviceManagementPartners: [aManagementPartnerRow({ beatMs: slotMs - HOUR_MS, isConfigured, ...removal })],
    connectorStatus: [aConnectorRow({ atMs: startMs + 8 * DAY_MS })],
  };
  const unseen = isBlind ? SOURCE_IDS : blind;
  return goodReads(rows)
    .filter(({ sourceId }) => watched.includes(sourceId))
    .map((read) =>
      unseen.includes(read.sourceId) ? { sourceId: read.sourceId, outcome: "unreadable", reason: "throttled" } : read,
    );
}

function toPolicy(step: Step, { isQuick, periodMs }: Pick<Weather, "isQuick" | "periodMs">): TenantPolicy {
  const { channels, minSeverity, isIgnored, isRuleOff, isInMaintenance, preset } = step;
  const quick = isQuick ? { confirmPolls: 1, recoverPolls: 1, keepFiringMs: 0 } : {};
  const rules = { "heartbeat-age": quick, "partner-state": { ...quick, enabled: !isRuleOff } };
  return aPolicy({
    periodMs,
    channels: channels.map((name) => aRoute({ name, minSeverity, keepsIncidents: name === "pager" })),
    ignore: isIgnored ? [{ connection: "compliance*", reason: "migrated" }] : [],
    maintenance: isInMaintenance ? [EVERY_DAY] : [],
    rules: { preset, rules, overrides: [] },
  });
}

const stories = someWeather.map((weather) => toPolls(weather));

function play(polls: readonly StoryPoll[]): PlanWorld {
  const world = aPlanWorld();
  for (const poll of polls) playOne(world, poll);
  return world;
}

function playOne(world: PlanWorld, { isAcknowledged, ...poll }: StoryPoll): void {
  world.poll({ ...poll, acknowledgements: isAcknowledged ? acknowledgeAll(world, poll.slotMs) : [] });
}

/** Acknowledges each open episode, a period before the poll. */
function acknowledgeAll(world: PlanWorld, slotMs: number): readonly Acknowledgement[] {
  return alertsOf(world).flatMap(({ alertKey, episode }) => {
    const times = { writtenAtMs: slotMs - PERIOD_MS, untilMs: slotMs + DAY_MS };
    return episode === undefined ? [] : { alertKey, episode: episode.id, ...times, by: "anna", reason: "on it" };
  });
}

function alertsOf(world: PlanWorld): readonly AlertState[] {
  return world.live().states.flatMap(({ value }) => Object.values(value.alerts));
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

        const ofEpisodes = world.planned().filter(({ facts }) => facts.kind !== "flapping");
        for (const rows of Map.groupBy(ofEpisodes, ({ facts, channel }) => `${facts.episode} ${channel}`).values()) {
          const hasLeft = rows.at(-1)?.facts.endReason === "channel-left";
          const isOpen = open.has(rows[0]?.facts.episode ?? "") && !hasLeft;
          const wanted = { first: "fired", fired: 1, resolved: isOpen ? 0 : 1, endsResolved: !isOpen };
          expect(contractOf(rows.map(({ facts }) => facts.kind))).toEqual(wanted);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("I4: keeps of each open episode who was told of it, and nobody else", () => {
    fc.assert(
      fc.property(stories, (polls) => {
        const world = play(polls);

        for (const { episode, told } of alertsOf(world).filter(isOpenAlert)) {
          const rows = world.planned().filter(({ facts }) => facts.episode === episode?.id && facts.kind === "fired");
          expect(Object.keys(told).sort()).toEqual(rows.map(({ channel }) => channel).sort());
        }
      }),
    );
  });

  it("I5: plans no notification without the cause that it names", () => {
    fc.assert(
      fc.property(stories, (polls) => {
        const world = aPlanWorld();
        for (const [index, poll] of polls.entries()) {
          const before = new Map(alertsOf(world).map((alert) => [alert.alertKey, alert]));
          const plannedBefore = world.planned().length;
          playOne(world, poll);
          const after = new Map([...gone(world), ...alertsOf(world)].map((alert) => [alert.alertKey, alert]));

          const causeless = world
            .planned()
            .slice(plannedBefore)
            .filter((row) => {
              const { alertKey, ruleId } = row.facts;
              const none = quietAlert({ ruleId, alertKey, sinceSlotMs: 0 });
              const policyBefore = polls[index - 1]?.policy;
              const alerts = { before: before.get(alertKey) ?? none, after: after.get(alertKey) ?? none };
              return !hasCause({ row, ...alerts, policyBefore, policy: poll.policy });
            });

          expect(causeless).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("I5: plans nothing but a resolved of what a silence, a window or another alert covers", () => {
    fc.assert(
      fc.property(stories, (polls) => {
        const world = aPlanWorld();
        for (const poll of polls) {
          const plannedBefore = world.planned().length;
          playOne(world, poll);
          const covered = new Set(
            alertsOf(world).flatMap(({ alertKey, quiet }) => (isSuppressed(quiet) ? alertKey : [])),
          );
          const isCovered = ({ facts }: OutboxRow) =>
            covered.has(facts.alertKey) || isSilenced(facts, poll) || poll.policy.maintenance.length > 0;

          const told = world.planned().slice(plannedBefore).filter(isCovered);

          expect(told.filter(({ facts }) => facts.kind !== "resolved")).toEqual([]);
        }
      }),
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

        world.poll({ slotMs: last.slotMs + last.policy.periodMs, reads, policy: last.policy });

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

  it("I11: shifting all input times shifts all output times", () => {
    const weeksLaterMs = 52 * 7 * DAY_MS;
    fc.assert(
      fc.property(someWeather, (weather) => {
        const [here, there] = [toPolls(weather), toPolls(weather, START_MS + weeksLaterMs)].map(play);

        expect(relativeTo(START_MS + weeksLaterMs, there)).toBe(relativeTo(START_MS, here));
      }),
      { numRuns: 50 },
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
    const aRow = fc.tuple(aHostile, fc.nat(40), fc.boolean()).map(([text, count, failsInAllWays]) => {
      const target = { "@odata.type": text, groupId: text, deviceAndAppManagementAssignmentFilterId: text };
      const assignments = Array.from({ length: count }, (_, index) => ({ target: { ...target, index } }));
      return {
        ...Object.fromEntries(TEXTS.map((property) => [property, text])),
        ...Object.fromEntries(PLATFORMS.map((platform) => [`${platform}Onboarded`, text])),
        ...Object.fromEntries(PLATFORMS.map((platform) => [`${platform}EnrollmentAssignments`, assignments])),
        groupsRequiringPartnerEnrollment: assignments,
        ...(failsInAllWays ? { partnerState: "unresponsive" } : {}),
        lastHeartbeatDateTime: "2026-11-01T00:00:00Z",
        whenPartnerDevicesWillBeRemovedDateTime: "2026-11-30T00:00:00Z",
        whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: "2026-11-30T00:00:00Z",
      };
    });
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 4 }), (rows) => {
        const world = aPlanWorld();
        for (const [poll, prefix] of Array.from("aabbccccccdd").entries()) {
          const slotMs = START_MS + poll * PERIOD_MS;
          const partners = rows.map((row) => ({ ...row, isConfigured: poll > 0 }));
          const reads = goodReads({ deviceManagementPartners: poll < 11 ? partners : [{ id: "other" }] });
          const isQuiet = poll > 5 && poll < 11;
          const maintenance = isQuiet ? hostileWindows(poll) : [];
          const policy = aPolicy({ channels: tenChannels(prefix), maintenance });
          const acknowledgements = isQuiet ? acknowledgeAll(world, slotMs).map((ack) => ({ ...ack, ...HOSTILE })) : [];
          const silences = isQuiet ? hostileSilences(slotMs) : [];
          const { transactions, overview } = world.poll({ slotMs, reads, policy, silences, acknowledgements });

          expect(() => [
            toProjection(overview),
            ...transactions.flatMap(({ writes }) => writes.map(toRows)),
          ]).not.toThrow();
        }
      }),
      { numRuns: 10 },
    );
  });
});

/** What a person may write at most, of characters that take two in JSON. */
const HOSTILE = { by: '"'.repeat(100), reason: "\\".repeat(200) };

/** Twenty silences of one slot over everything. */
function hostileSilences(slotMs: number): readonly Silence[] {
  return Array.from({ length: 20 }, (_, index) => {
    const id = `${slotMs}-${index}`.padEnd(64, "x");
    return aSilence({ id, fromMs: slotMs, untilMs: slotMs + PERIOD_MS, ...HOSTILE });
  });
}

/** Many windows at once, other ones at each poll; the first two are over everything. */
function hostileWindows(poll: number): readonly MaintenanceWindow[] {
  return Array.from({ length: 25 }, (_, index) => {
    const match = index < 2 ? {} : { connection: '"'.repeat(256) };
    return { ...EVERY_DAY, match, name: `${poll}-${index}-`.padEnd(100, '"') };
  });
}

function gone(world: PlanWorld): readonly AlertState[] {
  return world.gone().flatMap(({ alerts }) => Object.values(alerts));
}

function isSilenced({ connectionId, connectionName, ...facts }: NotificationFacts, poll: PlannedPoll): boolean {
  const { connectionKind, ruleId, severity, slotMs } = facts;
  const subject = { connectionId, connectionName, connectionKind, ruleId, severity };
  return silencesFor(subject, poll.silences ?? [], slotMs).length > 0;
}

/** All that a world holds, with instants as time since the start; what is made of them, words and digests, left out. */
function relativeTo(startMs: number, world: PlanWorld | undefined): string {
  return JSON.stringify([world?.live(), world?.gone(), world?.events(), world?.planned()])
    .replaceAll(/"(?:digest|consequence)":"[^"]*"/g, "")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (text) => String(Date.parse(text)))
    .replaceAll(/\b\d{13}\b/g, (ms) => String(Number(ms) - startMs));
}

/** Every row that a write becomes, as the table gets it; throws when a column is over its limit. */
function toRows({ state, snapshot, event, outbox }: ConnectionWrite): readonly unknown[] {
  return [
    stateRow.toColumns(state.state),
    ...(snapshot === undefined ? [] : [snapshotRow.toColumns(snapshot)]),
    ...(event === undefined ? [] : [eventRow.toColumns(event)]),
    ...outbox.map((row) => outboxRow.toColumns(row)),
  ];
}
