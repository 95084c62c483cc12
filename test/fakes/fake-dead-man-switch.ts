import type { DeadManSwitch, PingCounts } from "../../src/ports/dead-man-switch.ts";

/** A dead-man's switch in memory. */
export interface FakeDeadManSwitch extends DeadManSwitch {
  /** All pings so far. */
  readonly pings: readonly PingCounts[];
}

/** Keeps what it is told. */
export function createFakeDeadManSwitch(): FakeDeadManSwitch {
  const pings: PingCounts[] = [];
  return { pings, ping: async (counts) => void pings.push(counts) };
}
