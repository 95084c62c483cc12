import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../../../src/domain/connections/source.ts";
import type { NotificationKind } from "../../../../src/domain/delivery/notification.ts";
import { orderNotifications } from "../../../../src/domain/delivery/order-notifications.ts";
import type { ChannelRoute } from "../../../../src/domain/poll/tenant-policy.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, aRoute, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlannedPoll, type PlanWorld } from "../../../builders/plan-world.ts";
import { aSilence } from "../suppression/a-silence.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);

/** Polls of a day. */
const DAY = DAY_MS / PERIOD_MS;

const PARTNER = "compliance-management-partner:00000000-0000-4000-8000-000000000021";
const MANAGED = "device-management-partner:00000000-0000-4000-8000-000000000001";

function slot(poll: number): number {
  return START_MS + poll * PERIOD_MS;
}

/** Reads one compliance partner that has been quiet for 40 hours unless told otherwise. */
function quiet(poll: number, state = "enabled", ageMs = 40 * HOUR_MS): readonly SourceRead[] {
  const beatMs = slot(poll) - ageMs;
  return goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs, state })] });
}

/** What was told in which poll, and why. */
function reasons(world: PlanWorld): readonly string[] {
  return world.planned().map(({ facts: { slotMs, kind, reason, ruleId }, channel }) => {
    return `${(slotMs - START_MS) / PERIOD_MS} ${kind} ${reason} ${ruleId} ${channel}`;
  });
}

function told(world: PlanWorld): readonly string[] {
  return world.planned().map(({ facts, channel }) => `${facts.kind} ${facts.ruleId} ${channel}`);
}

/** Reads one device management partner that is in touch. */
function managed(row: Partial<Parameters<typeof aManagementPartnerRow>[0]>, poll: number): readonly SourceRead[] {
  return goodReads({ deviceManagementPartners: [aManagementPartnerRow({ beatMs: slot(poll), ...row })] });
}

/** More channels than a tenant may have, so that few alerts are more than a transaction holds. */
function manyChannels(prefix: string, length: number): readonly ChannelRoute[] {
  return Array.from({ length }, (_, index) => aRoute({ name: `${prefix}-${index}`, minSeverity: "info" }));
}

/** Reads a partner about which six alerts fire; one of them keeps another quiet. */
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

const GATHERED = "displayName Contoso Bridge → Jamf Pro; before that isConfigured true → false";

function count(world: PlanWorld, kind: NotificationKind): number {
  return world.planned().filter(({ facts }) => facts.kind === kind).length;
}

