import { describe, expect, it } from "vitest";
import { chooseCloud, GRAPH_CLOUDS } from "../../../../src/adapters/graph/clouds.ts";
import { ConfigError } from "../../../../src/domain/errors.ts";

describe("chooseCloud()", () => {
  it.each([
    { name: "global", root: "https://graph.microsoft.com", authority: "https://login.microsoftonline.com" },
    { name: "usgov", root: "https://graph.microsoft.us", authority: "https://login.microsoftonline.us" },
    { name: "usgov-dod", root: "https://dod-graph.microsoft.us", authority: "https://login.microsoftonline.us" },
    { name: "china", root: "https://microsoftgraph.chinacloudapi.cn", authority: "https://login.chinacloudapi.cn" },
  ] as const)("knows the root and the authority of $name", ({ name, root, authority }) => {
    expect(chooseCloud(name)).toMatchObject({ graphRoot: root, authorityHost: authority });
  });

  it("takes the cloud of the endpoint instead of the named one", () => {
    expect(chooseCloud("global", "https://graph.microsoft.us/")).toBe(GRAPH_CLOUDS.usgov);
  });

  it.each(["http://127.0.0.1:7072", "http://127.9.8.7", "http://[::1]:80", "http://127.0.0.1:1/"])(
    "takes the loopback address %s for a simulated Graph",
    (endpoint) => {
      expect(chooseCloud("china", endpoint)).toEqual({ ...GRAPH_CLOUDS.china, graphRoot: endpoint.replace(/\/$/, "") });
    },
  );

  it.each([
    "",
    "https://graph.microsoft.com.example.com",
    "https://graph.microsoft.com/v1.0",
    "https://user@graph.microsoft.com",
    "http://graph.microsoft.com",
    "http://localhost:7072",
    "https://127.0.0.1:7072",
    "http://127.0.0.1.example.com",
    "http://127.0.0.1:7072/path",
    "http://127.0.0.999",
    "http://127.0.0.1:99999",
    "http://127.1",
    "http://10.0.0.1",
  ])("refuses the endpoint '%s' by the name of its setting", (endpoint) => {
    const refused = (): unknown => chooseCloud("global", endpoint);

    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(/^Cannot start: GRAPH_ENDPOINT must be one of https:\/\/graph\.microsoft\.com/);
  });
});
