/** Tells somebody outside that the monitor is alive; who hears nothing for a while raises the alarm. */
export interface DeadManSwitch {
  /** Tells it once, within 15 s; never throws for what the receiver or the network does. */
  readonly ping: (counts: PingCounts) => Promise<void>;
}

/** How the monitor does its work: nothing else leaves it by a ping. */
export interface PingCounts {
  readonly configured: number;
  /** Tenants that are not polled as they ought to be: any at all makes the ping one of failure. */
  readonly late: number;
}
