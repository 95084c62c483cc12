import { describe, expect, it } from "vitest";
import type { UnreadableReason } from "../../../../src/domain/connections/source.ts";
import { sourceUnreadable } from "../../../../src/domain/rules/source-unreadable.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aPartner, aSource, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

interface Case {
  readonly reason: UnreadableReason;
  readonly failedPolls: number;
  readonly blindMs: number;
  readonly want: string;
}

const cases: readonly Case[] = [
  { reason: "throttled", failedPolls: 1, blindMs: HOUR_MS, want: "unknown: failing-briefly" },
  { reason: "throttled", failedPolls: 2, blindMs: HOUR_MS, want: "warning: throttled" },
  { reason: "unavailable", failedPolls: 3, blindMs: 2 * DAY_MS, want: "warning: unavailable" },
  { reason: "malformed", failedPolls: 4, blindMs: HOUR_MS, want: "error: malformed" },
  { reason: "vanished", failedPolls: 4, blindMs: DAY_MS - 1, want: "error: vanished" },
  { reason: "throttled", failedPolls: 4, blindMs: DAY_MS, want: "critical: throttled" },
  { reason: "forbidden", failedPolls: 1, blindMs: HOUR_MS, want: "unknown: failing-briefly" },
  { reason: "forbidden", failedPolls: 2, blindMs: HOUR_MS, want: "error: forbidden" },
  { reason: "unauthorized", failedPolls: 2, blindMs: 2 * DAY_MS, want: "error: unauthorized" },
  { reason: "unauthorized", failedPolls: 4, blindMs: 2 * DAY_MS, want: "critical: unauthorized" },
  { reason: "suddenly-empty", failedPolls: 1, blindMs: HOUR_MS, want: "unknown: failing-briefly" },
  { reason: "suddenly-empty", failedPolls: 90, blindMs: DAY_MS, want: "warning: suddenly-empty" },
];

describe("source-unreadable", () => {
  it.each(cases)("says $want after $failedPolls polls and $blindMs ms", ({ reason, failedPolls, blindMs, want }) => {
    const failingSinceMs = NOW_MS - HOUR_MS;
    const lastGoodAtMs = NOW_MS - blindMs;

    const evaluation = evaluate(
      sourceUnreadable,
      aSource({ outcome: "unreadable", reason, failedPolls, failingSinceMs, lastGoodAtMs }),
    );

    expect(inWords(evaluation)).toBe(want);
  });

  it.each([
    { reading: aSource(), want: "ok: read" },
    { reading: aSource({ outcome: "not-available", reason: "unlicensed" }), want: "not-applicable: not-available" },
    { reading: aPartner(), want: "not-applicable: other-kind" },
  ])("says $want", ({ reading, want }) => {
    expect(inWords(evaluate(sourceUnreadable, reading))).toBe(want);
  });

  it("says unavailable of a source that fails without a reason", () => {
    expect(inWords(evaluate(sourceUnreadable, aSource({ outcome: "unreadable", failedPolls: 2 })))).toBe(
      "warning: unavailable",
    );
  });

  it("measures its blindness from the first failure where it never read anything", () => {
    const { lastGoodAtMs: _, ...neverRead } = aSource({ outcome: "unreadable", reason: "throttled", failedPolls: 9 });

    const evaluation = evaluate(sourceUnreadable, { ...neverRead, failingSinceMs: NOW_MS - DAY_MS });

    expect(evaluation).toMatchObject({
      severity: "critical",
      measured: { unit: "duration", ms: DAY_MS },
      threshold: { unit: "duration", ms: DAY_MS },
      breachedSinceMs: NOW_MS - DAY_MS,
    });
  });
});
