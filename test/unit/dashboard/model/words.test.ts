import { describe, expect, it } from "vitest";
import {
  capital,
  count,
  sayQuiet,
  sayStanding,
  spaced,
  VERDICT_WORDS,
  VERDICTS,
} from "../../../../dashboard/model/words.ts";
import type { QuietBody } from "../../../../src/http/contract/alerts.ts";
import { aConnection } from "../builders.ts";

describe("sayQuiet()", () => {
  const person = { by: "Ann", reason: "moving", untilDateTime: "2026-11-23T10:00:00Z" };

  it.each<{ quiet: QuietBody; want: string }>([
    { quiet: { kind: "silence", id: "1", ...person }, want: "Silenced by Ann until 2026-11-23 10:00:00 UTC: moving" },
    { quiet: { kind: "acknowledged", ...person }, want: "Acknowledged by Ann until 2026-11-23 10:00:00 UTC: moving" },
    { quiet: { kind: "maintenance", name: "patching" }, want: "In the maintenance window patching" },
    { quiet: { kind: "inhibited", by: "partner-state" }, want: "Already told by partner state" },
    { quiet: { kind: "flapping" }, want: "Comes and goes too often to be told each time" },
  ])("says $want", ({ quiet, want }) => {
    expect(sayQuiet(quiet)).toBe(want);
  });
});

describe("sayStanding()", () => {
  it.each([
    ["active", undefined, undefined],
    ["not-configured", "never-onboarded", "Not configured: never onboarded"],
    ["retired", "severed-and-silent", "Retired: severed, and silent for over 120 days"],
    ["ignored", "lab tenant", "Ignored: lab tenant"],
    ["ignored", undefined, "Ignored: no reason is given"],
  ])("says of %s with %s: %s", (standing, standingReason, want) => {
    expect(sayStanding(aConnection({ standing, standingReason }))).toBe(want);
  });
});

describe("the words", () => {
  it("name every verdict", () => {
    expect(Object.keys(VERDICT_WORDS).toSorted()).toEqual(VERDICTS.toSorted());
  });

  it.each([
    [spaced("heartbeat-age"), "heartbeat age"],
    [capital("heartbeat-age"), "Heartbeat age"],
    [capital(""), ""],
    [count(1, "day"), "1 day"],
    [count(0, "day"), "0 days"],
  ])("write %s", (got, want) => {
    expect(got).toBe(want);
  });
});
