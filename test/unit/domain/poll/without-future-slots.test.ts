import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../../../src/domain/connections/source.ts";
import { withoutFutureSlots } from "../../../../src/domain/poll/without-future-slots.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aManagementPartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlanWorld } from "../../../builders/plan-world.ts";
import { anAlert } from "../alerts/an-alert.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const PARTNER = "compliance-management-partner:00000000-0000-4000-8000-000000000021";

function poll(world: PlanWorld, index: number, reads: (slotMs: number) => readonly SourceRead[]): void {
  const slotMs = START_MS + index * PERIOD_MS;
  world.poll({ slotMs, reads: reads(slotMs), policy: aPolicy() });
}

function beating(ageMs: number): (slotMs: number) => readonly SourceRead[] {
  return (slotMs) => goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs: slotMs - ageMs })] });
}

function told(world: PlanWorld): readonly string[] {
  return world.planned().map(({ facts }) => `${facts.kind} ${facts.ruleId}`);
}

function blind(): readonly SourceRead[] {
  return goodReads().map(({ sourceId }) => ({ sourceId, outcome: "unreadable", reason: "throttled" }));
}

/** A poll of a worker whose clock is a year ahead. */
const WRONG = (365 * DAY_MS) / PERIOD_MS;

describe("withoutFutureSlots()", () => {
  it("leaves a state alone whose slot is up to 1 minute ahead", () => {
    const world = aPlanWorld();
    poll(world, 0, beating(HOUR_MS));
    const state = world.stateOf(PARTNER);
    if (state === undefined) throw new Error("Cannot test: the world holds no such partner");

    expect(withoutFutureSlots(state, { nowMs: START_MS - MINUTE_MS, periodMs: PERIOD_MS })).toBe(state);
    expect(withoutFutureSlots(state, { nowMs: START_MS - MINUTE_MS - 1, periodMs: PERIOD_MS })).not.toEqual(state);
  });

  it("leaves no slot ahead of the clock, and dates as they are", () => {
    const world = aPlanWorld();
    const removalMs = START_MS + 900 * DAY_MS;
    const configured = (isConfigured: boolean) => () => {
      const row = { beatMs: START_MS, isConfigured, ...(isConfigured ? { removalMs } : {}) };
      return goodReads({ deviceManagementPartners: [aManagementPartnerRow(row)] });
    };
    const reads = [configured(false), configured(true), () => goodReads({ deviceManagementPartners: [{}] }), blind];
    for (const [index, read] of reads.entries()) poll(world, WRONG + index, read);

    const states = world
      .live()
      .states.map(({ value }) => withoutFutureSlots(value, { nowMs: START_MS, periodMs: PERIOD_MS }));

    const slots = /(?<="(?:\w*slot|(?:absent|active|failing)Since|\w+SeenAt|lastGoodAt|observedAt)Ms":)\d+/gi;
    const text = JSON.stringify(states);
    expect(new Set(text.match(slots))).toEqual(new Set([String(START_MS - PERIOD_MS)]));
    expect(text).toContain(`"removalDeadline":{"atMs":${removalMs}`);
  });

  it("moves the bar back to the day of the clock, and forgets the tally of a day that is not over", () => {
    const world = aPlanWorld();
    poll(world, 0, beating(HOUR_MS));
    poll(world, (2 * DAY_MS) / PERIOD_MS, beating(40 * HOUR_MS));
    const state = world.stateOf(PARTNER);
    if (state === undefined) throw new Error("Cannot test: the world holds no such partner");
    const nowMs = START_MS + PERIOD_MS;

    const { bar90, today, lastSlotMs } = withoutFutureSlots(state, { nowMs, periodMs: PERIOD_MS });

    expect(state.bar90).toMatch(/^-{87}[^-]-[^-]$/);
    expect({ bar90, today, lastSlotMs }).toEqual({
      bar90: `${"-".repeat(89)}${state.bar90?.at(-3)}`,
      today: undefined,
      lastSlotMs: START_MS,
    });
  });

  it("takes back what an alert remembers of the future, and leaves a date that was told", () => {
    const world = aPlanWorld();
    poll(world, WRONG, beating(HOUR_MS));
    const state = world.stateOf(PARTNER);
    if (state === undefined) throw new Error("Cannot test: the world holds no such partner");
    const aheadMs = state.lastSlotMs;
    const alert = anAlert("firing", {
      calmer: { info: aheadMs },
      episode: { id: "e", firedSlotMs: 0, escalatedAtMs: aheadMs },
      flaps: { firedSlotsMs: [0, aheadMs], clearedSlotsMs: [aheadMs], changedSlotMs: aheadMs, sinceSlotMs: aheadMs },
      told: { ops: { severity: "warning", slotMs: aheadMs, dateMs: aheadMs } },
    });

    const { alerts } = withoutFutureSlots(
      { ...state, alerts: { "heartbeat-age": alert } },
      { nowMs: START_MS, periodMs: PERIOD_MS },
    );

    const pastMs = START_MS - PERIOD_MS;
    expect(alerts["heartbeat-age"]).toEqual({
      ...alert,
      calmer: { info: pastMs },
      episode: { id: "e", firedSlotMs: 0, escalatedAtMs: pastMs },
      flaps: { firedSlotsMs: [0, pastMs], clearedSlotsMs: [pastMs], changedSlotMs: pastMs, sinceSlotMs: pastMs },
      told: { ops: { severity: "warning", slotMs: pastMs, dateMs: aheadMs } },
    });
  });

  it("lets an alert resolve that began to recover under a wrong clock", () => {
    const world = aPlanWorld();
    for (const index of [0, 1]) poll(world, index, beating(40 * HOUR_MS));
    poll(world, WRONG, beating(HOUR_MS));

    for (const index of [3, 4, 5]) poll(world, index, beating(HOUR_MS));

    expect(told(world)).toEqual(["fired heartbeat-age", "resolved heartbeat-age"]);
  });

  it("takes a connection back that left under a wrong clock", () => {
    const world = aPlanWorld();
    poll(world, 0, beating(HOUR_MS));
    poll(world, WRONG, () => [{ sourceId: "connectorStatus", outcome: "read", rows: [] }]);

    poll(world, 2, beating(HOUR_MS));

    expect(world.gone().map(({ connectionKey }) => connectionKey)).not.toContain(digest(PARTNER));
    expect(world.stateOf(PARTNER)?.firstSeenAtMs).toBe(START_MS);
  });
});
