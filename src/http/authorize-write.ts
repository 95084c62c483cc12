import { cutText, toPlainLine } from "../domain/text.ts";
import type { HttpInput, HttpReply } from "./http-types.ts";
import { problemReply } from "./problem.ts";

/** What opens the writes of the API, beside the host's function key. */
export interface WriteAccess {
  /** Compares in constant time with `MONITOR_WRITE_KEY`; undefined when that is not set. */
  readonly isKey: ((given: string) => boolean) | undefined;
  /** The configuration trusts the platform's authentication, and the platform reports that it is on. */
  readonly trustsPlatform: boolean;
}

/** Who may write, or why nobody may. */
export type Writer =
  /** `principal` is the name that the platform vouches for. */
  { readonly kind: "allowed"; readonly principal?: string } | { readonly kind: "refused"; readonly reply: HttpReply };

/** The app role of those who may write. */
const OPERATOR_ROLE = "Monitor.Operator";

const ROLE_CLAIMS: readonly unknown[] = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];
const NAME_CLAIMS: readonly unknown[] = ["preferred_username", "name", "appid"];

/**
 * Says whether a request may write: by the key in `x-monitor-write-key`, or by the app role `Monitor.Operator` in the
 * platform's principal. A principal is believed only where the platform is trusted: anybody can send the header.
 *
 * Source: Azure App Service documentation, "Work with user identities in App Service authentication", read 2026-11-22.
 */
export function authorizeWrite(input: HttpInput, { isKey, trustsPlatform }: WriteAccess): Writer {
  const principal = trustsPlatform ? readPrincipal(input.headers.get("x-ms-client-principal")) : undefined;
  if (principal?.isOperator === true) return { kind: "allowed", principal: principal.name };
  const given = input.headers.get("x-monitor-write-key");
  if (isKey !== undefined && given !== null && isKey(given)) return { kind: "allowed" };
  return { kind: "refused", reply: problemReply(input, { status: 403, detail: refusal(isKey, trustsPlatform) }) };
}

function refusal(isKey: WriteAccess["isKey"], trustsPlatform: boolean): string {
  if (isKey === undefined && !trustsPlatform) {
    return "Writes are off: the app setting MONITOR_WRITE_KEY, or trustAppServiceAuthentication in the configuration, turns them on";
  }
  const ways = [
    ...(isKey === undefined ? [] : ["the right key in x-monitor-write-key"]),
    ...(trustsPlatform ? [`the app role ${OPERATOR_ROLE}`] : []),
  ];
  return `A write needs ${ways.join(" or ")}`;
}

interface Principal {
  readonly name: string;
  readonly isOperator: boolean;
}

function readPrincipal(header: string | null): Principal | undefined {
  const claims = header === null ? [] : readClaims(header);
  const isOperator = claims.some(({ typ, val }) => ROLE_CLAIMS.includes(typ) && val === OPERATOR_ROLE);
  const name = NAME_CLAIMS.flatMap((wanted) => claims.find(({ typ }) => typ === wanted)?.val ?? [])[0];
  return typeof name === "string" ? { name: cutText(toPlainLine(name), 100), isOperator } : undefined;
}

interface Claim {
  readonly typ?: unknown;
  readonly val?: unknown;
}

function readClaims(header: string): readonly Claim[] {
  try {
    const bytes = Uint8Array.from(atob(header), (character) => character.charCodeAt(0));
    const { claims }: { claims?: unknown } = Object(JSON.parse(new TextDecoder().decode(bytes)));
    return Array.isArray(claims) ? claims.map((claim): Claim => Object(claim)) : [];
  } catch {
    return [];
  }
}
