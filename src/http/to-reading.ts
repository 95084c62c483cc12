import { isConnector, isRow, type ReadDate, type Reading, type RowReading } from "../domain/connections/reading.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration, SECOND_MS } from "../domain/units.ts";
import { toDateTime } from "../domain/wire.ts";
import type { ConnectorReadingBody, DateBody, PartnerReadingBody, ReadingBody } from "./contract/readings.ts";

/** Writes the reading of a partner or connector, as a snapshot holds it. */
export function toSnapshotReading(reading: RowReading): PartnerReadingBody | ConnectorReadingBody {
  if (isConnector(reading)) return { ...reading, eventDate: toDate(reading.eventDate) };
  return {
    ...reading,
    lastContact: toDate(reading.lastContact),
    lastBeat: toDate(reading.lastBeat),
    nonComplianceDeadline: toDate(reading.nonComplianceDeadline),
    removalDeadline: toDate(reading.removalDeadline),
  };
}

/** Writes a reading of any kind. */
export function toReading(reading: Reading): ReadingBody {
  if (isRow(reading)) return toSnapshotReading(reading);
  const { lastGoodAtMs, failingSinceMs, ...own } = reading;
  const dates = { lastGoodDateTime: toDateTime(lastGoodAtMs), failingSinceDateTime: toDateTime(failingSinceMs) };
  switch (own.kind) {
    case "source":
    case "fleet":
      return { ...own, ...dates };
    case "tenant": {
      const { clockSkewMs, ...rest } = own;
      const clockSkewSeconds = clockSkewMs === undefined ? undefined : Math.round(clockSkewMs / SECOND_MS);
      return { ...rest, ...dates, clockSkewSeconds };
    }
    case "tenant-watch": {
      const { periodMs, waitingSinceMs, ...rest } = own;
      return { ...rest, ...dates, period: formatDuration(periodMs), waitingSinceDateTime: toIso(waitingSinceMs) };
    }
    case "channel": {
      const { deadAtMs, offSinceMs, ...rest } = own;
      return { ...rest, ...dates, deadDateTime: toDateTime(deadAtMs), offSinceDateTime: toDateTime(offSinceMs) };
    }
  }
}

function toDate(date: ReadDate): DateBody | undefined {
  if (date === undefined) return undefined;
  return date === "never" ? null : { dateTime: toIso(date.atMs), asSent: date.asSent };
}
