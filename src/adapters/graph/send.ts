import { defined } from "../../domain/defined.ts";
import { parseHttpDate } from "../../domain/parse-http-date.ts";
import { parseRetryAfter } from "../../domain/parse-retry-after.ts";
import type { Clock } from "../../ports/clock.ts";
import { type AnswerContext, classifyAnswer, type GraphAnswer } from "./classify-answer.ts";
import type { GraphCall, GraphHandler } from "./graph-call.ts";

/** What sending depends on. */
export interface SendOptions {
  readonly clock: Clock;
  /** Ends the request, also while its body is read. */
  readonly signal: AbortSignal;
  readonly attemptTimeoutMs: number;
  readonly maxBodyBytes: number;
}

/**
 * Makes the end of the chain: sends a request by global fetch, reads its body up to the limit and classifies the answer.
 *
 * A redirect is never followed, so that the token stays with the host it was made for.
 */
export function createSend(options: SendOptions, context: AnswerContext): GraphHandler {
  return async (call) => {
    const answer = await fetchAnswer(call, options);
    if (answer === undefined) return { kind: "failed", reason: "unavailable", retryable: true };
    const { clockSkewMs, ...rest } = answer;
    return { ...classifyAnswer(rest, context), ...defined({ clockSkewMs }) };
  };
}

interface DatedAnswer extends GraphAnswer {
  readonly clockSkewMs?: number;
}

/** Returns undefined for all that is no answer: no connection, a reset, a timeout. The cause names hosts and is dropped. */
async function fetchAnswer(call: GraphCall, options: SendOptions): Promise<DatedAnswer | undefined> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.attemptTimeoutMs)]);
  try {
    const response = await fetch(call.url, { method: call.method, headers: call.headers, redirect: "manual", signal });
    const nowMs = options.clock.nowMs();
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), nowMs);
    const clockSkewMs = measureSkew(response.headers.get("date"), nowMs);
    const text = await readText(response, options.maxBodyBytes);
    return { status: response.status, text, ...defined({ retryAfterMs, clockSkewMs }) };
  } catch {
    return undefined;
  }
}

/** Returns what the clock of the answer is ahead of ours; a date that cannot be read says nothing. */
function measureSkew(date: string | null, nowMs: number): number | undefined {
  const theirsMs = parseHttpDate(date ?? "");
  return theirsMs === undefined ? undefined : theirsMs - nowMs;
}

/** Counts decoded bytes, so that a small compressed body cannot grow without limit; returns undefined for a larger one. */
async function readText(response: Response, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
