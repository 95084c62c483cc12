import { describe, expect, it } from "vitest";
import type { Change, ConnectionEvent } from "../../../../src/domain/history/connection-event.ts";
import { watchTimeline } from "../../../../src/domain/history/watch-timeline.ts";
import { anEvent, aState, minute } from "./a-record.ts";

function tell(events: readonly ConnectionEvent[], now: Partial<Parameters<typeof watchTimeline>[1]> = {}) {
  const { first, turns } = watchTimeline(events, {
    state: aState({ firstSeenAtMs: minute(10) }),
    isLive: true,
    ...now,
  });
  return [first.standing, ...turns.map(({ atMs, value }) => `${atMs / minute(1)}:${value.standing}`)];
}

const APPEARED: Change = { type: "appeared", returned: false };
const RETURNED: Change = { type: "appeared", returned: true };
const MISSING: Change = { type: "disappeared", reason: "absent" };
const GONE: Change = { type: "disappeared", reason: "connection-gone" };
const RETIRED: Change = { type: "standing", from: "active", to: "retired" };

describe("watchTimeline()", () => {
  it.each([
    { name: "before it was first seen", events: [], want: ["not-seen-yet", "10:active"] },
    {
      name: "first seen with its first event",
      events: [anEvent(10, APPEARED)],
      want: ["not-seen-yet", "10:active"],
    },
    {
      name: "seen before its state was reset",
      events: [anEvent(3, RETIRED), anEvent(10, APPEARED)],
      want: ["not-seen-yet", "3:retired", "10:retired"],
    },
    {
      name: "missing for a while: watched all the time",
      events: [anEvent(20, MISSING), anEvent(25, RETURNED)],
      want: ["not-seen-yet", "10:active", "20:active", "25:active"],
    },
    {
      name: "gone and back",
      events: [anEvent(20, GONE), anEvent(25, RETURNED)],
      want: ["not-seen-yet", "10:active", "20:gone", "25:active"],
    },
    {
      name: "back from before what is kept",
      events: [anEvent(25, RETURNED)],
      want: ["not-seen-yet", "10:gone", "25:active"],
    },
    {
      name: "retired, with the word before it",
      events: [anEvent(30, RETIRED)],
      want: ["not-seen-yet", "10:active", "30:retired"],
    },
  ])("tells of one $name", ({ events, want }) => {
    expect(tell(events)).toEqual(want);
  });

  it("takes one among the gone without events for gone", () => {
    expect(tell([], { isLive: false })).toEqual(["not-seen-yet", "10:gone"]);
  });

  it("takes one that was always retired for what it is", () => {
    const state = aState({ standing: { standing: "retired", reason: "severed-and-silent" } });

    expect(tell([], { state })).toEqual(["not-seen-yet", "0:retired"]);
  });

  it("says when it was watched", () => {
    const { first, turns } = watchTimeline([anEvent(20, GONE)], { state: aState(), isLive: false });

    expect([first, ...turns.map(({ value }) => value)].map(({ isWatched }) => isWatched)).toEqual([false, true, false]);
  });
});
