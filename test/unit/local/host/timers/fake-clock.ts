import type { Clock } from "../../../../../local/host/timers/alarm.ts";

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Moves the time and calls back what became due, in order, letting promises settle between two calls. */
  advanceTo(ms: number): Promise<void>;
  /** The delays asked for so far. */
  readonly delays: readonly number[];
}

interface Waiting {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Builds a clock that shows `startMs`. */
export function aFakeClock(startMs: number): FakeClock {
  let nowMs = startMs;
  let waiting: readonly Waiting[] = [];
  const delays: number[] = [];
  return {
    delays,
    nowMs: () => nowMs,
    after(delayMs, callback) {
      delays.push(delayMs);
      const entry = { atMs: nowMs + delayMs, callback };
      waiting = [...waiting, entry];
      return () => {
        waiting = waiting.filter((one) => one !== entry);
      };
    },
    async advanceTo(ms) {
      for (let due = firstDue(waiting, ms); due !== undefined; due = firstDue(waiting, ms)) {
        const entry = due;
        waiting = waiting.filter((one) => one !== entry);
        nowMs = Math.max(nowMs, entry.atMs);
        entry.callback();
        await new Promise(setImmediate);
      }
      nowMs = ms;
    },
  };
}

function firstDue(waiting: readonly Waiting[], ms: number): Waiting | undefined {
  return waiting.filter((one) => one.atMs <= ms).sort((a, b) => a.atMs - b.atMs)[0];
}
