import { describe, expect, it } from "vitest";
import { fitPayload } from "../../../../src/adapters/channels/fit-payload.ts";

describe("fitPayload()", () => {
  it.each([
    { maxBytes: 4_000, want: 4_000 },
    { maxBytes: 3_999, want: 1_000 },
    { maxBytes: 999, want: 500 },
    { maxBytes: 100, want: 100 },
    { maxBytes: 10, want: 100 },
  ])("cuts texts to $want characters for $maxBytes bytes", ({ maxBytes, want }) => {
    expect(fitPayload((chars) => "x".repeat(chars), maxBytes)).toHaveLength(want);
  });

  it("tries the limits that it is given", () => {
    expect(fitPayload((lines) => "x".repeat(lines), 7, [20, 5, 1])).toHaveLength(5);
  });

  it("counts bytes, not characters", () => {
    expect(fitPayload((chars) => "ü".repeat(chars), 4_000)).toHaveLength(1_000);
  });
});
