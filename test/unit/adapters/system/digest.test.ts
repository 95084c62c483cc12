import { describe, expect, it } from "vitest";
import { digest } from "../../../../src/adapters/system/digest.ts";

describe("digest()", () => {
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb924"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223"],
  ])("returns the first 32 hex digits of the SHA-256 of %j, as FIPS 180-4 has it", (text, hex) => {
    expect(digest(text)).toBe(hex);
  });

  it("reads text as UTF-8", () => {
    expect(digest("ü")).toBe(digest(Buffer.from([0xc3, 0xbc]).toString("utf8")));
  });
});