describe("stepAlerts()", () => {
  it("tells of a change of configuration also while the alert of an earlier one is open", () => {
    const world = aPlanWorld();
    const policy = aPolicy({ channels: [aRoute({ minSeverity: "info" })] });

    for (const [poll, name] of ["Jamf", "Jamf Pro", "Jamf Cloud", "Jamf Cloud"].entries())
      world.poll({ slotMs: slot(poll), reads: managed({ name }, poll), policy });

    expect(reasons(world)).toEqual([
      "1 fired first-firing configuration-changed ops",
      "2 reminder changed-again configuration-changed ops",
    ]);
  });

  it("tells of all changes of configuration that a silence kept from everybody when it ends", () => {
    const world = aPlanWorld();
    const silences = [aSilence({ fromMs: 0, untilMs: slot(3) })];
    const rows = [{}, { isConfigured: false }, { isConfigured: false, name: "Jamf Pro" }] as const;

    for (const [poll, row] of [...rows, rows[2]].entries())
      world.poll({ slotMs: slot(poll), reads: managed(row, poll), policy: aPolicy(), silences });

    expect(world.planned().map(({ facts }) => facts)).toMatchObject([
      { kind: "fired", severity: "warning", evaluation: { breachedSinceMs: slot(2), measured: { text: GATHERED } } },
    ]);
  });

  it("tells a channel whose name is a property of every object like any other", () => {
    const world = aPlanWorld();
    const policy = aPolicy({ channels: [aRoute({ name: "constructor" })] });

    for (const poll of [0, 1, 2]) world.poll({ slotMs: slot(poll), reads: quiet(poll), policy });

    expect(told(world)).toEqual(["fired heartbeat-age constructor"]);
  });

  it("plans what a drain with a clock a little behind takes for due", () => {
    const world = aPlanWorld();

    for (const poll of [0, 1]) world.poll({ slotMs: slot(poll), reads: quiet(poll), policy: aPolicy() });

    expect(world.planned().map(({ nextAttemptAtMs }) => nextAttemptAtMs)).toEqual([slot(1) - 5_000]);
  });

  it("plans what wakes an older row that was tried since the slot began, however late its poll is", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    for (const poll of [0, 1]) world.poll({ slotMs: slot(poll), reads: quiet(poll), policy });
    const [fired] = world.planned();
    if (fired === undefined) throw new Error("nothing was planned");
    const nowMs = slot(2) + 5 * MINUTE_MS;
    world.poll({ slotMs: slot(2), reads: quiet(2, "enabled", 80 * HOUR_MS), policy, nowMs });
    const tried = { attempts: 5, lastAttemptAtMs: nowMs - MINUTE_MS, nextAttemptAtMs: nowMs + 29 * MINUTE_MS };

    const rows = [{ ...fired, ...tried }, ...world.planned().slice(1)].map((value) => ({ value, etag: "1" }));
    const { ready } = orderNotifications(rows, nowMs);

    expect(rows.map(({ value }) => value.facts.kind)).toEqual(["fired", "escalated"]);
    expect(ready.map(({ row }) => row.value.facts.kind)).toEqual(["fired"]);
  });

  it.each([
    { state: "enabled", note: "Microsoft reports enabled, our rules say warning" },
    { state: "unresponsive", note: undefined },
  ])("sets all that we say of a connection beside Microsoft's $state, not one alert alone", ({ state, note }) => {
    const world = aPlanWorld();

    const dated = { state, removalMs: START_MS + 20 * DAY_MS };

    for (const [poll, row] of [{ state }, { state }, dated].entries())
      world.poll({ slotMs: slot(poll), reads: managed(row, poll), policy: aPolicy() });

    const facts = world.planned().find(({ facts: { ruleId } }) => ruleId === "removal-deadline")?.facts;
    expect([facts?.severity, facts?.verdictNote]).toEqual(["warning", note]);
  });

  it("does not call a connection ok because one of its alerts is over", () => {
    const world = aPlanWorld();
    const state = "unresponsive";
    const dated = managed({ state, removalMs: START_MS + 20 * DAY_MS }, 0);

    for (const [poll, reads] of [dated, dated, managed({ state }, 2)].entries())
      world.poll({ slotMs: slot(poll), reads, policy: aPolicy() });

    const facts = world.planned().at(-1)?.facts;
    expect([facts?.kind, facts?.ruleId, facts?.verdictNote]).toEqual(["resolved", "removal-deadline", undefined]);
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
      const world = aPlanWorld();
      for (const poll of [0, 1, 2]) {
        const policy = aPolicy({ channels: manyChannels("old", 10) });
        world.poll({ slotMs: slot(poll), reads: failingInAllWays(poll), policy });
      }
      const policy = aPolicy({ channels: manyChannels("new", 10) });

      const planned = [3, 4, 5].map((poll) => {
        const { transactions } = world.poll({ slotMs: slot(poll), reads: failingInAllWays(poll), policy });
        return transactions.flatMap(({ writes }) => writes.flatMap(({ outbox }) => outbox)).length;
      });

      expect(planned).toEqual([80, 20, 0]);
      expect([count(world, "fired"), count(world, "resolved")]).toEqual([100, 50]);
    });

    it("lets a connection go only when all of it is told", () => {
      const world = aPlanWorld();
      const policy = aPolicy({ channels: manyChannels("ops", 18) });
      for (const poll of [0, 1, 2, 3]) world.poll({ slotMs: slot(poll), reads: failingInAllWays(poll), policy });
      const reads = goodReads().filter(({ sourceId }) => sourceId === "connectorStatus");

      const left = [4, 5].map((poll) => {
        world.poll({ slotMs: slot(poll), reads, policy });
        return [count(world, "resolved"), world.gone().filter(({ reading }) => "state" in reading).length];
      });

      expect(left).toEqual([
        [72, 0],
        [90, 1],
      ]);
    });
  });

  describe("with something to keep an alert quiet", () => {
    const silence = aSilence({ fromMs: START_MS, untilMs: slot(3) });

    it("tells what is silenced only once the silence is over", () => {
      const world = aPlanWorld();

      for (const poll of [0, 1, 2, 3])
        world.poll({ slotMs: slot(poll), reads: quiet(poll), policy: aPolicy(), silences: [silence] });

      expect(reasons(world)).toEqual(["3 fired suppression-ended heartbeat-age ops"]);
      expect(world.stateOf(PARTNER)?.alerts["heartbeat-age"]?.quiet).toBeUndefined();
    });

    it("keeps with the alert why it is quiet, and says when that begins and ends", () => {
      const world = aPlanWorld();

      for (const poll of [0, 1, 2, 3])
        world.poll({ slotMs: slot(poll), reads: quiet(poll), policy: aPolicy(), silences: poll < 2 ? [] : [silence] });

      const reason = { kind: "silence", id: "s-1", untilMs: slot(3), by: silence.by, reason: silence.reason };
      const changes = world.events().flatMap((event) => event.changes.filter(({ type }) => type === "suppression"));
      expect(changes).toEqual([
        { type: "suppression", ruleId: "heartbeat-age", began: [reason], ended: [] },
        { type: "suppression", ruleId: "heartbeat-age", began: [], ended: [reason] },
      ]);
    });

    it("lets an inhibitor speak for its target in the same poll, and the target when that is over", () => {
      const world = aPlanWorld();
      const states = ["unresponsive", "unresponsive", "enabled", "enabled", "enabled"];

      for (const [poll, state] of states.entries())
        world.poll({ slotMs: slot(poll), reads: quiet(poll, state), policy: aPolicy() });

      expect(reasons(world)).toEqual([
        "1 fired first-firing partner-state ops",
        "4 resolved ended partner-state ops",
        "4 fired suppression-ended heartbeat-age ops",
      ]);
    });

    it("takes an acknowledgement back in the poll that finds the alert graver", () => {
      const world = aPlanWorld();
      for (const poll of [0, 1]) world.poll({ slotMs: slot(poll), reads: quiet(poll), policy: aPolicy() });
      const { alertKey, episode } = world.planned()[0]?.facts ?? {};
      if (alertKey === undefined || episode === undefined) throw new Error("Cannot test: nothing has fired");
      const words = { by: "anna", reason: "on it" };
      const ack = { alertKey, episode, writtenAtMs: slot(1) + 1, untilMs: slot(1) + 7 * DAY_MS, ...words };

      for (const [poll, ageMs] of [
        [1 + DAY, 40 * HOUR_MS],
        [2 + DAY, 80 * HOUR_MS],
        [2 + 2 * DAY, 80 * HOUR_MS],
      ] as const) {
        const reads = quiet(poll, "enabled", ageMs);
        world.poll({ slotMs: slot(poll), reads, policy: aPolicy(), acknowledgements: [ack] });
      }

      expect(reasons(world)).toEqual([
        "1 fired first-firing heartbeat-age ops",
        `${2 + DAY} escalated severity-rose heartbeat-age ops`,
        `${2 + 2 * DAY} reminder repeat-due heartbeat-age ops`,
      ]);
    });
  });

  describe("with channels that come and go", () => {
    it("closes an episode for a channel that leaves, once and for all", () => {
      const world = aPlanWorld();
      const policies = [{}, {}, { channels: [] }, {}, {}, {}, {}].map(aPolicy);
      const ages = [40, 40, 40, 80, 1, 1, 1];

      for (const [poll, policy] of policies.entries())
        world.poll({ slotMs: slot(poll), reads: quiet(poll, "enabled", (ages[poll] ?? 0) * HOUR_MS), policy });

      expect(reasons(world)).toEqual([
        "1 fired first-firing heartbeat-age ops",
        "2 resolved channel-left heartbeat-age ops",
      ]);
      expect(world.planned().at(-1)?.facts.endReason).toBe("channel-left");
    });

    it("remembers the 10 that left last", () => {
      const world = aPlanWorld();
      const polls = Array.from({ length: 14 }, (_, poll) => poll);

      for (const poll of polls) {
        const policy = aPolicy({ channels: [aRoute({ name: `ops-${poll}` })] });
        world.poll({ slotMs: slot(poll), reads: quiet(poll), policy });
      }

      const channels = Object.keys(world.stateOf(PARTNER)?.alerts["heartbeat-age"]?.told ?? {});
      expect(channels.toSorted()).toEqual(
        polls
          .slice(3)
          .map((poll) => `ops-${poll}`)
          .toSorted(),
      );
    });
  });

  it("tells of other limits that say ok that the rule was changed, not that the partner recovered", () => {
    const world = aPlanWorld();
    const relaxed = aPolicy({ rules: { preset: "relaxed", rules: {}, overrides: [] } });

    for (const [poll, policy] of [aPolicy(), aPolicy(), relaxed].entries())
      world.poll({ slotMs: slot(poll), reads: quiet(poll), policy });

    expect(reasons(world).at(-1)).toBe("2 resolved ended heartbeat-age ops");
    expect(world.planned().at(-1)?.facts.endReason).toBe("rule-changed");
  });

  it("does not take another number of polls for other limits", () => {
    const world = aPlanWorld();
    const rules = { preset: "recommended", rules: { "heartbeat-age": { recoverPolls: 1 } }, overrides: [] } as const;

    for (const [poll, policy] of [aPolicy(), aPolicy(), aPolicy({ rules })].entries())
      world.poll({ slotMs: slot(poll), reads: quiet(poll, "enabled", poll < 2 ? 40 * HOUR_MS : 0), policy });

    expect(world.stateOf(PARTNER)?.alerts["heartbeat-age"]?.phase).toBe("recovering");
  });

  describe("of a date", () => {
    it("remembers with each channel the date and the bucket that it was told", () => {
      const world = aPlanWorld();
      const removalMs = START_MS + 10 * DAY_MS;

      world.poll({ slotMs: slot(0), reads: managed({ removalMs }, 0), policy: aPolicy() });

      expect(world.stateOf(MANAGED)?.alerts["removal-deadline"]?.told).toEqual({
        ops: { severity: "error", slotMs: slot(0), dateMs: removalMs, bucketDays: 14 },
      });
    });

    it("tells each bucket once from the first it is seen in, and the date itself", () => {
      const world = aPlanWorld();
      const removalMs = START_MS + 8.5 * DAY_MS;

      for (let poll = 0; poll < 12 * DAY; poll += DAY / 2)
        world.poll({ slotMs: slot(poll), reads: managed({ removalMs }, poll), policy: aPolicy() });

      expect(reasons(world)).toEqual([
        "0 fired first-firing removal-deadline ops",
        `${1.5 * DAY} escalated severity-rose removal-deadline ops`,
        `${5.5 * DAY} reminder bucket-crossed removal-deadline ops`,
        `${7.5 * DAY} reminder bucket-crossed removal-deadline ops`,
        `${8.5 * DAY} reminder bucket-crossed removal-deadline ops`,
      ]);
    });

    it.each([
      { moved: "later", days: 20, want: "1 deescalated date-moved-later removal-deadline ops", severity: "warning" },
      { moved: "earlier", days: 8, want: "1 reminder date-moved-earlier removal-deadline ops", severity: "error" },
      {
        moved: "earlier and graver",
        days: 3,
        want: "1 escalated severity-rose removal-deadline ops",
        severity: "critical",
      },
    ])("tells at once that it moved $moved", ({ days, want, severity }) => {
      const world = aPlanWorld();

      for (const [poll, left] of [10, days].entries()) {
        const reads = managed({ removalMs: START_MS + left * DAY_MS }, poll);
        world.poll({ slotMs: slot(poll), reads, policy: aPolicy() });
      }

      expect([reasons(world).at(-1), world.planned().at(-1)?.facts.severity]).toEqual([want, severity]);
    });

    it("counts a bucket again that the date has moved out of", () => {
      const world = aPlanWorld();

      for (const [poll, left] of [6, 10, 6].entries()) {
        const reads = managed({ removalMs: START_MS + left * DAY_MS }, poll);
        world.poll({ slotMs: slot(poll), reads, policy: aPolicy() });
      }

      expect(reasons(world)).toEqual([
        "0 fired first-firing removal-deadline ops",
        "1 deescalated date-moved-later removal-deadline ops",
        "2 escalated severity-rose removal-deadline ops",
      ]);
    });
  });

  describe("of an alert that flaps", () => {
    /** Six breaches that come and go, the next ones hold. */
    function blip(world: PlanWorld, routes: readonly ChannelRoute[], rest: Partial<PlannedPoll> = {}): void {
      for (let poll = 0; poll < 12; poll += 1) {
        const reads = quiet(poll, "enabled", poll % 2 === 0 ? 40 * HOUR_MS : 0);
        world.poll({ slotMs: slot(poll), reads, policy: aPolicy({ channels: routes }), ...rest });
      }
    }

    function hold(world: PlanWorld, routes: readonly ChannelRoute[], ageMs = 40 * HOUR_MS): void {
      for (const poll of [12, 13])
        world.poll({ slotMs: slot(poll), reads: quiet(poll, "enabled", ageMs), policy: aPolicy({ channels: routes }) });
    }

    it("tells once of short breaches, under an id of its own, and of no episode after it", () => {
      const world = aPlanWorld();

      blip(world, [aRoute()]);
      hold(world, [aRoute()]);

      expect(reasons(world)).toEqual(["11 flapping flapping-began heartbeat-age ops"]);
      const { alertKey, episode, isFlapping } = world.planned()[0]?.facts ?? {};
      expect([episode, isFlapping]).toEqual([`${alertKey}-${slot(11)}`, true]);
    });

    it.each([
      { what: "keeps incidents", routes: [aRoute({ keepsIncidents: true })], rest: {} },
      { what: "is told of errors only", routes: [aRoute({ minSeverity: "error" })], rest: {} },
      { what: "was kept quiet", routes: [aRoute()], rest: { silences: [aSilence({ fromMs: 0, untilMs: slot(12) })] } },
    ])("tells of the next episode where a channel had no notice, as it $what", ({ routes, rest }) => {
      const world = aPlanWorld();

      blip(world, routes, rest);
      hold(world, routes, 80 * HOUR_MS);

      expect(reasons(world)).toEqual(["13 fired first-firing heartbeat-age ops"]);
      expect(world.planned()[0]?.facts.isFlapping).toBe(true);
    });

    it("is covered by a silence for the severity that its short breaches had", () => {
      const world = aPlanWorld();
      const match = { severity: "warning" } as const;

      blip(world, [aRoute()], { silences: [aSilence({ match, fromMs: 0, untilMs: slot(99) })] });

      expect(reasons(world)).toEqual([]);
    });

    it("is told by its 3rd episode, which then stays open until it is calm for 48 hours", () => {
      const world = aPlanWorld();
      const late = [true, true, false, false, false];
      const polls = [...late, ...late, ...late, ...late];

      for (const [poll, isLate] of polls.entries())
        world.poll({ slotMs: slot(poll), reads: quiet(poll, "enabled", isLate ? 40 * HOUR_MS : 0), policy: aPolicy() });
      for (let poll = polls.length; poll < 3 * DAY; poll += 1)
        world.poll({ slotMs: slot(poll), reads: quiet(poll, "enabled", 0), policy: aPolicy() });

      expect(reasons(world)).toEqual([
        "1 fired first-firing heartbeat-age ops",
        "4 resolved ended heartbeat-age ops",
        "6 fired first-firing heartbeat-age ops",
        "9 resolved ended heartbeat-age ops",
        "11 fired first-firing heartbeat-age ops",
        `${17 + 2 * DAY} resolved ended heartbeat-age ops`,
      ]);
      expect(world.planned().map(({ facts }) => facts.isFlapping)).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        true,
        undefined,
      ]);
    });
  });
});
