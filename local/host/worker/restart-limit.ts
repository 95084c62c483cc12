const WINDOW_MS = 60_000;
const MAX_RESTARTS = 5;

/** Decides whether a worker process that ended is started again: 5 times within a minute at most. */
export function mayRestart(restartsAtMs: readonly number[], nowMs: number): boolean {
  return restartsAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS).length < MAX_RESTARTS;
}
