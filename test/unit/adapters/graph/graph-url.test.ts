import { describe, expect, it } from "vitest";
import { splitGraphUrl } from "../../../../src/adapters/graph/graph-url.ts";

const ROOT = "http://127.0.0.1:7072";

describe("splitGraphUrl()", () => {
  it("splits an address below the root and keeps its query as sent", () => {
    const address = `${ROOT}/v1.0/deviceManagement/deviceManagementPartners?$skiptoken=a%2Bb+c==&x=1`;

    expect(splitGraphUrl(address, ROOT)).toEqual({
      version: "v1.0",
      path: "/deviceManagement/deviceManagementPartners",
      query: "$skiptoken=a%2Bb+c==&x=1",
    });
  });

  it("takes the default port for the one that is left out", () => {
    const address = "https://graph.microsoft.com:443/beta/deviceManagement";

    expect(splitGraphUrl(address, "https://graph.microsoft.com")).toEqual({
      version: "beta",
      path: "/deviceManagement",
      query: "",
    });
  });

  it.each([
    { wrong: "host", address: "http://127.0.0.2:7072/v1.0/deviceManagement" },
    { wrong: "port", address: "http://127.0.0.1:7073/v1.0/deviceManagement" },
    { wrong: "scheme", address: "https://127.0.0.1:7072/v1.0/deviceManagement" },
    { wrong: "version", address: `${ROOT}/v2.0/deviceManagement` },
    { wrong: "version by a climbing path", address: `${ROOT}/v1.0/../v2/deviceManagement` },
    { wrong: "empty path", address: `${ROOT}/v1.0/` },
    { wrong: "host in the user part", address: "http://127.0.0.1:7072@graph.example.com/v1.0/deviceManagement" },
    { wrong: "credentials", address: "http://user:secret@127.0.0.1:7072/v1.0/deviceManagement" },
    { wrong: "doubled slash", address: `${ROOT}/v1.0/https://graph.example.com/v1.0/deviceManagement` },
    { wrong: "relative address", address: "/v1.0/deviceManagement" },
    { wrong: "no address", address: "String" },
  ])("refuses an address with a wrong part: $wrong", ({ address }) => {
    expect(splitGraphUrl(address, ROOT)).toBeUndefined();
  });
});
