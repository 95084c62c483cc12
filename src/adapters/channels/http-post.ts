import { lookup } from "node:dns/promises";
import { type ClientRequest, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import type { LookupFunction } from "node:net";
import { urlToHttpOptions } from "node:url";
import { defined } from "../../domain/defined.ts";
import type { AttemptOutcome } from "../../domain/delivery/conclude-attempt.ts";
import { parseRetryAfter } from "../../domain/parse-retry-after.ts";
import { SECOND_MS } from "../../domain/units.ts";
import type { PostDeps } from "./channel-deps.ts";
import type { HttpTarget } from "./channel-settings.ts";
import { type CheckedTarget, resolveTarget } from "./resolve-target.ts";

/** What is posted, and where to. */
export interface HttpPost {
  /** The channel's name. */
  readonly channel: string;
  readonly target: HttpTarget;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** By which calls are counted; static. @default "post-notification" */
  readonly operation?: string;
}

type Failure = "dns" | "timeout" | "tls" | "network";

/** How the exchange ended: with an answer, of which only these two headers are kept, or without one. */
type Exchange = { readonly status: number; readonly retryAfter: string | undefined } | Failure | "refused";

const TIMEOUT_MS = 15 * SECOND_MS;

/**
 * Posts once and says what came of it; never throws for what the target, the receiver or the network does.
 *
 * The target is resolved once, each of its addresses is checked, and the connection goes to these addresses only. 2xx is
 * delivered; 408, 429, 5xx and everything short of an answer may be tried again; redirects, which are not followed, other
 * answers and a refused target are final. The answer's body is not read, and no address leaves this function.
 */
export async function httpPost(deps: PostDeps, post: HttpPost): Promise<AttemptOutcome> {
  const startedAtMs = deps.clock.nowMs();
  const exchange = await exchangeOnce(deps, post);
  const endedAtMs = deps.clock.nowMs();
  const outcome = toOutcome(exchange, endedAtMs);
  deps.telemetry.dependency({
    dependency: "channel",
    operation: post.operation ?? "post-notification",
    target: post.channel,
    success: outcome.kind === "delivered",
    durationMs: endedAtMs - startedAtMs,
    ...defined({
      status: typeof exchange === "object" ? exchange.status : undefined,
      reason: outcome.kind === "delivered" ? undefined : outcome.reason,
    }),
  });
  return outcome;
}

async function exchangeOnce(deps: PostDeps, post: HttpPost): Promise<Exchange> {
  const { resolve = resolveBySystem, timeoutMs = TIMEOUT_MS, certificateAuthority } = deps;
  const signal = AbortSignal.timeout(timeoutMs);
  let checked: CheckedTarget | "refused";
  try {
    checked = await unlessAborted(resolveTarget(post.target, resolve), signal);
  } catch {
    return signal.aborted ? "timeout" : "dns";
  }
  if (checked === "refused") return checked;
  const { url, addresses } = checked;
  const isTls = url.protocol === "https:";
  const request = (isTls ? requestTls : requestPlain)({
    ...urlToHttpOptions(url),
    method: "POST",
    headers: {
      ...post.headers,
      "content-length": Buffer.byteLength(post.body),
      "user-agent": "intune-partner-monitor",
    },
    lookup: pinnedTo(addresses),
    agent: false,
    signal,
    ...defined({ ca: certificateAuthority }),
  });
  const exchange = answerOf(request, { isTls, signal });
  request.end(post.body);
  return exchange;
}

function answerOf(
  request: ClientRequest,
  { isTls, signal }: { readonly isTls: boolean; readonly signal: AbortSignal },
): Promise<Exchange> {
  const { promise, resolve } = Promise.withResolvers<Exchange>();
  let failure: Failure = "network";
  request.once("socket", (socket) => {
    if (!isTls) return;
    // Between these two events is the handshake: what fails there is the certificate or the protocol.
    socket.once("connect", () => {
      failure = "tls";
    });
    socket.once("secureConnect", () => {
      failure = "network";
    });
  });
  request.once("response", (response) => {
    resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] });
    response.destroy();
  });
  const fail = () => resolve(signal.aborted ? "timeout" : failure);
  request.on("error", fail);
  request.once("close", fail);
  return promise;
}

function toOutcome(exchange: Exchange, nowMs: number): AttemptOutcome {
  if (exchange === "refused") return { kind: "final", reason: "target-refused" };
  if (typeof exchange === "string") return { kind: "retry", reason: exchange };
  const { status } = exchange;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  if (status >= 300 && status < 400) return { kind: "final", reason: "http-redirect" };
  if (!isWorthRetrying(status)) return { kind: "final", reason: `http-${status}` };
  const retryAfterMs = parseRetryAfter(exchange.retryAfter, nowMs);
  return { kind: "retry", reason: `http-${status}`, ...defined({ retryAfterMs }) };
}

function isWorthRetrying(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Answers every lookup of the connection with the addresses that were checked, so that a name cannot change its mind. */
function pinnedTo(addresses: CheckedTarget["addresses"]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function resolveBySystem(hostname: string): Promise<CheckedTarget["addresses"]> {
  return lookup(hostname, { all: true });
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return Promise.race([work, promise]);
}
