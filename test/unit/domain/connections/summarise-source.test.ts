import { describe, expect, it } from "vitest";
import type { SourceReading } from "../../../../src/domain/connections/reading.ts";
import type { SourceRead } from "../../../../src/domain/connections/source.ts";
import { countFailure, summariseSource } from "../../../../src/domain/connections/summarise-source.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aSource, NOW_MS } from "./a-reading.ts";

const sourceId = "deviceManagementPartners";
const poll = { slotMs: NOW_MS - 1_000, observedAtMs: NOW_MS, counts: true };
const failed: SourceRead = { sourceId, outcome: "unreadable", reason: "throttled" };
const empty: SourceRead = { sourceId, outcome: "read", rows: [] };
const missing: SourceRead = { sourceId, outcome: "not-available", reason: "unlicensed" };

describe("summariseSource()", () => {
  it("sums up a first good read", () => {
    const reading = summariseSource({ sourceId, outcome: "read", rows: [{}, {}] }, undefined, poll);

    expect(reading).toStrictEqual(aSource({ rowCount: 2, lastGoodAtMs: NOW_MS }));
  });

  it("counts failures from the first on and keeps what was good before", () => {
    const once = summariseSource(
      { ...failed, detail: "try later" },
      aSource({ lastGoodAtMs: NOW_MS - HOUR_MS, rowCount: 4 }),
      poll,
    );
    const twice = summariseSource(failed, once, { ...poll, slotMs: NOW_MS + HOUR_MS });

    expect(once).toMatchObject({ outcome: "unreadable", reason: "throttled", detail: "try later", failedPolls: 1 });
    expect(twice).toStrictEqual(
      aSource({
        outcome: "unreadable",
        reason: "throttled",
        failedPolls: 2,
        failingSinceMs: poll.slotMs,
        lastGoodAtMs: NOW_MS - HOUR_MS,
        rowCount: 4,
      }),
    );
  });

  it("ends the count with a good read", () => {
    const before = aSource({ outcome: "unreadable", reason: "throttled", failedPolls: 5, failingSinceMs: 1 });

    const reading = summariseSource({ sourceId, outcome: "read", rows: [{}] }, before, poll);

    expect(reading).toStrictEqual(aSource({ rowCount: 1, lastGoodAtMs: NOW_MS }));
  });

  it("shows a source that was never read as not available", () => {
    const { lastGoodAtMs: _, ...neverRead } = aSource({ rowCount: 0 });

    const reading = summariseSource(missing, undefined, poll);

    expect(reading).toStrictEqual({ ...neverRead, outcome: "not-available", reason: "unlicensed" });
  });

  it("does not believe that a source which was read has ceased to exist", () => {
    const reading = summariseSource(missing, aSource(), poll);

    expect(reading).toMatchObject({ outcome: "unreadable", reason: "vanished", failedPolls: 1, rowCount: 3 });
    expect(reading.detail).toContain("unlicensed");
  });

  it.each([
    { name: "just before 24 hours", agoMs: DAY_MS - 1, rowCount: 3, want: "suddenly-empty" },
    { name: "after 24 hours", agoMs: DAY_MS, rowCount: 3, want: undefined },
    { name: "when it was empty before", agoMs: HOUR_MS, rowCount: 0, want: undefined },
  ])("judges an empty answer $name as $want", ({ agoMs, rowCount, want }) => {
    const reading = summariseSource(empty, aSource({ lastGoodAtMs: NOW_MS - agoMs, rowCount }), poll);

    expect(reading.reason).toBe(want);
    expect(reading.outcome).toBe(want === undefined ? "read" : "unreadable");
    expect(reading.rowCount).toBe(want === undefined ? 0 : 3);
  });

  it("believes an empty answer that lasts 24 hours", () => {
    let reading: SourceReading = aSource();
    const outcomes: string[] = [];
    for (let hour = 1; hour <= 25; hour += 8) {
      reading = summariseSource(empty, reading, { ...poll, observedAtMs: NOW_MS + hour * HOUR_MS });
      outcomes.push(reading.outcome);
    }

    expect(outcomes).toStrictEqual(["unreadable", "unreadable", "unreadable", "read"]);
  });
});

describe("countFailure()", () => {
  it("does not count a poll that moves no counters, and keeps when the failure began", () => {
    const count = countFailure({ failedPolls: 3, failingSinceMs: 1 }, { ...poll, counts: false }, true);

    expect(count).toStrictEqual({ failedPolls: 3, failingSinceMs: 1 });
  });
});
