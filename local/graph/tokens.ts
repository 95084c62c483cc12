import { z } from "zod";

/** The application roles that read everything the simulated Graph serves. */
const ALL_READ_ROLES = ["DeviceManagementServiceConfig.Read.All", "DeviceManagementConfiguration.Read.All"];

const HOUR_MS = 3_600_000;

const claims = z.object({
  tid: z.string(),
  aud: z.string(),
  exp: z.number(),
  roles: z.array(z.string()).default([]),
});

/** Whether a request's token is good, and what it allows. */
export type TokenVerdict =
  | { readonly kind: "valid"; readonly tenantId: string; readonly roles: readonly string[] }
  | { readonly kind: "invalid"; readonly message: string };

/**
 * Makes an unsigned token as the simulated Graph accepts it: `header.claims.` with an empty signature.
 *
 * `audience` is the simulated Graph's `url`. Expiry is judged against the real clock, whatever the virtual one says.
 * @default roles the two Read.All roles of graph.md 4.2, expiresAtMs one hour from now
 */
export function developmentToken(wanted: {
  readonly tenantId: string;
  readonly audience: string;
  readonly roles?: readonly string[];
  readonly expiresAtMs?: number;
}): string {
  const { tenantId, audience, roles = ALL_READ_ROLES, expiresAtMs = Date.now() + HOUR_MS } = wanted;
  const payload = { aud: audience, tid: tenantId, exp: Math.floor(expiresAtMs / 1000), roles };
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(payload)}.`;
}

/** Judges an Authorization header: an unsigned JWT for this audience that has not expired by the real clock. */
export function readToken(authorization: string | undefined, audience: string): TokenVerdict {
  if (authorization === undefined) {
    return { kind: "invalid", message: "Access token is empty." };
  }
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.)$/.exec(authorization) ?? [];
  const [header, payload] = (token ?? "").split(".").map(decode);
  const parsed = claims.safeParse(payload);
  if (!parsed.success || !z.object({ alg: z.literal("none") }).safeParse(header).success) {
    return { kind: "invalid", message: "IDX14100: JWT is not well formed." };
  }
  const { aud, exp, tid, roles } = parsed.data;
  if (aud !== audience) {
    return { kind: "invalid", message: "Access token validation failure. Invalid audience." };
  }
  if (exp * 1000 <= Date.now()) {
    return { kind: "invalid", message: "Lifetime validation failed, the token is expired." };
  }
  return { kind: "valid", tenantId: tid, roles };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
