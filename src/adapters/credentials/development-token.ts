import { HOUR_MS } from "../../domain/units.ts";
import type { TokenTarget } from "./credential-settings.ts";

/** The application permissions that reading all sources takes, and sending mail. */
const ROLES = ["DeviceManagementServiceConfig.Read.All", "DeviceManagementConfiguration.Read.All", "Mail.Send"];

/** Makes the unsigned token that a simulated Graph accepts, good for an hour from `nowMs`. */
export function createDevelopmentToken({ tenantId, graphRoot }: TokenTarget, nowMs: number): string {
  const claims = { tid: tenantId, aud: graphRoot, roles: ROLES, exp: Math.floor((nowMs + HOUR_MS) / 1_000) };
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
