import { describe, expect, it } from "vitest";
import { createDevelopmentToken } from "../../../../src/adapters/credentials/development-token.ts";

const TARGET = {
  tenantId: "00000000-0000-4000-8000-0000000000a1",
  graphRoot: "http://127.0.0.1:7072",
  authorityHost: "https://login.microsoftonline.com",
  tokenExchangeScope: "api://AzureADTokenExchange/.default",
};

function decode(part: string | undefined): unknown {
  return JSON.parse(Buffer.from(part ?? "", "base64url").toString("utf8"));
}

describe("createDevelopmentToken()", () => {
  it("makes an unsigned token of tenant, audience and roles, good for an hour", () => {
    const [header, claims, signature, ...rest] = createDevelopmentToken(TARGET, 1_784_000_000_900).split(".");

    expect(decode(header)).toEqual({ alg: "none", typ: "JWT" });
    expect(decode(claims)).toEqual({
      tid: TARGET.tenantId,
      aud: "http://127.0.0.1:7072",
      roles: ["DeviceManagementServiceConfig.Read.All", "DeviceManagementConfiguration.Read.All", "Mail.Send"],
      exp: 1_784_003_600,
    });
    expect(signature).toBe("");
    expect(rest).toEqual([]);
  });
});
