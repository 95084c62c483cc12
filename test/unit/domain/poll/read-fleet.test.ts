import { describe, expect, it } from "vitest";
import type { FleetView } from "../../../../src/domain/poll/observed.ts";
import { readFleet, resumedSlotOf } from "../../../../src/domain/poll/read-fleet.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { anOverviewLine } from "./an-overview-line.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
const PERIOD_MS = 15 * MINUTE_MS;
const tenants = ["a", "b", "c"].map((tenantId) => ({
  tenantId,
  tenantName: `Tenant ${tenantId}`,
  periodMs: PERIOD_MS,
}));

function read(view: Partial<FleetView>) {
  return readFleet({ tenants, lines: [], channels: [], channelHealth: [], ...view }, NOW_MS - HOUR_MS, NOW_MS);
}

describe("readFleet()", () => {
  it("reads the fleet, together and from outside, then the tenants, then the channels", () => {
    const readings = read({ channels: ["ops"] });

    expect(readings.map(({ connectionId }) => connectionId)).toEqual([
      "fleet",
      "tenant:fleet",
      "tenant:a",
      "tenant:b",
      "tenant:c",
      "channel:ops",
    ]);
  });

  it("counts the configured tenants whose newest poll could read nothing, and names the commonest reason", () => {
    const lines = [
      anOverviewLine({ tenantId: "a", polledAtMs: NOW_MS - 2, unreadableReason: "throttled" }),
      anOverviewLine({ tenantId: "b", polledAtMs: NOW_MS - 1 }),
      anOverviewLine({ tenantId: "gone", polledAtMs: NOW_MS, unreadableReason: "forbidden" }),
    ];

    expect(read({ lines })[0]).toMatchObject({
      kind: "fleet",
      tenantCount: 3,
      unreadableCount: 1,
      reason: "throttled",
      lastGoodAtMs: NOW_MS - 1,
    });
  });

  it("has no newest poll when there was none", () => {
    expect(read({})[0]).not.toHaveProperty("lastGoodAtMs");
  });

  it("waits for the poll of a tenant without a line since now", () => {
    expect(read({})[2]).toMatchObject({ kind: "tenant-watch", waitingSinceMs: NOW_MS });
  });

  it("waits for no poll since before our return", () => {
    const lines = [anOverviewLine({ tenantId: "a", polledAtMs: NOW_MS - 5 * HOUR_MS })];

    expect(read({ lines })[2]).toMatchObject({ waitingSinceMs: NOW_MS - HOUR_MS });
  });

  it("watches the fleet's own rows, and never waits for its poll", () => {
    const lines = [anOverviewLine({ tenantId: "fleet", polledAtMs: NOW_MS - 5 * HOUR_MS, unreadableRows: 2 })];

    expect(read({ lines })[1]).toMatchObject({
      connectionId: "tenant:fleet",
      displayName: "Fleet",
      waitingSinceMs: NOW_MS,
      unreadableRows: 2,
    });
  });

  it.each([
    { name: "never failed", health: undefined, want: { failures: 0, isOpen: false } },
    {
      name: "is held back and gave something up",
      health: { failures: 7, openUntilMs: 1, deadAtMs: 2, deadReason: "http-500" },
      want: { failures: 7, isOpen: true, deadAtMs: 2, reason: "http-500", detail: "Its receiver answers 500" },
    },
    {
      name: "fails otherwise than when it gave something up",
      health: { failures: 7, openUntilMs: 1, deadAtMs: 2, deadReason: "http-404", lastFailure: "timeout" },
      want: { failures: 7, isOpen: true, deadAtMs: 2, reason: "timeout", detail: "Its receiver does not answer" },
    },
    {
      name: "was switched off",
      health: {
        failures: 1,
        deadReason: "x",
        lastFailure: "y",
        off: { reason: "http-410", targetDigest: "t", sinceMs: 3 },
      },
      want: { failures: 1, isOpen: false, offSinceMs: 3, reason: "http-410", detail: "Its receiver answers 410" },
    },
    {
      name: "fails for a reason of another version",
      health: { failures: 1, lastFailure: "struck-by-lightning" },
      want: { failures: 1, isOpen: false, reason: "struck-by-lightning" },
    },
  ])("reads a channel that $name", ({ health, want }) => {
    const channelHealth = health === undefined ? [] : [{ channel: "ops", ...health }];

    const reading = read({ tenants: [], channels: ["ops"], channelHealth }).at(-1);

    expect(reading).toStrictEqual({
      kind: "channel",
      connectionId: "channel:ops",
      displayName: "ops",
      problems: [],
      ...want,
    });
  });

  it("passes over the health of channels that are no longer configured", () => {
    expect(read({ channelHealth: [{ channel: "old", failures: 9 }] }).map(({ kind }) => kind)).not.toContain("channel");
  });
});

describe("resumedSlotOf()", () => {
  const head = { observedAtMs: 0, periodMs: PERIOD_MS, sources: {} };
  const RESUMED_MS = NOW_MS - 100 * PERIOD_MS;

  it.each([
    { name: "the present slot at the first plan", head: undefined, want: NOW_MS },
    { name: "the one before, without a gap", head: { lastSlotMs: NOW_MS - 3 * PERIOD_MS }, want: RESUMED_MS },
    { name: "the present slot after a gap", head: { lastSlotMs: NOW_MS - 3 * PERIOD_MS - 1 }, want: NOW_MS },
    { name: "the one before, though a wrong clock wrote", head: { lastSlotMs: NOW_MS + HOUR_MS }, want: RESUMED_MS },
    {
      name: "the present slot, though a wrong clock resumed",
      head: { lastSlotMs: NOW_MS - PERIOD_MS, resumedSlotMs: NOW_MS + HOUR_MS },
      want: NOW_MS,
    },
  ])("is $name", ({ head: changed, want }) => {
    const before = changed && { ...head, resumedSlotMs: RESUMED_MS, ...changed };

    expect(resumedSlotOf(before, { slotMs: NOW_MS, nowMs: NOW_MS, periodMs: PERIOD_MS })).toBe(want);
  });
});
