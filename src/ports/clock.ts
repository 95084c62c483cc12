/** Tells the time. */
export interface Clock {
  /** Epoch milliseconds, UTC. */
  readonly nowMs: () => number;
}
