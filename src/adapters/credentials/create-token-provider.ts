import type { TokenCredentialOptions } from "@azure/identity";
import { ConfigError } from "../../domain/errors.ts";
import type { TokenProvider } from "../../ports/token-provider.ts";
import { createCredential } from "./create-credential.ts";
import type { CredentialSettings, TokenTarget } from "./credential-settings.ts";
import { createDevelopmentToken } from "./development-token.ts";
import { createIdentityTokens } from "./identity-tokens.ts";

/** What tests replace. */
export interface TokenProviderOptions {
  /** For the pipeline of the identity library. */
  readonly identity?: TokenCredentialOptions;
  /** The real clock, since those who judge a token have no other. @default Date.now */
  readonly nowMs?: () => number;
}

const LOOPBACK_ROOT = /^http:\/\/(?:127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

/**
 * Makes the token provider of one tenant; keep it, since the cache of tokens lives in it.
 *
 * A development token and a loopback address require each other, so that neither a real token reaches a simulated Graph
 * nor an unsigned one a real Graph.
 * @throws {ConfigError} When only one of the two is given.
 */
export function createTokenProvider(
  settings: CredentialSettings,
  target: TokenTarget,
  { identity = {}, nowMs = Date.now }: TokenProviderOptions = {},
): TokenProvider {
  const isLoopback = LOOPBACK_ROOT.test(target.graphRoot);
  if (settings.kind === "development-token") {
    if (!isLoopback) throw wrongKind("another kind than development-token when GRAPH_ENDPOINT is no loopback address");
    return { getToken: async () => ({ kind: "token", token: createDevelopmentToken(target, nowMs()) }) };
  }
  if (isLoopback) throw wrongKind("development-token when GRAPH_ENDPOINT is a loopback address");
  return createIdentityTokens(target, () => createCredential(settings, target, identity));
}

function wrongKind(expected: string): ConfigError {
  return new ConfigError([{ setting: "tenants[].credential.kind", expected }]);
}
