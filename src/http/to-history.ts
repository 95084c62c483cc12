import type { Change, ConnectionEvent } from "../domain/history/connection-event.ts";
import type { Snapshot } from "../domain/history/snapshot.ts";
import { toIso } from "../domain/time.ts";
import { toDateTime, toEvaluationBody } from "../domain/wire.ts";
import type { ChangeBody, EventBody, SnapshotBody } from "./contract/history.ts";
import { toQuiet } from "./to-quiet.ts";
import { toSnapshotReading } from "./to-reading.ts";

/** Writes a stored reading. */
export function toSnapshot({ connectionKey, slotMs, observedAtMs, reading }: Snapshot): SnapshotBody {
  return {
    connectionKey,
    slotDateTime: toIso(slotMs),
    observedDateTime: toIso(observedAtMs),
    reading: toSnapshotReading(reading),
  };
}

/** Writes the changes of one connection in one slot. */
export function toEvent(event: ConnectionEvent): EventBody {
  const { slotMs, observedAtMs, lastContactMs, changes, ...names } = event;
  return {
    ...names,
    slotDateTime: toIso(slotMs),
    observedDateTime: toIso(observedAtMs),
    lastContactDateTime: toDateTime(lastContactMs),
    changes: changes.map(toChange),
  };
}

function toChange(change: Change): ChangeBody {
  switch (change.type) {
    case "alert": {
      const { evaluation, told, why = {}, ...rest } = change;
      return {
        ...rest,
        evaluation: evaluation && toEvaluationBody(evaluation),
        told: Object.entries(told).map(([channel, kind]) => ({ channel, kind, reason: why[channel] })),
      };
    }
    case "suppression":
      return { ...change, began: change.began.map(toQuiet), ended: change.ended.map(toQuiet) };
    case "gap":
      return { type: "gap", fromDateTime: toIso(change.fromMs), toDateTime: toIso(change.toMs), reason: change.reason };
    default:
      return change;
  }
}
