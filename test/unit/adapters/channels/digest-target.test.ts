import { describe, expect, it } from "vitest";
import { digestTarget } from "../../../../src/adapters/channels/digest-target.ts";

describe("digestTarget()", () => {
  it("tells targets apart, also where the same letters are parted otherwise", () => {
    const digests = [["ab", "c"], ["a", "bc"], ["abc"], ["ab", "c", ""]].map((parts) => digestTarget(...parts));

    expect(new Set(digests).size).toBe(4);
    expect(digestTarget("ab", "c")).toBe(digests[0]);
  });

  it("gives nothing of the target away", () => {
    expect(digestTarget("https://receiver.example/?sig=secret")).toMatch(/^[\da-f]{32}$/);
  });
});
