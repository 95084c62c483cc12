import { describe, expect, it } from "vitest";
import { bucketOf } from "../../../../src/domain/alerts/days-left.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";

const NOW_MS = Date.UTC(2026, 10, 22);

describe("bucketOf()", () => {
  it.each([
    { days: 31, bucket: undefined },
    { days: 30, bucket: 30 },
    { days: 14, bucket: 14 },
    { days: 7, bucket: 7 },
    { days: 3, bucket: 3 },
    { days: 1, bucket: 1 },
    { days: 0, bucket: 0 },
    { days: -400, bucket: 0 },
  ])("puts a date $days days ahead into the bucket $bucket", ({ days, bucket }) => {
    expect(bucketOf(NOW_MS + days * DAY_MS, NOW_MS)).toBe(bucket);
  });

  it.each([
    { days: 30, above: undefined },
    { days: 14, above: 30 },
    { days: 7, above: 14 },
    { days: 3, above: 7 },
    { days: 1, above: 3 },
    { days: 0, above: 1 },
  ])("does not count a date just over $days days ahead as that near", ({ days, above }) => {
    expect(bucketOf(NOW_MS + days * DAY_MS + 1, NOW_MS)).toBe(above);
  });
});
