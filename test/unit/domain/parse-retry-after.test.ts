import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../../src/domain/parse-retry-after.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 4);

describe("parseRetryAfter()", () => {
  it.each([
    { header: "1", waitMs: 1_000 },
    { header: " 120 ", waitMs: 120_000 },
    { header: "99999999999", waitMs: 99_999_999_999_000 },
    { header: "9".repeat(400), waitMs: Infinity },
    { header: "Sun, 22 Nov 2026 04:00:01 GMT", waitMs: 1_000 },
    { header: "Fri, 01 Jan 2027 00:00:00 GMT", waitMs: Date.UTC(2027, 0) - NOW_MS },
    { header: "Tue, 29 Feb 2028 23:59:59 GMT", waitMs: Date.UTC(2028, 1, 29, 23, 59, 59) - NOW_MS },
  ])("reads '$header' as $waitMs ms", ({ header, waitMs }) => {
    expect(parseRetryAfter(header, NOW_MS)).toBe(waitMs);
  });

  it.each(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])("knows %s", (month) => {
    const atMs = Date.parse(`1 ${month} 2027 00:00:00 GMT`);

    expect(parseRetryAfter(`Fri, 01 ${month} 2027 00:00:00 GMT`, NOW_MS)).toBe(atMs - NOW_MS);
  });

  it.each([
    null,
    undefined,
    "",
    "0",
    "-5",
    "1.5",
    "1e9",
    "soon",
    "10 s",
    "2026-11-22T04:00:30Z",
    "Sun, 22 Nov 2026 04:00:00 GMT",
    "Sat, 21 Nov 2026 04:00:30 GMT",
    "Sun, 22 Nov 2026 04:00:30 UTC",
    "Sun, 99 Nov 2026 04:00:30 GMT",
    "Mon, 30 Feb 2027 04:00:30 GMT",
    "Sun, 22 Abc 2026 04:00:30 GMT",
    "Sun, 22 Nov 2026 25:00:30 GMT",
    "Sunday, 22-Nov-26 04:00:30 GMT",
  ])("takes %j for no wish at all", (header) => {
    expect(parseRetryAfter(header, NOW_MS)).toBeUndefined();
  });
});
