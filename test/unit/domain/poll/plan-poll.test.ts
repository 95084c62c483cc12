import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../../../src/domain/connections/source.ts";
import { hasNewcomers, lastPolledSlotMs, planPoll } from "../../../../src/domain/poll/plan-poll.ts";
import type { TenantPolicy } from "../../../../src/domain/poll/tenant-policy.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, aRoute, digest, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlanWorld } from "../../../builders/plan-world.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const PARTNER = "compliance-management-partner:00000000-0000-4000-8000-000000000021";

/** The slot of the n-th poll. */
function slot(poll: number): number {
  return START_MS + poll * PERIOD_MS;
}

/** Reads one compliance partner whose last beat was `ageMs` before the slot. */
function beating(slotMs: number, ageMs: number, state = "enabled"): readonly SourceRead[] {
  return goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs: slotMs - ageMs, state })] });
}

/** Two absences count, and an hour after the first they are taken as meant. */
const SOON_GONE = { warnFromPolls: 2, goneFromMs: HOUR_MS };

const allBlind: readonly SourceRead[] = goodReads().map(({ sourceId }) => ({
  sourceId,
  outcome: "unreadable",
  reason: "unavailable",
}));

function told(world: PlanWorld): readonly string[] {
  return world.planned().map(({ facts, channel }) => `${facts.kind} ${facts.ruleId} ${facts.severity} ${channel}`);
}

function pollAges(world: PlanWorld, ages: readonly number[], policy: TenantPolicy = aPolicy()): void {
  for (const [poll, ageMs] of ages.entries())
    world.poll({ slotMs: slot(poll), reads: beating(slot(poll), ageMs), policy });
}

