import type { Silence } from "./silence.ts";

/**
 * Ends a silence at an instant.
 *
 * @returns undefined for one that is over by then, or that was ended before: the first end stands.
 */
export function endSilence(silence: Silence, endedAtMs: number): Silence | undefined {
  if (silence.endedAtMs !== undefined || silence.untilMs <= endedAtMs) return undefined;
  return { ...silence, untilMs: endedAtMs, endedAtMs };
}
