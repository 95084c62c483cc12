import { describe, expect, it } from "vitest";
import { freshnessOf, stalest } from "../../../../dashboard/model/lateness.ts";
import type { ConnectionBody } from "../../../../src/http/contract/connections.ts";
import { aConnection, aTenant, hoursAgo, NOW } from "../builders.ts";

function aWhole(lastGoodDateTime: string | undefined): ConnectionBody {
  const reading = { connectionId: "tenant:t1", displayName: "Contoso", failedPolls: 0, problems: [] };
  return aConnection({ reading: { ...reading, kind: "tenant", readable: true, lastGoodDateTime } });
}

describe("freshnessOf()", () => {
  it.each([
    { name: "within 4 periods", lastGood: hoursAgo(1), isLate: false },
    { name: "after 4 periods", lastGood: hoursAgo(1.01), isLate: true },
    { name: "when nothing was ever read", lastGood: undefined, isLate: true },
  ])("finds isLate $isLate $name, though polls are committed", ({ lastGood, isLate }) => {
    expect(freshnessOf(aTenant([aWhole(lastGood)]), NOW).isLate).toBe(isLate);
  });

  it("goes by the poll where nothing is said of the tenant as a whole", () => {
    expect(freshnessOf(aTenant([]), NOW)).toEqual({ lastGoodMs: NOW, periodMs: 900_000, isLate: false });
  });

  it("calls nothing late before the first poll", () => {
    expect(freshnessOf(aTenant([], { lastPoll: undefined }), NOW)).toMatchObject({
      lastGoodMs: undefined,
      isLate: false,
    });
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
