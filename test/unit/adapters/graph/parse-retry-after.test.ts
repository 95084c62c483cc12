import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../../../src/adapters/graph/parse-retry-after.ts";

const NOW_MS = Date.UTC(2026, 6, 23, 17, 0, 0);

describe("parseRetryAfter()", () => {
  it.each([
    { header: "1", afterMs: 1_000 },
    { header: " 120 ", afterMs: 120_000 },
    { header: "3600", afterMs: 3_600_000 },
    { header: "Thu, 23 Jul 2026 17:00:30 GMT", afterMs: 30_000 },
  ])("reads '$header' as $afterMs ms", ({ header, afterMs }) => {
    expect(parseRetryAfter(header, NOW_MS)).toBe(afterMs);
  });

  it("reads seconds beyond all bounds as longer than any deadline", () => {
    expect(parseRetryAfter("9".repeat(400), NOW_MS)).toBe(Infinity);
  });

  it.each([
    null,
    "",
    "0",
    "-5",
    "1.5",
    "soon",
    "10 s",
    "2026-07-23T17:00:30Z",
    "Thu, 23 Jul 2026 17:00:00 GMT",
    "Thu, 23 Jul 2026 16:59:59 GMT",
    "Thu, 99 Abc 2026 17:00:30 GMT",
  ])("takes %j for no wish at all", (header) => {
    expect(parseRetryAfter(header, NOW_MS)).toBeUndefined();
  });
});
