import { toIso } from "../time.ts";
import { instantOf, isPartner, type PartnerReading, type ReadDate, type Reading } from "./reading.ts";

/**
 * Returns when a connection was last heard of: a partner's heartbeat, a connector's sync, connection or heartbeat, our own
 * last good read of a source or tenant, the newest poll of a tenant or of all; undefined where there is no such date or it was not read.
 */
export function contactOf(reading: Reading): ReadDate {
  if (isPartner(reading)) return reading.lastContact;
  if (reading.kind === "connector") {
    return reading.meaning === "expiry" || reading.meaning === "none" ? undefined : reading.eventDate;
  }
  const { lastGoodAtMs } = reading;
  return lastGoodAtMs === undefined ? undefined : { atMs: lastGoodAtMs, asSent: toIso(lastGoodAtMs) };
}

/** Returns the newest contact of a partner that any of its readings knew, also from before its date was set back to never. */
export function newestContactMs({ lastContact, lastBeat }: PartnerReading): number | undefined {
  return instantOf(lastContact) ?? lastBeat?.atMs;
}
