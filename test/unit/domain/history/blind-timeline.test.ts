import { describe, expect, it } from "vitest";
import { blindTimeline } from "../../../../src/domain/history/blind-timeline.ts";
import type { Change, ConnectionEvent } from "../../../../src/domain/history/connection-event.ts";
import { anEvent, aSource, aSourceReading, aState, minute, PERIOD_MS } from "./a-record.ts";

function gap(from: number, to: number, reason = "throttled"): ConnectionEvent {
  const change: Change = { type: "gap", fromMs: minute(from), toMs: minute(to), reason };
  return anEvent(to, change);
}

function tell(events: readonly ConnectionEvent[], state: ReturnType<typeof aState> | undefined = aSource(), now = 100) {
  const { first, turns } = blindTimeline({ events, state, periodMs: PERIOD_MS }, minute(now));
  expect(first).toBeUndefined();
  return turns.map(({ atMs, value }) => `${atMs / minute(1)}:${value ?? "sees"}`);
}

describe("blindTimeline()", () => {
  it.each([
    { name: "sees when nothing was written down", events: [], want: [] },
    { name: "is blind in a gap", events: [gap(3, 5)], want: ["3:throttled", "5:sees"] },
    {
      name: "sees between two gaps",
      events: [gap(3, 5), gap(6, 7, "not-polled")],
      want: ["3:throttled", "5:sees", "6:not-polled", "7:sees"],
    },
    {
      name: "goes from one gap into the next",
      events: [gap(3, 5), gap(5, 7, "forbidden")],
      want: ["3:throttled", "5:forbidden", "7:sees"],
    },
    {
      name: "stays blind to the end of a gap that holds another one",
      events: [gap(3, 9), gap(5, 7, "forbidden")],
      want: ["3:throttled", "5:forbidden", "9:sees"],
    },
  ])("$name", ({ events, want }) => {
    expect(tell(events)).toEqual(want);
  });

  const failing = aSourceReading({
    outcome: "unreadable",
    reason: "forbidden",
    lastGoodAtMs: minute(90),
    failingSinceMs: minute(91),
  });
  const { lastGoodAtMs: _, ...neverRead } = failing;

  it.each([
    { since: "the last good read", reading: failing, want: ["90:forbidden"] },
    { since: "the first failure of a source never read", reading: neverRead, want: ["91:forbidden"] },
  ])("is blind since $since while the source cannot be read", ({ reading, want }) => {
    expect(tell([], aState({ reading }))).toEqual(want);
  });

  it("goes from an old gap into the one that lasts", () => {
    const state = aSource({ outcome: "unreadable", reason: "forbidden", lastGoodAtMs: minute(7) });

    expect(tell([gap(3, 7)], state)).toEqual(["3:throttled", "7:forbidden"]);
  });

  it.each([
    { name: "3 periods after the last read: it still sees", now: 103, want: [] },
    { name: "more than 3 periods after it: nobody asks any more", now: 103.5, want: ["100:not-polled"] },
  ])("$name", ({ now, want }) => {
    expect(tell([], aSource(), now)).toEqual(want);
  });

  it.each([
    { name: "no state of the source is there", state: undefined },
    { name: "the source was never read and does not fail", state: aState() },
  ])("sees when $name", ({ state }) => {
    const { turns } = blindTimeline({ events: [], state, periodMs: PERIOD_MS }, minute(900));

    expect(turns).toEqual([]);
  });

  it("does not call a source late whose period is not known", () => {
    const { turns } = blindTimeline({ events: [], state: aSource(), periodMs: undefined }, minute(900));

    expect(turns).toEqual([]);
  });
});
