import { describe, expect, it } from "vitest";
import { freshnessOf, stalest } from "../../../../dashboard/model/lateness.ts";
import type { ConnectionBody } from "../../../../src/http/contract/connections.ts";
import { aConnection, aTenant, hoursAgo, NOW } from "../builders.ts";

function aWhole(lastGoodDateTime: string | undefined): ConnectionBody {
  const reading = { connectionId: "tenant:t1", displayName: "Contoso", failedPolls: 0, problems: [] };
  return aConnection({ reading: { ...reading, kind: "tenant", readable: true, lastGoodDateTime } });
}

const LAST_POLL = {
  slotDateTime: hoursAgo(0),
  observedDateTime: hoursAgo(0),
  period: "PT15M",
  blindSources: [],
  openAlerts: { critical: 0, error: 0, warning: 0, info: 0 },
  standings: { active: 0, "not-configured": 0, retired: 0, ignored: 0 },
  unreadableRows: 0,
};

/** Polled so many hours ago, and late so many hours after that. */
function polls(polledHoursAgo: number, patienceHours: number): Parameters<typeof freshnessOf>[1] {
  const observedDateTime = hoursAgo(polledHoursAgo);
  return { lateAfterDateTime: hoursAgo(polledHoursAgo - patienceHours), lastPoll: { ...LAST_POLL, observedDateTime } };
}

describe("freshnessOf()", () => {
  it.each([
    { name: "within the patience of the rule", lastGood: hoursAgo(2), isLate: false },
    { name: "after it", lastGood: hoursAgo(2.01), isLate: true },
    { name: "when nothing was ever read", lastGood: undefined, isLate: true },
  ])("finds isLate $isLate $name, though polls are committed", ({ lastGood, isLate }) => {
    expect(freshnessOf(aTenant([aWhole(lastGood)]), polls(0, 2), NOW).isLate).toBe(isLate);
  });

  it.each([
    { patienceHours: 2.9, isLate: true },
    { patienceHours: 3.1, isLate: false },
  ])("finds isLate $isLate 3 hours after a poll that may be waited for $patienceHours hours", (row) => {
    const body = aTenant([aWhole(hoursAgo(3))]);

    expect(freshnessOf(body, polls(3, row.patienceHours), NOW).isLate).toBe(row.isLate);
  });

  it("waits for ever where the rule sets no limit", () => {
    expect(freshnessOf(aTenant([aWhole(hoursAgo(99))]), {}, NOW).isLate).toBe(false);
  });

  it("goes by the poll where nothing is said of the tenant as a whole", () => {
    expect(freshnessOf(aTenant([]), polls(0, 1), NOW)).toEqual({ lastGoodMs: NOW, periodMs: 900_000, isLate: false });
  });

  it.each([
    { lateAfterDateTime: hoursAgo(-1), isLate: false },
    { lateAfterDateTime: hoursAgo(1), isLate: true },
  ])("finds isLate $isLate before the first poll, which is waited for until $lateAfterDateTime", (row) => {
    const { lateAfterDateTime, isLate } = row;

    const freshness = freshnessOf(aTenant([], { lastPoll: undefined }), { lateAfterDateTime }, NOW);

    expect(freshness).toMatchObject({ lastGoodMs: undefined, isLate });
  });
});

describe("stalest()", () => {
  const fresh = { lastGoodMs: NOW, periodMs: 1, isLate: false };

  it("takes the oldest, and one that is late before all", () => {
    const older = { ...fresh, lastGoodMs: NOW - 5 };
    const late = { ...fresh, lastGoodMs: NOW - 3, isLate: true };

    expect(stalest([fresh, older])).toBe(older);
    expect(stalest([fresh, older, late])).toBe(late);
    expect(stalest([])).toBeUndefined();
  });
});
