import { describe, expect, it } from "vitest";
import { tenantOfToken } from "../../../../src/adapters/credentials/tenant-of-token.ts";

function aToken(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;
}

describe("tenantOfToken()", () => {
  it("returns the tenant in lower case", () => {
    expect(tenantOfToken(aToken({ tid: "AAAA-1" }))).toBe("aaaa-1");
  });

  it.each(["", "opaque", "a.b.c", "..", aToken(null), aToken("text"), aToken({}), aToken({ tid: 7 })])(
    "returns nothing for the token '%s'",
    (token) => {
      expect(tenantOfToken(token)).toBeUndefined();
    },
  );
});
