import { setTimeout } from "node:timers/promises";

/**
 * Waits; ends early, by throwing, when the signal is aborted.
 *
 * @throws {Error} Named `AbortError`, with the signal's reason as its cause.
 */
export function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return setTimeout(delayMs, undefined, { signal });
}
