import type { ConnectionBody } from "../../src/http/contract/connections.ts";

/** A channel, with what the monitor says of it where it says anything. */
export interface KnownChannel {
  readonly name: string;
  readonly watched: ConnectionBody | undefined;
}

/** Lists the channels that were told of an open alert, or that the monitor watches, by name. */
export function channelsOf(connections: readonly ConnectionBody[]): readonly KnownChannel[] {
  const watched = new Map(
    connections.flatMap((connection) =>
      connection.reading.kind === "channel"
        ? [[connection.reading.connectionId.replace(/^channel:/, ""), connection] as const]
        : [],
    ),
  );
  const told = connections.flatMap(({ alerts }) => alerts.flatMap((alert) => alert.told.map(({ channel }) => channel)));
  return [...new Set([...watched.keys(), ...told])].toSorted().map((name) => ({ name, watched: watched.get(name) }));
}
