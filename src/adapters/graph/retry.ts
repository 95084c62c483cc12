import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../ports/clock.ts";
import type { Deadline, GraphFailure, GraphMiddleware } from "./graph-call.ts";

/** What retrying depends on. */
export interface RetryOptions {
  readonly deadline: Deadline;
  readonly clock: Clock;
  /** From 0, included, to 1, excluded. */
  readonly random: () => number;
  /** Resolves after the time, or sooner when the signal aborts; never rejects. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  readonly maxAttempts: number;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 16_000;

/**
 * Repeats a request that may still succeed, until the attempts are used up or the next one would begin after the deadline.
 *
 * The delay doubles from 1 s to 16 s, less a random part of up to half of it, and is never shorter than Graph asks for.
 * An attempt that the deadline cuts off tells less than the failure before it, which is returned then.
 */
export function retry({ deadline, clock, random, sleep, maxAttempts }: RetryOptions): GraphMiddleware {
  return (next) => async (call) => {
    let previous: GraphFailure | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await next(call);
      if (outcome.kind !== "failed" || !outcome.retryable) return outcome;
      if (deadline.signal.aborted) return previous ?? outcome;
      if (attempt >= maxAttempts) return outcome;
      const delayMs = Math.max(backoffMs(attempt, random()), outcome.retryAfterMs ?? 0);
      if (clock.nowMs() + delayMs >= deadline.atMs) return outcome;
      await sleep(delayMs, deadline.signal);
      previous = outcome;
    }
  };
}

function backoffMs(attempt: number, random: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS) * (1 - random / 2);
}

/** Waits for the time, or until the signal aborts. */
export async function sleepUnlessAborted(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal }).catch(() => undefined);
}
