import { setImmediate } from "node:timers/promises";

/** Lets all that waits in the event loop run before it goes on. */
export function yieldNow(): Promise<void> {
  return setImmediate();
}
