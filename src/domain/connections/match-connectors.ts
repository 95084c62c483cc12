import { connectionId } from "./connection-id.ts";
import type { ConnectorReading } from "./reading.ts";

/** A connector that is remembered. */
export interface KnownConnector {
  readonly reading: ConnectorReading;
  /** Whether it was there in the last poll that read its source. */
  readonly isPresent: boolean;
}

/**
 * Gives the connectors of this read the identities they had: what an instance id holds is not established, and it may change.
 *
 * One whose instance id is unknown goes by the identity of the connector that carried this instance id last. Failing that,
 * where exactly one connector of its connectorName was there last time, or else is missed, and this read holds exactly one,
 * it is the same connection. No identity is given twice.
 */
export function matchConnectors(
  known: readonly KnownConnector[],
  current: readonly ConnectorReading[],
): readonly ConnectorReading[] {
  const knownIds = new Set(known.map(({ reading }) => reading.connectionId));
  const takenIds = new Set(current.map((reading) => reading.connectionId));
  const free = known.filter(({ reading }) => !takenIds.has(reading.connectionId));
  const before = Map.groupBy(free, ({ reading }) => reading.connectorName);
  const now = Map.groupBy(current, ({ connectorName }) => connectorName);
  return current.map((reading) => {
    if (knownIds.has(reading.connectionId)) return reading;
    const candidates = before.get(reading.connectorName) ?? [];
    const isOnly = now.get(reading.connectorName)?.length === 1;
    const same = candidates.find((one) => idAsLastSent(one) === reading.connectionId);
    const match = same ?? (isOnly ? onlyOne(candidates) : undefined);
    return match === undefined ? reading : { ...reading, connectionId: match.reading.connectionId };
  });
}

/** The identity that it would have by the instance id it carried last. */
function idAsLastSent({ reading: { connectorName, instanceId = "default" } }: KnownConnector): string {
  return connectionId("connector", connectorName, instanceId);
}

function onlyOne(candidates: readonly KnownConnector[]): KnownConnector | undefined {
  const present = candidates.filter(({ isPresent }) => isPresent);
  const [first, ...others] = present.length > 0 ? present : candidates;
  return others.length === 0 ? first : undefined;
}
