import type { AttemptOutcome } from "../../domain/delivery/conclude-attempt.ts";
import { InvariantError } from "../../domain/errors.ts";
import { SECOND_MS } from "../../domain/units.ts";
import type { TokenOutcome } from "../../ports/token-provider.ts";
import type { PostDeps } from "./channel-deps.ts";
import type { MailAccess } from "./channel-settings.ts";
import { httpPost } from "./http-post.ts";

/** One request on its way to Graph. */
export interface MailCall {
  readonly method: string;
  readonly url: string;
  /** JSON. */
  readonly body: string;
}

const TIMEOUT_MS = 15 * SECOND_MS;

/** Returns the one address that mail of a mailbox is posted to. */
export function sendMailUrl({ graphRoot, sender }: Pick<MailAccess, "graphRoot" | "sender">): string {
  return `${graphRoot}/v1.0/users/${encodeURIComponent(sender)}/sendMail`;
}

/**
 * Makes a client that can send mail from one mailbox and do nothing else: every other request is refused before a token is
 * asked for, and a redirect is not followed.
 *
 * A token that Graph refuses with 401 is renewed once. What comes of the request is judged as that of any other channel;
 * without a token nothing was refused by the receiver, so the message is tried again later, also when the credential has
 * expired and must be replaced.
 * @throws {InvariantError} From the function it returns: such a request is a bug of ours.
 */
export function createMailClient(
  channel: string,
  access: MailAccess,
  deps: PostDeps,
): (call: MailCall) => Promise<AttemptOutcome> {
  const url = sendMailUrl(access);
  const target = { url, allowPrivate: url.startsWith("http:") };
  return async (call) => {
    if (call.method !== "POST" || call.url !== url) {
      throw new InvariantError(
        "Cannot send a request to Graph: it must be the POST that sends mail of the one mailbox",
      );
    }
    const endsAtMs = deps.clock.nowMs() + (deps.timeoutMs ?? TIMEOUT_MS);
    const attempt = async (refused?: string): Promise<Attempt> => {
      const timeoutMs = Math.max(1, endsAtMs - deps.clock.nowMs());
      const token = await tokenWithin(access.tokens.getToken(refused), timeoutMs);
      if (token.kind === "failed") return { outcome: toFailure(token) };
      const headers = { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${token.token}` };
      const left = { ...deps, timeoutMs: Math.max(1, endsAtMs - deps.clock.nowMs()) };
      return { outcome: await httpPost(left, { channel, target, headers, body: call.body }), token: token.token };
    };
    const first = await attempt();
    const isRefused = first.outcome.kind === "final" && first.outcome.reason === "http-401";
    return isRefused ? (await attempt(first.token)).outcome : first.outcome;
  };
}

interface Attempt {
  readonly outcome: AttemptOutcome;
  /** The token that was used. */
  readonly token?: string;
}

function toFailure({ reason }: Extract<TokenOutcome, { readonly kind: "failed" }>): AttemptOutcome {
  return { kind: "retry", reason: reason === "unauthorized" ? "token-refused" : "token-unavailable" };
}

function tokenWithin(work: Promise<TokenOutcome>, timeoutMs: number): Promise<TokenOutcome> {
  const { promise, resolve } = Promise.withResolvers<TokenOutcome>();
  const signal = AbortSignal.timeout(timeoutMs);
  signal.addEventListener("abort", () => resolve({ kind: "failed", reason: "unavailable" }), { once: true });
  return Promise.race([work, promise]);
}
