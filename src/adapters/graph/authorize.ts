import { defined } from "../../domain/defined.ts";
import type { TokenOutcome, TokenProvider } from "../../ports/token-provider.ts";
import type { GraphCall, GraphFailure, GraphMiddleware } from "./graph-call.ts";

/**
 * Sends each request with a token; when Graph refuses it, gets a newer one and asks again, once for all requests.
 *
 * A claims challenge needs no more than that: it only comes to clients that declare to handle it, and we do not.
 * @param signal Ends the wait for a token.
 */
export function authorize(tokens: TokenProvider, signal: AbortSignal): GraphMiddleware {
  let mayRefresh = true;
  return (next) => async (call) => {
    const first = await unlessAborted(tokens.getToken(), signal);
    if (first.kind === "failed") return toFailure(first);
    const outcome = await next(withToken(call, first.token));
    const isRefused = outcome.kind === "failed" && outcome.reason === "unauthorized";
    if (!isRefused || !mayRefresh) return outcome;

    mayRefresh = false;
    const second = await unlessAborted(tokens.getToken(first.token), signal);
    return second.kind === "failed" ? toFailure(second) : next(withToken(call, second.token));
  };
}

function withToken(call: GraphCall, token: string): GraphCall {
  return { ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } };
}

function toFailure({ reason, detail }: Extract<TokenOutcome, { readonly kind: "failed" }>): GraphFailure {
  return { kind: "failed", reason, retryable: reason === "unavailable", ...defined({ detail }) };
}

function unlessAborted(work: Promise<TokenOutcome>, signal: AbortSignal): Promise<TokenOutcome> {
  const aborted = new Promise<TokenOutcome>((resolve) => {
    const giveUp = (): void => resolve({ kind: "failed", reason: "unavailable" });
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
  });
  return Promise.race([work, aborted]);
}
