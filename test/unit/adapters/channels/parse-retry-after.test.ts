import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../../../src/adapters/channels/parse-retry-after.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 4);

describe("parseRetryAfter()", () => {
  it.each([
    { header: "120", want: 120_000 },
    { header: " 1 ", want: 1_000 },
    { header: "Sun, 22 Nov 2026 04:02:00 GMT", want: 120_000 },
    { header: undefined, want: undefined },
    { header: "", want: undefined },
    { header: "0", want: undefined },
    { header: "-5", want: undefined },
    { header: "1.5", want: undefined },
    { header: "1e9", want: undefined },
    { header: "99999999999", want: undefined },
    { header: "soon", want: undefined },
    { header: "Sun, 22 Nov 2026 04:00:00 GMT", want: undefined },
    { header: "Sat, 21 Nov 2026 04:02:00 GMT", want: undefined },
    { header: "Sun, 99 Nov 2026 04:02:00 GMT", want: undefined },
    { header: "2026-11-22T04:02:00Z", want: undefined },
  ])("reads $header as $want", ({ header, want }) => {
    expect(parseRetryAfter(header, NOW_MS)).toBe(want);
  });
});
