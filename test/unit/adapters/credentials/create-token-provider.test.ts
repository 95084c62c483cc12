import { generateKeyPairSync } from "node:crypto";
import type { TokenCredentialOptions } from "@azure/identity";
import { beforeEach, describe, expect, it } from "vitest";
import { createTokenProvider } from "../../../../src/adapters/credentials/create-token-provider.ts";
import type { CredentialSettings } from "../../../../src/adapters/credentials/credential-settings.ts";
import { GRAPH_CLOUDS } from "../../../../src/adapters/graph/clouds.ts";
import { ConfigError } from "../../../../src/domain/errors.ts";

const TENANT_ID = "11111111-1111-4111-8111-111111111111";
const CLIENT_ID = "22222222-2222-4222-8222-222222222222";

type HttpClient = NonNullable<TokenCredentialOptions["httpClient"]>;
type Answer = { readonly status: number; readonly body: unknown };

/** What the identity library sent, and what it gets; one transport for all, since it keeps the first for managed identities. */
const wire = {
  requests: [] as { url: URL; form: URLSearchParams }[],
  answer: (_url: URL): Answer => aTokenAnswer("t"),
};

const httpClient: HttpClient = {
  sendRequest: async (request) => {
    const url = new URL(request.url);
    wire.requests.push({ url, form: new URLSearchParams(typeof request.body === "string" ? request.body : "") });
    const { status, body } = wire.answer(url);
    const bodyAsText = typeof body === "string" ? body : JSON.stringify(body);
    return { request, status, headers: request.headers, bodyAsText };
  },
};

function aTokenAnswer(token: string): Answer {
  const expiresOn = Math.floor(Date.now() / 1_000) + 3_600;
  return {
    status: 200,
    body: { access_token: token, token_type: "Bearer", expires_in: 3_600, expires_on: String(expiresOn) },
  };
}

function aProvider(settings: CredentialSettings, cloud = GRAPH_CLOUDS.global) {
  const target = { ...cloud, tenantId: TENANT_ID };
  return createTokenProvider(settings, target, { identity: { httpClient, retryOptions: { maxRetries: 0 } } });
}

const SECRET: CredentialSettings = { kind: "client-secret", clientId: CLIENT_ID, clientSecret: "PLANTED-SECRET" };

beforeEach(() => {
  wire.requests.length = 0;
  wire.answer = () => aTokenAnswer("t");
});

