import { describe, expect, it } from "vitest";
import {
  describeMatch,
  describeWindow,
  silenceState,
  windowState,
} from "../../../../dashboard/model/describe-silence.ts";
import type { SilenceBody } from "../../../../src/http/contract/silences.ts";
import { hoursAgo, NOW } from "../builders.ts";

function aSilence(fromHoursAgo: number, untilHoursAgo: number): SilenceBody {
  const [fromDateTime, untilDateTime] = [hoursAgo(fromHoursAgo), hoursAgo(untilHoursAgo)];
  return { id: "1", match: {}, by: "Ann", reason: "r", fromDateTime, untilDateTime, writtenDateTime: fromDateTime };
}

describe("describeMatch()", () => {
  it.each([
    [{}, "everything"],
    [{ connection: "Jamf*", rule: "sync-age" }, "connection Jamf*, rule sync-age"],
    [{ kind: "connector", severity: "error" } as const, "kind connector, severity error"],
  ])("says %o as %s", (match, want) => {
    expect(describeMatch(match)).toBe(want);
  });
});

describe("silenceState()", () => {
  it.each([
    { silence: aSilence(1, -1), want: "on" },
    { silence: aSilence(0, -1), want: "on" },
    { silence: aSilence(1, 0), want: "over" },
    { silence: aSilence(-1, -2), want: "to come" },
  ])("is $want", ({ silence, want }) => {
    expect(silenceState(silence, NOW)).toBe(want);
  });
});

describe("describeWindow()", () => {
  const window = { name: "n", start: "22:30", duration: "PT2H", timeZone: "Europe/Berlin", match: {}, isActive: false };

  it("says the days, the clock and the zone", () => {
    const weekdays = ["sat", "sun"] as const;

    expect(describeWindow({ ...window, weekdays })).toBe("Sat, Sun from 22:30 (Europe/Berlin) for 2 h");
  });

  it("says every day in two words", () => {
    const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

    expect(describeWindow({ ...window, weekdays })).toMatch(/^Every day from/);
  });
});

describe("windowState()", () => {
  const window = {
    name: "n",
    weekdays: ["sat"],
    start: "23:00",
    duration: "PT2H",
    timeZone: "Europe/Berlin",
    match: {},
  } as const;

  it.each([
    { state: { isActive: true, untilDateTime: hoursAgo(-4) }, want: "On now, until 16:00 UTC" },
    { state: { isActive: true, untilDateTime: hoursAgo(-16) }, want: "On now, until Mon 04:00 UTC" },
    { state: { isActive: true }, want: "On now" },
    { state: { isActive: false, nextStartDateTime: hoursAgo(-1) }, want: "Next: 13:00 UTC, in 1 hour" },
    { state: { isActive: false, nextStartDateTime: hoursAgo(-130) }, want: "Next: Fri 22:00 UTC, in 5 days" },
    {
      state: { isActive: false, nextStartDateTime: hoursAgo(-154) },
      want: "Next: 2026-11-28 22:00 UTC, in 6 days",
    },
    { state: { isActive: false }, want: "Not on now" },
  ])("says $want", ({ state, want }) => {
    expect(windowState({ ...window, ...state }, NOW)).toBe(want);
  });
});
