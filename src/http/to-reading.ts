import { isConnector, isRow, type ReadDate, type Reading, type RowReading } from "../domain/connections/reading.ts";
import { toIso } from "../domain/time.ts";
import { toDateTime } from "../domain/wire.ts";
import type { ConnectorReadingBody, DateBody, PartnerReadingBody, ReadingBody } from "./contract.ts";

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
  const { lastGoodAtMs, failingSinceMs, ...rest } = reading;
  return { ...rest, lastGoodDateTime: toDateTime(lastGoodAtMs), failingSinceDateTime: toDateTime(failingSinceMs) };
}

function toDate(date: ReadDate): DateBody | undefined {
  if (date === undefined) return undefined;
  return date === "never" ? null : { dateTime: toIso(date.atMs), asSent: date.asSent };
}
