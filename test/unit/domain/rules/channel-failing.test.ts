import { describe, expect, it } from "vitest";
import { channelFailing } from "../../../../src/domain/rules/channel-failing.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { aChannel, aTenant, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("channel-failing", () => {
  it.each([
    { name: "never failed", reading: {}, want: "ok: not-failing" },
    { name: "failed some times", reading: { failures: 5 }, want: "ok: not-failing" },
    { name: "has its sends held back", reading: { failures: 6, isOpen: true }, want: "warning: sends-fail" },
    { name: "gave up something 24 hours ago", reading: { deadAtMs: NOW_MS - DAY_MS }, want: "error: gave-up" },
    { name: "gave up something longer ago", reading: { deadAtMs: NOW_MS - DAY_MS - 1 }, want: "ok: not-failing" },
    {
      name: "gave up something longer ago and has delivered nothing since",
      reading: { deadAtMs: NOW_MS - DAY_MS - 1, failures: 1 },
      want: "unknown: not-delivered-since",
    },
    {
      name: "gave up something longer ago and still fails",
      reading: { deadAtMs: NOW_MS - DAY_MS - 1, isOpen: true },
      want: "warning: sends-fail",
    },
    { name: "was switched off", reading: { offSinceMs: 0, deadAtMs: NOW_MS }, want: "error: switched-off" },
  ])("says $want of a channel that $name", ({ reading, want }) => {
    expect(inWords(evaluate(channelFailing, aChannel(reading)))).toBe(want);
  });

  it("measures in failed sends", () => {
    expect(evaluate(channelFailing, aChannel({ failures: 7, isOpen: true }))).toMatchObject({
      measured: { unit: "count", count: 7 },
    });
  });

  it("says nothing of anything else", () => {
    expect(evaluate(channelFailing, aTenant()).verdict).toBe("not-applicable");
  });
});