describe("planPoll()", () => {
  it("tells that a partner has gone quiet after two polls, and that it is back after three over half an hour", () => {
    const world = aPlanWorld();
    const late = 40 * HOUR_MS;

    pollAges(world, [HOUR_MS, late, late, late, HOUR_MS, HOUR_MS, HOUR_MS, HOUR_MS]);

    expect(told(world)).toEqual(["fired heartbeat-age warning ops", "resolved heartbeat-age warning ops"]);
    expect(world.planned().map(({ facts }) => facts.slotMs)).toEqual([slot(2), slot(6)]);
  });

  it("keeps each change as an event with the channels that were told", () => {
    const world = aPlanWorld();

    pollAges(world, [HOUR_MS, 40 * HOUR_MS, 40 * HOUR_MS]);

    const lines = world
      .events()
      .map(({ slotMs, changes }) => [
        slotMs,
        ...changes.map((change) =>
          change.type === "alert" ? `${change.from} > ${change.to} ${JSON.stringify(change.told)}` : change.type,
        ),
      ]);
    expect(lines).toEqual([
      [slot(0), "appeared"],
      [slot(1), "inactive > pending {}"],
      [slot(2), `pending > firing {"ops":"fired"}`],
    ]);
  });

  it("escalates as the silence grows", () => {
    const world = aPlanWorld();

    pollAges(world, [HOUR_MS, 40 * HOUR_MS, 40 * HOUR_MS, 73 * HOUR_MS]);

    expect(told(world)).toEqual(["fired heartbeat-age warning ops", "escalated heartbeat-age error ops"]);
    expect(world.planned()[1]?.facts.previousSeverity).toBe("warning");
  });

  it("caps at warning what was broken for over 7 days when the connection is seen first", () => {
    const world = aPlanWorld();

    pollAges(world, [30 * DAY_MS, 30 * DAY_MS]);

    expect(told(world)).toEqual(["fired heartbeat-age warning ops"]);
  });

  it("changes nothing while blind but the age of what is known, and what the day holds", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    world.poll({ slotMs: slot(0), reads: beating(slot(0), HOUR_MS), policy });
    const before = world.stateOf(PARTNER);

    world.poll({ slotMs: slot(1), reads: allBlind, policy });

    const day = { today: expect.anything(), bar90: expect.anything() };
    expect(world.stateOf(PARTNER)).toEqual({ ...before, ...day, lastSlotMs: slot(1), lastCountedSlotMs: slot(1) });
  });

  it("tells of its own blindness after two polls, and records the gap once it sees again", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    world.poll({ slotMs: slot(0), reads: beating(slot(0), HOUR_MS), policy });
    for (const poll of [1, 2, 3]) world.poll({ slotMs: slot(poll), reads: allBlind, policy });

    world.poll({ slotMs: slot(4), reads: beating(slot(4), HOUR_MS), policy });

    expect(told(world).filter((line) => line.includes("tenant-unreadable"))).toEqual([
      "fired tenant-unreadable error ops",
      "resolved tenant-unreadable error ops",
    ]);
    const gaps = world
      .events()
      .flatMap(({ connectionId, changes }) =>
        changes.filter(({ type }) => type === "gap").map((gap) => ({ connectionId, ...gap })),
      );
    expect(gaps).toHaveLength(3);
    expect(gaps[0]).toMatchObject({
      connectionId: "source:deviceManagementPartners",
      fromMs: slot(0),
      toMs: slot(4),
      reason: "unavailable",
    });
  });

  it("names the permission to grant when a source is forbidden", () => {
    const world = aPlanWorld();
    const detail = "The application needs the permission DeviceManagementServiceConfig.Read.All";
    const reads: readonly SourceRead[] = goodReads().map((read) =>
      read.sourceId === "deviceManagementPartners"
        ? { sourceId: read.sourceId, outcome: "unreadable", reason: "forbidden", detail }
        : read,
    );

    for (const poll of [0, 1]) world.poll({ slotMs: slot(poll), reads, policy: aPolicy() });

    expect(told(world)).toEqual(["fired source-unreadable error ops"]);
    expect(world.planned()[0]?.facts).toMatchObject({
      reportedState: "forbidden",
      detail,
      portalPage: "Tenant administration > Tenant status",
    });
  });

  it("names the permissions to grant when a whole tenant is forbidden", () => {
    const world = aPlanWorld();
    const reads: readonly SourceRead[] = goodReads().map(({ sourceId }) => {
      const detail = `Grant what reads ${sourceId === "connectorStatus" ? "connectors" : "partners"}`;
      return { sourceId, outcome: "unreadable", reason: "forbidden", detail };
    });

    for (const poll of [0, 1]) world.poll({ slotMs: slot(poll), reads, policy: aPolicy() });

    const facts = world.planned().find(({ facts: { ruleId } }) => ruleId === "tenant-unreadable")?.facts;
    const detail = "Grant what reads partners; Grant what reads connectors";
    expect(facts).toMatchObject({ kind: "fired", reportedState: "forbidden", detail });
  });

  it("judges known deadlines while blind", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    const removalMs = slot(1) + 14 * DAY_MS + MINUTE_MS;
    const row = aManagementPartnerRow({ beatMs: slot(0), state: "terminated", removalMs });
    world.poll({ slotMs: slot(0), reads: goodReads({ deviceManagementPartners: [row] }), policy });

    world.poll({ slotMs: slot(2), reads: allBlind, policy });

    expect(told(world).filter((line) => line.includes("removal"))).toEqual([
      "fired removal-deadline warning ops",
      "escalated removal-deadline error ops",
    ]);
  });

  it("ends a connection's alerts with its 4th absence, lets connection-missing speak, and retires it after 7 days", () => {
    const world = aPlanWorld();
    const policy = aPolicy({ repeatMs: {} });
    const neighbour = aCompliancePartnerRow({
      id: "00000000-0000-4000-8000-000000000099",
      beatMs: START_MS + 30 * DAY_MS,
    });
    const late = aCompliancePartnerRow({ beatMs: START_MS - 40 * HOUR_MS });
    for (const poll of [0, 1])
      world.poll({ slotMs: slot(poll), reads: goodReads({ complianceManagementPartners: [late, neighbour] }), policy });

    for (let poll = 2; poll <= 2 + 7 * 96; poll += 1)
      world.poll({ slotMs: slot(poll), reads: goodReads({ complianceManagementPartners: [neighbour] }), policy });

    const lines = world
      .planned()
      .filter(({ facts }) => facts.connectionId === PARTNER)
      .map(({ facts }) => [facts.slotMs, facts.kind, facts.ruleId, facts.endReason]);
    expect(lines).toEqual([
      [slot(1), "fired", "heartbeat-age", undefined],
      [slot(5), "resolved", "heartbeat-age", "connection-gone"],
      [slot(5), "fired", "connection-missing", undefined],
      [slot(2 + 7 * 96), "resolved", "connection-missing", "connection-gone"],
    ]);
    expect(world.stateOf(PARTNER)).toBeUndefined();
    expect(world.gone().map(({ reading }) => reading.connectionId)).toEqual([PARTNER]);
  });

  it("records once that a connection has disappeared, and once that its absence is accepted", () => {
    const world = aPlanWorld();
    const policy = aPolicy({ rules: { ...aPolicy().rules, rules: { "connection-missing": { limits: SOON_GONE } } } });
    const row = aCompliancePartnerRow({ beatMs: START_MS });
    const neighbour = aCompliancePartnerRow({ id: "00000000-0000-4000-8000-000000000099", beatMs: START_MS });
    const rowsOf = (poll: number) => (poll === 0 ? [row, neighbour] : [neighbour]);

    for (let poll = 0; poll <= 6; poll += 1)
      world.poll({ slotMs: slot(poll), reads: goodReads({ complianceManagementPartners: rowsOf(poll) }), policy });

    const disappearances = world
      .events()
      .flatMap(({ slotMs, changes: found }) =>
        found.flatMap((change) => (change.type === "disappeared" ? [[slotMs, change.reason]] : [])),
      );
    expect(disappearances).toEqual([
      [slot(2), "absent"],
      [slot(5), "connection-gone"],
    ]);
  });

  it("knows newcomers from what was there, and from its own views", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    const polls = [goodReads(), beating(slot(1), HOUR_MS), beating(slot(2), HOUR_MS)];

    const plans = polls.map((reads, poll) => world.poll({ slotMs: slot(poll), reads, policy }));

    expect(plans.map(hasNewcomers)).toEqual([false, true, false]);
  });

  it("takes a connection that returns for the one it was", () => {
    const world = aPlanWorld();
    const policy = aPolicy({ repeatMs: {} });
    const neighbour = aCompliancePartnerRow({
      id: "00000000-0000-4000-8000-000000000099",
      beatMs: START_MS + 30 * DAY_MS,
    });
    world.poll({
      slotMs: slot(0),
      reads: goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs: slot(0) }), neighbour] }),
      policy,
    });
    for (let poll = 1; poll <= 1 + 7 * 96; poll += 1)
      world.poll({ slotMs: slot(poll), reads: goodReads({ complianceManagementPartners: [neighbour] }), policy });
    const back = 1_000;

    const plan = world.poll({ slotMs: slot(back), reads: beating(slot(back), 20 * DAY_MS), policy });

    expect(hasNewcomers(plan)).toBe(true);
    expect(world.stateOf(PARTNER)).toMatchObject({ firstSeenAtMs: slot(0), absentPolls: 0 });
    expect(world.gone()).toEqual([]);
    expect(world.stateOf(PARTNER)?.alerts["heartbeat-age"]).toMatchObject({ severity: "error" });
  });

  it("ends all alerts of a source that leaves the configuration, and forgets the source", () => {
    const world = aPlanWorld();
    pollAges(world, [40 * HOUR_MS, 40 * HOUR_MS]);
    const sources = ["deviceManagementPartners"] as const;

    world.poll({
      slotMs: slot(2),
      reads: [{ sourceId: sources[0], outcome: "read", rows: [] }],
      policy: aPolicy({ sources }),
    });

    expect(world.planned().map(({ facts }) => [facts.kind, facts.endReason])).toEqual([
      ["fired", undefined],
      ["resolved", "source-not-watched"],
    ]);
    expect(world.live().states.map(({ value }) => value.reading.connectionId)).toEqual([
      "tenant:00000000-0000-4000-8000-0000000000a1",
      "source:deviceManagementPartners",
    ]);
  });

  it("resolves for a channel that was told and is no longer configured, and tells a new one at once", () => {
    const world = aPlanWorld();
    pollAges(world, [40 * HOUR_MS, 40 * HOUR_MS]);

    world.poll({
      slotMs: slot(2),
      reads: beating(slot(2), 40 * HOUR_MS),
      policy: aPolicy({ channels: [aRoute({ name: "new", minSeverity: "info" })] }),
    });
    for (const poll of [3, 4, 5, 6])
      world.poll({
        slotMs: slot(poll),
        reads: beating(slot(poll), HOUR_MS),
        policy: aPolicy({ channels: [aRoute({ name: "new", minSeverity: "info" })] }),
      });

    expect(told(world)).toEqual([
      "fired heartbeat-age warning ops",
      "fired heartbeat-age warning new",
      "resolved heartbeat-age warning ops",
      "resolved heartbeat-age warning new",
    ]);
  });

  it("does not page about a partner that stood in the catalogue for weeks before it was onboarded", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    const [before, after] = ["unknown", "enabled"].map((state) =>
      goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ state })] }),
    );
    world.poll({ slotMs: slot(0), reads: before ?? [], policy });

    for (const poll of [2_000, 2_001, 2_096, 2_097]) world.poll({ slotMs: slot(poll), reads: after ?? [], policy });

    expect(world.planned().map(({ facts }) => [facts.slotMs, facts.ruleId])).toEqual([
      [slot(2_097), "first-heartbeat"],
    ]);
  });

  it("neither misses nor tells again of a connector whose instance id changed before a second one came", () => {
    const world = aPlanWorld();
    const reads = [["old"], ["new"], ["new", "second"], ["new"], ["new"], ["new"], ["new"]].map((instances) =>
      goodReads({
        connectorStatus: instances.map((instanceId) => aConnectorRow({ instanceId, atMs: START_MS + 20 * DAY_MS })),
      }),
    );

    for (const [poll, read] of reads.entries()) world.poll({ slotMs: slot(poll), reads: read, policy: aPolicy() });

    const lines = world
      .planned()
      .map(({ facts: { kind, ruleId, connectionId } }) => `${kind} ${ruleId} ${connectionId.split(":").at(-1)}`);
    expect(lines).toEqual([
      "fired expiry old",
      "fired expiry second",
      "resolved expiry second",
      "fired connection-missing second",
    ]);
  });

  it("resolves what is ignored from now on", () => {
    const world = aPlanWorld();
    pollAges(world, [40 * HOUR_MS, 40 * HOUR_MS]);

    world.poll({
      slotMs: slot(2),
      reads: beating(slot(2), 40 * HOUR_MS),
      policy: aPolicy({ ignore: [{ connection: "Jamf*", reason: "migrated" }] }),
    });

    expect(world.planned().at(-1)?.facts).toMatchObject({ kind: "resolved", endReason: "ignored" });
  });

  it("counts nothing twice when asked again within half a period, but takes the newer reading", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    world.poll({ slotMs: slot(0), reads: beating(slot(0), 40 * HOUR_MS), policy });

    world.poll({ slotMs: slot(0) + 7 * MINUTE_MS, reads: beating(slot(0), 39 * HOUR_MS), policy });

    expect(told(world)).toEqual([]);
    const state = world.stateOf(PARTNER);
    expect(state?.alerts["heartbeat-age"]).toMatchObject({ phase: "pending", breaches: 1 });
    expect(state?.reading).toMatchObject({ lastContact: { atMs: slot(0) - 39 * HOUR_MS } });
  });

  it("keeps a change of configuration that a poll without count has seen", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    const reads = (isConfigured: boolean): readonly SourceRead[] =>
      goodReads({ deviceManagementPartners: [aManagementPartnerRow({ beatMs: slot(0), isConfigured })] });
    world.poll({ slotMs: slot(0), reads: reads(true), policy });
    world.poll({ slotMs: slot(0) + MINUTE_MS, reads: reads(false), policy });

    world.poll({ slotMs: slot(1), reads: reads(false), policy });

    expect(told(world)).toEqual(["fired configuration-changed warning ops"]);
  });

  it("writes a snapshot when the reading changed, else once an hour", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    const still = goodReads({ connectorStatus: [aConnectorRow({ atMs: START_MS + 90 * DAY_MS })] });
    const moved = goodReads({ connectorStatus: [aConnectorRow({ atMs: START_MS + 91 * DAY_MS })] });

    const written = [still, still, moved, still, still, still, still, still].map((reads, poll) =>
      world
        .poll({ slotMs: slot(poll), reads, policy })
        .transactions.some(({ writes }) => writes.some(({ snapshot }) => snapshot !== undefined)),
    );

    expect(written).toEqual([true, false, true, true, false, false, false, true]);
  });

  it("leaves out a connection whose row cannot be parsed, counts it, and goes on with its neighbours", () => {
    const reads = goodReads({
      complianceManagementPartners: [
        aCompliancePartnerRow({ beatMs: slot(0) }),
        aCompliancePartnerRow({ id: "00000000-0000-4000-8000-000000000099", beatMs: slot(0) }),
      ],
    });
    const unreadable = [{ rowKey: `live|state|${digest(PARTNER)}`, connectionKey: digest(PARTNER) }];
    const live = { states: [], outbox: [], silences: [], acknowledgements: [], unreadable };
    const poll = { policy: aPolicy(), slotMs: slot(0), nowMs: slot(0), observedAtMs: slot(0), digest };

    const plan = planPoll({ live, gone: [], observed: { kind: "tenant", reads } }, poll);

    const written = plan.transactions.flatMap(({ writes }) =>
      writes.map(({ state }) => state.state.reading.connectionId),
    );
    expect(written).not.toContain(PARTNER);
    expect(written).toContain("compliance-management-partner:00000000-0000-4000-8000-000000000099");
    expect(plan.overview.unreadableRows).toBe(1);
  });

  it("calls a source in its head what its reading says, also where an answer is not believed", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    world.poll({ slotMs: slot(0), reads: beating(slot(0), HOUR_MS), policy });

    world.poll({ slotMs: slot(1), reads: goodReads(), policy });

    expect(world.live().head?.value.sources).toEqual({
      deviceManagementPartners: "read",
      complianceManagementPartners: "unreadable: suddenly-empty",
      connectorStatus: "read",
    });
  });

  it("writes nothing for a slot that was seen, nor for an older one", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    world.poll({ slotMs: slot(3), reads: beating(slot(3), HOUR_MS), policy });

    for (const seen of [3, 2]) {
      const plan = world.poll({ slotMs: slot(seen), reads: beating(slot(3), 40 * HOUR_MS), policy, nowMs: slot(3) });

      expect(plan.transactions.flatMap(({ writes }) => writes)).toEqual([]);
    }
  });

  it("goes on after a clock that was wrong by days", () => {
    const world = aPlanWorld();
    const policy = aPolicy();
    world.poll({ slotMs: slot(9_999), reads: beating(slot(0), HOUR_MS), policy });

    world.poll({ slotMs: slot(1), reads: beating(slot(1), HOUR_MS), policy });

    expect(world.stateOf(PARTNER)).toMatchObject({ lastSlotMs: slot(1), lastCountedSlotMs: slot(1) });
    expect(lastPolledSlotMs(world.live(), slot(1))).toBe(slot(1));
  });
});
