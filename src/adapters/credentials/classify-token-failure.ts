import type { TokenOutcome } from "../../ports/token-provider.ts";

/** Error codes of the identity library, Node and OAuth that say nothing against the credential. */
const PASSING_CODES = new Set([
  "network_error",
  "endpoints_resolution_error",
  "openid_config_error",
  "request_timeout",
  "server_error",
  "temporarily_unavailable",
  "REQUEST_SEND_ERROR",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  /** How MSAL repeats an answer 429 or 5xx while it still holds back further requests. */
  "",
]);

const ENTRA_CODE = /\bAADSTS\d{3,9}\b/;
const DEEPEST_CAUSE = 8;

type Fault = Readonly<Record<string, unknown>>;

/**
 * Tells a refused or unusable credential from a passing failure; of the error's text only a code of Entra ID is kept.
 *
 * One refusal counts more than any number of failures beside it, since a chain goes on after a refusal. An answer that is
 * neither token nor refusal passes; anything else, such as a missing file or a chain without any credential, does not.
 */
export function classifyTokenFailure(error: unknown): TokenOutcome {
  const faults = faultsIn(error, DEEPEST_CAUSE);
  const signs = faults.map(signOf);
  const passes = signs.includes("passing") || faults.some((fault) => fault["name"] === "AuthenticationRequiredError");
  if (passes && !signs.includes("refused")) return { kind: "failed", reason: "unavailable" };
  const [code] = faults.flatMap((fault) => ENTRA_CODE.exec(String(fault["message"])) ?? []);
  const detail =
    code === undefined ? "No token could be got with the credential" : `Entra ID refuses the credential (${code})`;
  return { kind: "failed", reason: "unauthorized", detail };
}

function signOf(fault: Fault): "refused" | "passing" | undefined {
  const code = fault["errorCode"] ?? fault["code"];
  if (typeof code === "string" && PASSING_CODES.has(code)) return "passing";
  const status = fault["status"] ?? fault["statusCode"];
  if (typeof status !== "number") return undefined;
  return status === 429 || status >= 500 ? "passing" : "refused";
}

/** Returns the error with its causes and, for a chain of credentials, the errors of each. */
function faultsIn(error: unknown, depth: number): readonly Fault[] {
  if (typeof error !== "object" || error === null || depth === 0) return [];
  const fault: Fault = Object.fromEntries(
    ["name", "message", "code", "errorCode", "status", "statusCode"].map((key) => [key, Reflect.get(error, key)]),
  );
  const inner: unknown = Reflect.get(error, "errors");
  const below = [Reflect.get(error, "cause"), ...(Array.isArray(inner) ? inner : [])];
  return [fault, ...below.flatMap((cause) => faultsIn(cause, depth - 1))];
}
