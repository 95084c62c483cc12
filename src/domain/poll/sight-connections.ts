import { connectionId } from "../connections/connection-id.ts";
import { matchConnectors } from "../connections/match-connectors.ts";
import { parseSource } from "../connections/parse-source.ts";
import { isConnector, type Reading, type RowReading, type SourceReading } from "../connections/reading.ts";
import type { SourceRead } from "../connections/source.ts";
import { sourceOf } from "../connections/source-of.ts";
import { summariseSource } from "../connections/summarise-source.ts";
import { summariseTenant, type TenantInput } from "../connections/summarise-tenant.ts";
import type { Stored } from "../stored.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { Observed } from "./observed.ts";
import { countsSlot, type PollContext, type Sighting } from "./poll-context.ts";
import type { Head } from "./poll-plan.ts";
import { readFleet, resumedSlotOf } from "./read-fleet.ts";

/** One connection as the poll found it, beside what was remembered of it. */
export interface SightedConnection {
  /** The row to replace; undefined for a connection that has none. */
  readonly stored: Stored<ConnectionState> | undefined;
  /** Its state among the gone, when it returns. */
  readonly returning: ConnectionState | undefined;
  readonly sighting: Sighting;
}

/** What a poll knew before and what it has read. */
export interface SightInput {
  readonly states: readonly Stored<ConnectionState>[];
  readonly gone: readonly ConnectionState[];
  /** Connections whose row cannot be parsed: they are left out, their neighbours go on. */
  readonly unreadableKeys: ReadonlySet<string>;
  readonly observed: Observed;
  /** What the last poll left behind. */
  readonly head: Head | undefined;
}

/**
 * Lays what was read beside what is remembered: one sighting for every connection known or new, the fleet, the tenant and
 * the sources first.
 */
export function sightConnections(input: SightInput, context: PollContext): readonly SightedConnection[] {
  const stored = new Map(input.states.map((state) => [state.value.reading.connectionId, state]));
  const gone = new Map(input.gone.map((state) => [state.reading.connectionId, state]));
  const { seen, sight } = look(input, stored, context);
  const seenIds = new Set(seen.map((reading) => reading.connectionId));
  const unseen = input.states.filter(({ value }) => !seenIds.has(value.reading.connectionId));
  return [
    ...seen
      .filter((reading) => !input.unreadableKeys.has(context.digest(reading.connectionId)))
      .map((reading) => {
        const row = stored.get(reading.connectionId);
        const returning = row === undefined ? gone.get(reading.connectionId) : undefined;
        const hasReturned = returning !== undefined;
        return { stored: row, returning, sighting: { kind: "seen" as const, reading, hasReturned } };
      }),
    ...unseen.map((row) => ({ stored: row, returning: undefined, sighting: sight(row.value.reading) })),
  ];
}

type StatesById = ReadonlyMap<string, Stored<ConnectionState>>;

interface Look {
  /** In the order in which they are judged. */
  readonly seen: readonly Reading[];
  /** Says of a remembered connection why it was not seen. */
  readonly sight: (reading: Reading) => Sighting;
}

function look(input: SightInput, stored: StatesById, context: PollContext): Look {
  const { observed, head } = input;
  switch (observed.kind) {
    case "tenant":
      return lookAtTenant(observed.reads, { input, stored }, context);
    case "fleet":
      return { seen: readFleet(observed, resumedSlotOf(head, context), context.nowMs), sight: sightRemoved };
    case "closing":
      return { seen: [], sight: sightRemoved };
  }
}

function lookAtTenant(
  reads: readonly SourceRead[],
  { input, stored }: { readonly input: SightInput; readonly stored: StatesById },
  context: PollContext,
): Look {
  const sources = reads.map((read) => readSource(read, stored, context));
  const readings = reads.flatMap((read, index) =>
    read.outcome === "read" && sources[index]?.outcome === "read" ? readConnections(read, input, context) : [],
  );
  const clockSkewsMs = reads.flatMap(({ clockSkewMs }) => clockSkewMs ?? []);
  return {
    seen: [readTenant({ sources, clockSkewsMs }, stored, context), ...sources, ...readings],
    sight: (reading) => sightUnseen(reading, sources),
  };
}

function readSource(read: SourceRead, stored: StatesById, context: PollContext): SourceReading {
  const state = stored.get(connectionId("source", read.sourceId))?.value;
  const previous = state?.reading.kind === "source" ? state.reading : undefined;
  return summariseSource(read, previous, { ...context, counts: countsSlot(state, context) });
}

function readTenant(
  answers: Pick<TenantInput, "sources" | "clockSkewsMs">,
  stored: StatesById,
  context: PollContext,
): Reading {
  const { tenantId, tenantName } = context.policy;
  const state = stored.get(connectionId("tenant", tenantId))?.value;
  const previous = state?.reading.kind === "tenant" ? state.reading : undefined;
  return summariseTenant({ tenantId, tenantName, ...answers }, previous, {
    ...context,
    counts: countsSlot(state, context),
  });
}

function readConnections(
  read: Extract<SourceRead, { outcome: "read" }>,
  { states }: SightInput,
  context: PollContext,
): readonly RowReading[] {
  const readings = parseSource(read, context);
  if (read.sourceId !== "connectorStatus") return readings;
  const known = states.flatMap(({ value: { reading, absentPolls } }) =>
    isConnector(reading) ? [{ reading, isPresent: absentPolls === 0 }] : [],
  );
  return matchConnectors(known, readings.filter(isConnector));
}

/** The whole tenant, or what the fleet watched, has left the configuration. */
function sightRemoved(): Sighting {
  return { kind: "unwatched", reason: "removed-from-configuration" };
}

/** A connection that was not seen is absent only where its source was read whole. */
function sightUnseen({ kind }: Reading, sources: readonly SourceReading[]): Sighting {
  const source = sources.find(({ sourceId }) => sourceId === sourceOf(kind));
  switch (source?.outcome) {
    case undefined:
      return { kind: "unwatched", reason: "source-not-watched" };
    case "read":
      return { kind: "absent" };
    case "not-available":
    case "unreadable":
      return { kind: "blind" };
  }
}
