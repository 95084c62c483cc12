import { z } from "zod";
import type { AlertLine, ConnectionLine, FullOverviewLine, TenantOverview } from "../../domain/poll/tenant-overview.ts";
import { VERDICTS } from "../../domain/rules/verdict.ts";
import type { OverviewLine } from "../../ports/monitor-store.ts";
import { phase, ruleId, severity } from "./alert.schema.ts";
import { pollCounts } from "./live-rows.ts";
import { connectionKind, unreadableReason } from "./reading.schema.ts";
import { type Columns, createRowCodec, fromInt64, fromJson, toInt64, toJson } from "./row-codec.ts";
import { objectOf, oneOf } from "./typed-schema.ts";

type Line = NonNullable<OverviewLine["overview"]>;

const number = z.number();
const text = z.string();

const standing = oneOf<ConnectionLine["standing"]>({
  active: true,
  "not-configured": true,
  retired: true,
  ignored: true,
});

const alertLine = objectOf<AlertLine>({
  ruleId,
  phase,
  severity,
  alertKey: text.optional(),
  sinceSlotMs: number.optional(),
});

const connectionLines = z.array(
  objectOf<ConnectionLine>({
    connectionKey: text,
    kind: connectionKind,
    name: text,
    standing,
    verdict: z.enum(VERDICTS).optional(),
    state: text.optional(),
    lastContactMs: number.optional(),
    nonComplianceDeadlineMs: number.optional(),
    removalDeadlineMs: number.optional(),
    expiryMs: number.optional(),
    alerts: z.array(alertLine),
  }),
);

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
    standings: z.record(standing, number),
    blindSources: z.array(text),
    unreadableReason: unreadableReason.optional(),
    resumedSlotMs: number.optional(),
    unreadableRows: number,
    counts: pollCounts.optional(),
    outbox: objectOf<NonNullable<Line["outbox"]>>({ waiting: number, dead: number }).optional(),
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

/** Reads a line with its connections; where they cannot be read, it counts as not polled yet. */
export function fromFullOverviewRow(tenantId: string, row: Readonly<Record<string, unknown>>): FullOverviewLine {
  const { overview, ...registered } = fromOverviewRow(tenantId, row);
  const connections = connectionLines.safeParse(fromJson(row["connections"])).data;
  return overview === undefined || connections === undefined
    ? registered
    : { ...registered, overview: { ...overview, connections } };
}
