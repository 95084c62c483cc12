/** Time as a listener sees it, so that tests can stand in for it. */
export interface Clock {
  nowMs(): number;
  /** Calls back once after `delayMs`, 0 to 2^31 - 1; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The system's clock and timers. */
export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A longer `setTimeout` overflows and fires at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Rings at `atMs` or at once when that is over, in steps if it is far away; the returned function cancels. */
export function setAlarm(clock: Clock, atMs: number, ring: () => void): () => void {
  const waitMs = Math.max(0, atMs - clock.nowMs());
  let cancel = clock.after(Math.min(waitMs, MAX_DELAY_MS), () => {
    if (clock.nowMs() >= atMs) {
      ring();
    } else {
      cancel = setAlarm(clock, atMs, ring);
    }
  });
  return () => cancel();
}
