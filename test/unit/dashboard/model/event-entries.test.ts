import { describe, expect, it } from "vitest";
import { toEntries } from "../../../../dashboard/model/event-entries.ts";
import type { ChangeBody, EventBody } from "../../../../src/http/contract/history.ts";
import { hoursAgo } from "../builders.ts";

const REMINDER = {
  type: "alert",
  ruleId: "sync-age",
  from: "firing",
  to: "firing",
  reason: "still-firing",
  told: [{ channel: "ops", kind: "reminder" }],
} as const;
const STATE = { type: "state", from: "enabled", to: "rejected" } as const;

function anEvent(ageHours: number, ...changes: readonly ChangeBody[]): EventBody {
  const at = hoursAgo(ageHours);
  return { connectionKey: "k", connectionId: "i", displayName: "n", slotDateTime: at, observedDateTime: at, changes };
}

describe("toEntries()", () => {
  it("makes one line of what says the same several times in a row", () => {
    const entries = toEntries(
      [anEvent(1, REMINDER), anEvent(5, REMINDER), anEvent(6, STATE), anEvent(9, REMINDER)],
      "all",
    );

    expect(entries.map(({ at, firstAt, times }) => ({ at, firstAt, times }))).toEqual([
      { at: hoursAgo(1), firstAt: hoursAgo(5), times: 2 },
      { at: hoursAgo(6), firstAt: hoursAgo(6), times: 1 },
      { at: hoursAgo(9), firstAt: hoursAgo(9), times: 1 },
    ]);
  });

  it("keeps apart what was told to others", () => {
    const other = { ...REMINDER, told: [{ channel: "siem", kind: "reminder" }] } as const;

    expect(toEntries([anEvent(1, REMINDER), anEvent(5, other)], "all")).toHaveLength(2);
  });

  it("keeps changes of the configuration only, when asked", () => {
    const entries = toEntries([anEvent(1, REMINDER, STATE)], "configuration");

    expect(entries.map(({ text }) => text)).toEqual(["Microsoft's state: from enabled to rejected"]);
  });
});
