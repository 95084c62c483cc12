import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../units.ts";

/** An attempt that failed but may succeed later. */
export interface FailedAttempt {
  /** Sends begun so far, this one included; at least 1. */
  readonly attempts: number;
  readonly firstAttemptAtMs: number;
  readonly failedAtMs: number;
  /** What the receiver asked for, from now on. */
  readonly retryAfterMs?: number;
  /** A random number from 0 up to, not including, 1. */
  readonly random: number;
}

/** When to try again, or that it is enough. */
export type RetryDecision =
  | { readonly kind: "retry"; readonly nextAttemptAtMs: number }
  | { readonly kind: "give-up"; readonly reason: "retry-window-over" };

/** The pauses after the first attempts; the last one is repeated. */
const PAUSES_MS = [5 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS] as const;
const RETRY_WINDOW_MS = 72 * HOUR_MS;
const MAX_RETRY_AFTER_MS = 24 * HOUR_MS;
const JITTER_RATIO = 0.2;

/**
 * Decides when a notification is tried again: after 5 s, 1 min, 5 min, 15 min, then every 30 min, each pause ± 20 %.
 *
 * A longer `retryAfterMs` counts instead, up to 24 h and without jitter. It gives up when the next attempt would begin
 * more than 72 h after the first one.
 */
export function scheduleRetry(attempt: FailedAttempt): RetryDecision {
  const pauseMs = PAUSES_MS[Math.min(attempt.attempts, PAUSES_MS.length) - 1] ?? 0;
  const jitteredMs = Math.round(pauseMs * (1 + JITTER_RATIO * (2 * attempt.random - 1)));
  const askedMs = Math.min(attempt.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
  const nextAttemptAtMs = attempt.failedAtMs + Math.max(jitteredMs, askedMs);
  return nextAttemptAtMs - attempt.firstAttemptAtMs > RETRY_WINDOW_MS
    ? { kind: "give-up", reason: "retry-window-over" }
    : { kind: "retry", nextAttemptAtMs };
}
