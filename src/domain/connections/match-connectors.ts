import type { ConnectorReading } from "./reading.ts";

/**
 * Gives the connectors of this read the identities they had: where the last poll held exactly one connection of a
 * connectorName and this read holds exactly one, it is the same connection, whatever its instance id says.
 *
 * @param previous The connectors that were there in the last poll that read their source.
 */
export function matchConnectors(
  previous: readonly ConnectorReading[],
  current: readonly ConnectorReading[],
): readonly ConnectorReading[] {
  const [before, now] = [byName(previous), byName(current)];
  return current.map((reading) => {
    const [known, ...others] = before.get(reading.connectorName) ?? [];
    const isOneToOne = known !== undefined && others.length === 0 && now.get(reading.connectorName)?.length === 1;
    return isOneToOne ? { ...reading, connectionId: known.connectionId } : reading;
  });
}

function byName(readings: readonly ConnectorReading[]): ReadonlyMap<string, readonly ConnectorReading[]> {
  return Map.groupBy(readings, ({ connectorName }) => connectorName);
}
