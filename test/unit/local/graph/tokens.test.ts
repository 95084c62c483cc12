import { describe, expect, it } from "vitest";
import { developmentToken, readToken } from "../../../../local/graph/tokens.ts";

const AUDIENCE = "http://127.0.0.1:7071";
const TENANT = "00000000-0000-4000-8000-0000000000a1";

function anEncoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

const HEADER = anEncoded({ alg: "none", typ: "JWT" });
const CLAIMS = { tid: TENANT, aud: AUDIENCE, exp: 32_503_680_000, roles: ["a"] };

describe("developmentToken()", () => {
  it("makes an unsigned JWT with an empty signature", () => {
    const token = developmentToken({ tenantId: TENANT, audience: AUDIENCE, roles: ["a"], expiresAtMs: 1_999_999 });

    const [header = "", payload = "", signature] = token.split(".");
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({ alg: "none", typ: "JWT" });
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toEqual({
      tid: TENANT,
      aud: AUDIENCE,
      exp: 1999,
      roles: ["a"],
    });
    expect(signature).toBe("");
  });

  it("reads everything for an hour when nothing else is asked", () => {
    const verdict = readToken(`Bearer ${developmentToken({ tenantId: TENANT, audience: AUDIENCE })}`, AUDIENCE);

    expect(verdict).toEqual({
      kind: "valid",
      tenantId: TENANT,
      roles: ["DeviceManagementServiceConfig.Read.All", "DeviceManagementConfiguration.Read.All"],
    });
  });
});

describe("readToken()", () => {
  it("takes a token without roles for one that may read nothing", () => {
    const { roles: _, ...claims } = CLAIMS;

    expect(readToken(`Bearer ${HEADER}.${anEncoded(claims)}.`, AUDIENCE)).toMatchObject({ kind: "valid", roles: [] });
  });

  it.each([
    { what: "none", header: undefined, want: /empty/ },
    { what: "no Bearer", header: `Basic ${HEADER}.${anEncoded(CLAIMS)}.`, want: /not well formed/ },
    { what: "no JWT", header: "Bearer secret", want: /not well formed/ },
    { what: "no JSON", header: "Bearer abc.def.", want: /not well formed/ },
    { what: "a signature", header: `Bearer ${HEADER}.${anEncoded(CLAIMS)}.c2ln`, want: /not well formed/ },
    {
      what: "another algorithm",
      header: `Bearer ${anEncoded({ alg: "RS256" })}.${anEncoded(CLAIMS)}.`,
      want: /not well formed/,
    },
    {
      what: "no expiry",
      header: `Bearer ${HEADER}.${anEncoded({ ...CLAIMS, exp: undefined })}.`,
      want: /not well formed/,
    },
    {
      what: "roles that are no list",
      header: `Bearer ${HEADER}.${anEncoded({ ...CLAIMS, roles: "a" })}.`,
      want: /not well formed/,
    },
    {
      what: "another audience",
      header: `Bearer ${HEADER}.${anEncoded({ ...CLAIMS, aud: `${AUDIENCE}/` })}.`,
      want: /Invalid audience/,
    },
    {
      what: "a passed expiry",
      header: `Bearer ${HEADER}.${anEncoded({ ...CLAIMS, exp: 1 })}.`,
      want: /the token is expired/,
    },
  ])("refuses $what", ({ header, want }) => {
    const verdict = readToken(header, AUDIENCE);

    expect(verdict.kind === "invalid" ? verdict.message : verdict.kind).toMatch(want);
  });
});
