import { describe, expect, it } from "vitest";
import { authorize } from "../../../../src/adapters/graph/authorize.ts";
import { getOnlyGuard } from "../../../../src/adapters/graph/get-only-guard.ts";
import type { GraphCall, GraphOutcome } from "../../../../src/adapters/graph/graph-call.ts";
import { createGraphClient } from "../../../../src/adapters/graph/graph-client.ts";
import { InvariantError } from "../../../../src/domain/errors.ts";

const ROOT = "https://graph.microsoft.com";
const PAGE: GraphOutcome = { kind: "page", status: 200, rows: [] };

/** The guard before a token link that counts, and an end that keeps what it gets. */
function aGuardedChain() {
  const seen = { tokens: 0, calls: [] as GraphCall[] };
  const getToken = async () => {
    seen.tokens += 1;
    return { kind: "token", token: "t" } as const;
  };
  const authorized = authorize(
    { getToken },
    new AbortController().signal,
  )(async (call) => {
    seen.calls.push(call);
    return PAGE;
  });
  return { seen, chain: getOnlyGuard(ROOT)(authorized) };
}

describe("getOnlyGuard()", () => {
  it("lets a GET below the root pass", async () => {
    const { seen, chain } = aGuardedChain();

    const outcome = await chain({ method: "GET", url: `${ROOT}/beta/deviceManagement`, headers: {} });

    expect(outcome).toBe(PAGE);
    expect(seen.tokens).toBe(1);
  });

  it.each([
    { method: "POST", url: `${ROOT}/v1.0/deviceManagement/deviceManagementPartners/1/terminate` },
    { method: "POST", url: `${ROOT}/v1.0/$batch` },
    { method: "PATCH", url: `${ROOT}/beta/deviceManagement` },
    { method: "DELETE", url: `${ROOT}/v1.0/deviceManagement/deviceManagementPartners/1` },
    { method: "get", url: `${ROOT}/v1.0/deviceManagement` },
    { method: "GET", url: "https://graph.microsoft.us/v1.0/deviceManagement" },
    { method: "GET", url: "http://graph.microsoft.com/v1.0/deviceManagement" },
    { method: "GET", url: `${ROOT}/v2.0/deviceManagement` },
  ])("refuses $method $url before a token is asked for", async ({ method, url }) => {
    const { seen, chain } = aGuardedChain();

    await expect(chain({ method, url, headers: {} })).rejects.toThrow(InvariantError);

    expect(seen).toEqual({ tokens: 0, calls: [] });
  });

  it.each(["post", "put", "patch"] as const)("refuses what the Graph client sends by %s()", async (verb) => {
    const { seen, chain } = aGuardedChain();
    const request = createGraphClient(ROOT, chain).api("/deviceManagement/deviceManagementPartners/1/terminate");

    await expect(request[verb]({})).rejects.toThrow("it must be a GET");

    expect(seen).toEqual({ tokens: 0, calls: [] });
  });

  it("refuses what the Graph client sends by delete()", async () => {
    const { seen, chain } = aGuardedChain();

    await expect(createGraphClient(ROOT, chain).api("/deviceManagement").delete()).rejects.toThrow("it must be a GET");

    expect(seen.tokens).toBe(0);
  });
});
