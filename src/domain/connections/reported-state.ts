import { isConnector, isPartner, type Reading } from "./reading.ts";

/** Returns what Microsoft says of a connection, as sent: a partner's state or its verdict on a connector; of nothing else. */
export function reportedStateOf(reading: Reading): string | undefined {
  if (isPartner(reading)) return reading.stateAsSent ?? reading.state;
  return isConnector(reading) ? (reading.reportedHealthAsSent ?? reading.reportedHealth) : undefined;
}