describe("createTokenProvider()", () => {
  it.each([
    { cloud: GRAPH_CLOUDS.global, host: "login.microsoftonline.com" },
    { cloud: GRAPH_CLOUDS.usgov, host: "login.microsoftonline.us" },
    { cloud: GRAPH_CLOUDS["usgov-dod"], host: "login.microsoftonline.us" },
    { cloud: GRAPH_CLOUDS.china, host: "login.partner.microsoftonline.cn" }, // the library's own alias of the authority
  ])("asks $host for a token of its cloud", async ({ cloud, host }) => {
    const outcome = await aProvider(SECRET, cloud).getToken();

    expect(outcome).toEqual({ kind: "token", token: "t" });
    const post = wire.requests.at(-1);
    expect(post?.url.origin).toBe(`https://${host}`);
    expect(post?.url.pathname).toBe(`/${TENANT_ID}/oauth2/v2.0/token`);
    expect(post?.form.get("scope")?.split(" ")).toContain(`${cloud.graphRoot}/.default`);
    expect(post?.form.get("client_secret")).toBe("PLANTED-SECRET");
  });

  it("asks once while the token is good", async () => {
    const provider = aProvider(SECRET);

    await provider.getToken();
    await provider.getToken();

    expect(wire.requests).toHaveLength(1);
  });

  it("asks anew for a refused token", async () => {
    const provider = aProvider(SECRET);
    await provider.getToken();
    wire.answer = () => aTokenAnswer("newer");

    expect(await provider.getToken("t")).toEqual({ kind: "token", token: "newer" });
  });

  it("signs with a certificate given as text", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const certificate = `${key}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`;

    const outcome = await aProvider({ kind: "client-certificate", clientId: CLIENT_ID, certificate }).getToken();

    expect(outcome).toEqual({ kind: "token", token: "t" });
    expect(wire.requests[0]?.form.get("client_assertion")?.split(".")).toHaveLength(3);
  });

  it("takes any other text for the path of a certificate", async () => {
    const certificate = "/PLANTED/certificate.pem";

    const outcome = await aProvider({ kind: "client-certificate", clientId: CLIENT_ID, certificate }).getToken();

    expect(outcome).toEqual({
      kind: "failed",
      reason: "unauthorized",
      detail: "No token could be got with the credential",
    });
    expect(wire.requests).toEqual([]);
  });

  it("asks the machine for a token of its managed identity", async () => {
    await aProvider({ kind: "managed-identity", clientId: CLIENT_ID }).getToken();

    const [request] = wire.requests;
    expect(request?.url.origin).toBe("http://169.254.169.254");
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toMatchObject({
      resource: "https://graph.microsoft.com",
      client_id: CLIENT_ID,
    });
  });

  it.each([
    { cloud: GRAPH_CLOUDS.global, audience: "api://AzureADTokenExchange" },
    { cloud: GRAPH_CLOUDS.usgov, audience: "api://AzureADTokenExchangeUSGov" },
    { cloud: GRAPH_CLOUDS.china, audience: "api://AzureADTokenExchangeChina" },
  ])("uses a managed identity for $audience as the credential of an app in the tenant", async ({ cloud, audience }) => {
    const identityId = `33333333-3333-4333-8333-${String(audience.length).padStart(12, "0")}`;
    wire.answer = (url) => aTokenAnswer(url.hostname === "169.254.169.254" ? "assertion" : "t");

    const outcome = await aProvider(
      { kind: "workload-identity", clientId: CLIENT_ID, managedIdentityClientId: identityId },
      cloud,
    ).getToken();

    expect(outcome).toEqual({ kind: "token", token: "t" });
    const [machine, entra] = wire.requests;
    expect(machine?.url.searchParams.get("resource")).toBe(audience);
    expect(machine?.url.searchParams.get("client_id")).toBe(identityId);
    expect(entra?.url.pathname).toBe(`/${TENANT_ID}/oauth2/v2.0/token`);
    expect(entra?.form.get("client_id")).toBe(CLIENT_ID);
    expect(entra?.form.get("client_assertion")).toBe("assertion");
  });

  it.each([
    {
      named: "a wrong secret",
      answer: { status: 401, body: { error: "invalid_client", error_description: "AADSTS7000215: PLANTED-TEXT" } },
      outcome: { kind: "failed", reason: "unauthorized", detail: "Entra ID refuses the credential (AADSTS7000215)" },
    },
    {
      named: "a tenant that does not know the app",
      answer: { status: 400, body: { error: "unauthorized_client", error_description: "AADSTS700016: PLANTED-TEXT" } },
      outcome: { kind: "failed", reason: "unauthorized", detail: "Entra ID refuses the credential (AADSTS700016)" },
    },
    {
      named: "a passing fault",
      answer: {
        status: 503,
        body: { error: "temporarily_unavailable", error_description: "AADSTS90033: PLANTED-TEXT" },
      },
      outcome: { kind: "failed", reason: "unavailable" },
    },
    {
      named: "a gateway page",
      answer: { status: 502, body: "<html>" },
      outcome: { kind: "failed", reason: "unavailable" },
    },
    { named: "an empty answer", answer: { status: 200, body: {} }, outcome: { kind: "failed", reason: "unavailable" } },
  ])("turns $named into an outcome that holds no text", async ({ answer, outcome }) => {
    wire.answer = () => answer;

    expect(await aProvider(SECRET).getToken()).toEqual(outcome);
  });

  it("calls throttling unavailable, also while the library holds back what follows", async () => {
    wire.answer = () => ({ status: 429, body: { error: "throttled", error_description: "PLANTED-TEXT" } });
    const provider = aProvider(SECRET);

    const outcomes = [await provider.getToken(), await provider.getToken()];

    expect(outcomes).toEqual([
      { kind: "failed", reason: "unavailable" },
      { kind: "failed", reason: "unavailable" },
    ]);
  });

  it("calls an unreachable identity endpoint unavailable", async () => {
    wire.answer = () => {
      throw Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT" });
    };
    const clientId = "44444444-4444-4444-8444-444444444444";

    expect(await aProvider({ kind: "managed-identity", clientId }).getToken()).toEqual({
      kind: "failed",
      reason: "unavailable",
    });
  });

  it("calls an identity that does not exist unauthorized", async () => {
    wire.answer = () => ({ status: 400, body: { error: "invalid_request", error_description: "PLANTED-TEXT" } });
    const clientId = "55555555-5555-4555-8555-555555555555";

    expect(await aProvider({ kind: "managed-identity", clientId }).getToken()).toMatchObject({
      reason: "unauthorized",
    });
  });
});

describe("a development token", () => {
  const loopback = { ...GRAPH_CLOUDS.global, graphRoot: "http://127.0.0.1:7072", tenantId: TENANT_ID };

  it("is made for a loopback address, by the real clock", async () => {
    const provider = createTokenProvider({ kind: "development-token" }, loopback, { nowMs: () => 1_000_000 });

    const outcome = await provider.getToken();

    const claims = outcome.kind === "token" ? (outcome.token.split(".")[1] ?? "") : "";
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({ tid: TENANT_ID, exp: 4_600 });
  });

  it.each(["https://graph.microsoft.com", "http://localhost:7072", "http://127.0.0.1.example.com", "http://10.0.0.1"])(
    "is refused for %s",
    (graphRoot) => {
      expect(() => createTokenProvider({ kind: "development-token" }, { ...loopback, graphRoot })).toThrow(ConfigError);
    },
  );

  it.each<CredentialSettings>([
    { kind: "managed-identity" },
    { kind: "workload-identity", clientId: CLIENT_ID },
    SECRET,
    { kind: "client-certificate", clientId: CLIENT_ID, certificate: "PLANTED" },
    { kind: "default" },
  ])("is required for a loopback address: $kind is refused", (settings) => {
    const refused = (): unknown => createTokenProvider(settings, loopback);

    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(/must be development-token when GRAPH_ENDPOINT is a loopback address$/);
  });
});
