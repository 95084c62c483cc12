import { describe, expect, it } from "vitest";
import type { Credential } from "../../../../src/adapters/credentials/create-credential.ts";
import { createIdentityTokens } from "../../../../src/adapters/credentials/identity-tokens.ts";

const TENANT_ID = "00000000-0000-4000-8000-0000000000a1";
const TARGET = {
  tenantId: TENANT_ID,
  graphRoot: "https://graph.microsoft.us",
  authorityHost: "https://login.microsoftonline.us",
  tokenExchangeScope: "api://AzureADTokenExchangeUSGov/.default",
};

/** A provider on credentials that each cache one token, named after their number. */
function aProvider(getToken = async (made: number) => ({ token: `token-${made}` })) {
  let made = 0;
  const scopes: string[] = [];
  const provider = createIdentityTokens(TARGET, async (): Promise<Credential> => {
    made += 1;
    const number = made;
    return {
      getToken: async (scope) => {
        scopes.push(scope);
        return getToken(number);
      },
    };
  });
  return { provider, scopes, made: () => made };
}

function aTokenOf(tid: string): string {
  return `e30.${Buffer.from(JSON.stringify({ tid })).toString("base64url")}.s`;
}

describe("createIdentityTokens()", () => {
  it("makes no credential before the first token is asked for", () => {
    expect(aProvider().made()).toBe(0);
  });

  it("asks for the default scope of the Graph root and keeps the credential", async () => {
    const { provider, scopes, made } = aProvider();

    const outcomes = [await provider.getToken(), await provider.getToken()];

    expect(outcomes).toEqual([
      { kind: "token", token: "token-1" },
      { kind: "token", token: "token-1" },
    ]);
    expect(scopes[0]).toBe("https://graph.microsoft.us/.default");
    expect(made()).toBe(1);
  });

  it("shares one request among callers at the same time", async () => {
    const { provider, scopes } = aProvider();

    await Promise.all([provider.getToken(), provider.getToken(), provider.getToken()]);

    expect(scopes).toHaveLength(1);
  });

  it("takes a new credential for a refused token, once for all who had it", async () => {
    const { provider, made } = aProvider();
    await provider.getToken();

    const outcomes = await Promise.all(["token-1", "token-1", "token-1"].map((refused) => provider.getToken(refused)));

    expect(outcomes).toEqual(Array.from({ length: 3 }, () => ({ kind: "token", token: "token-2" })));
    expect(made()).toBe(2);
  });

  it("keeps a credential whose token is newer than the refused one", async () => {
    const { provider, made } = aProvider();
    await provider.getToken("token-1");

    await provider.getToken("token-1");

    expect(made()).toBe(2);
  });

  it("asks again after a failure", async () => {
    let asked = 0;
    const { provider } = aProvider(async () => {
      asked += 1;
      if (asked === 1) throw Object.assign(new Error("x"), { code: "ETIMEDOUT" });
      return { token: "late" };
    });

    const outcomes = [await provider.getToken(), await provider.getToken()];

    expect(outcomes).toEqual([
      { kind: "failed", reason: "unavailable" },
      { kind: "token", token: "late" },
    ]);
  });

  it("returns a failure to make the credential as an outcome", async () => {
    const provider = createIdentityTokens(TARGET, async () => {
      throw new Error("Invalid tenant id provided: PLANTED");
    });

    const outcome = await provider.getToken();

    expect(outcome).toMatchObject({ kind: "failed", reason: "unauthorized" });
    expect(JSON.stringify(outcome)).not.toContain("PLANTED");
  });

  it("takes a token of the tenant, whatever the case of its id", async () => {
    const { provider } = aProvider(async () => ({ token: aTokenOf(TENANT_ID.toUpperCase()) }));

    expect(await provider.getToken()).toMatchObject({ kind: "token" });
  });

  it("refuses a token of another tenant", async () => {
    const { provider } = aProvider(async () => ({ token: aTokenOf("00000000-0000-4000-8000-0000000000b2") }));

    expect(await provider.getToken()).toEqual({
      kind: "failed",
      reason: "unauthorized",
      detail: "The credential gives tokens of another tenant",
    });
  });
});
