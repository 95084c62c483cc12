import { describe, expect, it } from "vitest";
import type { GraphCall, GraphOutcome } from "../../../../src/adapters/graph/graph-call.ts";
import { createGraphClient, getWith } from "../../../../src/adapters/graph/graph-client.ts";

/** A client on a chain that keeps its calls and always ends with this outcome. */
function aClient(graphRoot: string, outcome: GraphOutcome) {
  const calls: GraphCall[] = [];
  const client = createGraphClient(graphRoot, async (call) => {
    calls.push(call);
    return outcome;
  });
  return { get: getWith(client), calls };
}

const PAGE: GraphOutcome = { kind: "page", status: 200, rows: [{ id: "1" }, null, "odd"], nextLink: "L" };

describe("getWith()", () => {
  it.each(["https://graph.microsoft.com", "http://127.0.0.1:7072"])("sends one bare GET below %s", async (root) => {
    const { get, calls } = aClient(root, PAGE);

    await get({ version: "beta", path: "/deviceManagement/connectorStatus" });

    const url = `${root}/beta/deviceManagement/connectorStatus`;
    expect(calls).toEqual([{ method: "GET", url, headers: { accept: "application/json" } }]);
  });

  it.each([
    "$select=connectorStatus",
    "$skiptoken=Y29u+/=&x=%20%2B",
    "$skiptoken=https://a.example.com/(b=c)",
    "$skiptoken",
  ])("sends the query '%s' as it stands", async (query) => {
    const { get, calls } = aClient("http://127.0.0.1:7072", PAGE);

    await get({ version: "v1.0", path: "/deviceManagement", query });

    expect(calls[0]?.url).toBe(`http://127.0.0.1:7072/v1.0/deviceManagement?${query}`);
  });

  it.each([PAGE, { kind: "failed", reason: "forbidden", retryable: false, status: 403, detail: "words" } as const])(
    "returns the outcome of the chain: $kind",
    async (outcome) => {
      const { get } = aClient("https://graph.microsoft.com", outcome);

      expect(await get({ version: "v1.0", path: "/deviceManagement" })).toEqual(outcome);
    },
  );
});
