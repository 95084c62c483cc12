import { z } from "zod";
import type { TenantOverview } from "../../domain/poll/tenant-overview.ts";
import type { OverviewLine } from "../../ports/monitor-store.ts";
import { severity } from "./alert.schema.ts";
import { type Columns, createRowCodec, fromInt64, toInt64, toJson } from "./row-codec.ts";
import { objectOf, oneOf } from "./typed-schema.ts";

type Line = NonNullable<OverviewLine["overview"]>;

const number = z.number();
const text = z.string();

const line = createRowCodec({
  instants: ["lastSlotMs", "observedAtMs"],
  parts: [],
  schema: objectOf<Line>({
    tenantId: text,
    tenantName: text,
    lastSlotMs: number,
    observedAtMs: number,
    periodMs: number,
    openAlerts: z.record(severity, number),
    worstSeverity: severity.optional(),
    standings: z.record(
      oneOf<keyof Line["standings"]>({ active: true, "not-configured": true, retired: true, ignored: true }),
      number,
    ),
    blindSources: z.array(text),
    unreadableRows: number,
    more: number,
  }),
});

/** The columns of a line without its connections: all that an answer over many tenants reads. */
export const LINE_COLUMNS = ["RowKey", "v", "configuredSinceMs", "lastSlotMs", "observedAtMs", "rest"];

/** Returns the column of a tenant that was scheduled and not yet polled. */
export function toRegistration(configuredSinceMs: number): Columns {
  return { configuredSinceMs: toInt64("configuredSinceMs", configuredSinceMs) };
}

/** Returns the projected columns; always all of them, because they are merged with those of the registration. */
export function toProjection({ connections, ...rest }: TenantOverview): Columns {
  return { ...line.toColumns(rest), connections: toJson("connections", connections) };
}

/**
 * Reads a line as far as it can be read: without a projection it counts as not polled yet, without a registration (polled
 * by hand before its first schedule) as configured since its last poll, and with neither as configured ever since.
 */
export function fromOverviewRow(tenantId: string, row: Readonly<Record<string, unknown>>): OverviewLine {
  const overview = line.fromRow(row);
  const configuredSinceMs = fromInt64(row["configuredSinceMs"]) ?? overview?.lastSlotMs ?? 0;
  return { tenantId, configuredSinceMs, ...(overview === undefined ? {} : { overview }) };
}
