import { durationMs } from "./duration.ts";
import type { TimelineEvent } from "./scenario.schema.ts";

/** Returns the events that have happened by then; one at that very time has. */
export function eventsUntil<E extends TimelineEvent>(timeline: readonly E[], elapsedMs: number): readonly E[] {
  return timeline.filter((event) => durationMs(event.at) <= elapsedMs);
}

/** Tells whether the row is listed: by its newest `appear` or `disappear`, and before the first as that one implies. */
export function isListed(timeline: readonly TimelineEvent[], elapsedMs: number): boolean {
  const turns = timeline.filter((event) => event.do === "appear" || event.do === "disappear");
  const newest = eventsUntil(turns, elapsedMs).at(-1);
  return newest === undefined ? turns[0]?.do !== "appear" : newest.do === "appear";
}

/**
 * Returns the time of the newest beat in ms since zero, undefined before the first.
 *
 * A beat due at the very time of a silence or termination is not sent; one due now is.
 */
export function lastBeatMs(timeline: readonly TimelineEvent[], elapsedMs: number): number | undefined {
  const signals = eventsUntil(timeline, elapsedMs).filter(
    (event) => event.do === "beat" || event.do === "silence" || event.do === "terminate",
  );
  const index = signals.findLastIndex((event) => event.do === "beat");
  const beat = signals[index];
  if (beat?.do !== "beat") {
    return undefined;
  }
  const fromMs = durationMs(beat.at);
  if (beat.every === undefined) {
    return fromMs;
  }
  const everyMs = durationMs(beat.every);
  const end = signals[index + 1];
  const untilMs = end === undefined ? elapsedMs : durationMs(end.at) - 1;
  return fromMs + Math.max(0, Math.floor((untilMs - fromMs) / everyMs)) * everyMs;
}
