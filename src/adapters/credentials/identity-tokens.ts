import type { TokenOutcome, TokenProvider } from "../../ports/token-provider.ts";
import { classifyTokenFailure } from "./classify-token-failure.ts";
import type { Credential } from "./create-credential.ts";
import type { TokenTarget } from "./credential-settings.ts";
import { tenantOfToken } from "./tenant-of-token.ts";

/**
 * Makes a token provider from a credential of the identity library, whose instance is the cache of tokens.
 *
 * The library has no forced refresh: a refused token is replaced by taking a new instance, once however many callers had
 * the same token. Callers that ask at the same time share one request.
 */
export function createIdentityTokens(target: TokenTarget, makeCredential: () => Promise<Credential>): TokenProvider {
  let session = startSession(target, makeCredential);
  return {
    getToken: async (refused) => {
      const used = session;
      const outcome = await used();
      if (outcome.kind === "failed" || outcome.token !== refused) return outcome;
      if (session === used) session = startSession(target, makeCredential);
      return session();
    },
  };
}

function startSession(target: TokenTarget, makeCredential: () => Promise<Credential>): () => Promise<TokenOutcome> {
  let credential: Promise<Credential> | undefined;
  let underWay: Promise<TokenOutcome> | undefined;
  return async () => {
    credential ??= makeCredential();
    underWay ??= askForToken(credential, target).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

async function askForToken(credential: Promise<Credential>, target: TokenTarget): Promise<TokenOutcome> {
  try {
    const answer = await (await credential).getToken(`${target.graphRoot}/.default`);
    return answer === null ? classifyTokenFailure(undefined) : checkTenant(answer.token, target.tenantId);
  } catch (error) {
    return classifyTokenFailure(error);
  }
}

function checkTenant(token: string, tenantId: string): TokenOutcome {
  const named = tenantOfToken(token);
  return named === undefined || named === tenantId.toLowerCase()
    ? { kind: "token", token }
    : { kind: "failed", reason: "unauthorized", detail: "The credential gives tokens of another tenant" };
}
