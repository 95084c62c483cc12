/** Something that reacts to triggers until it is stopped. */
export interface Listener {
  /** Takes no further trigger and resolves when the runs under way have ended. */
  stop(): Promise<void>;
}
